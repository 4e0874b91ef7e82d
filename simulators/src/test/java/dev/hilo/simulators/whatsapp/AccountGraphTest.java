package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountGraphTest {

  private World world;

  @BeforeEach
  void startWorld() throws Exception {
    world = World.start();
    world.anaWrote();
    world.post(
        "/control/templates",
        """
        {"name":"aviso","language":"es","body":"Hola {{nombre}}, tu pedido {{pedido}}",
         "header":{"format":"IMAGE"},"footer":"Tienda Aurora",
         "buttons":[{"type":"QUICK_REPLY","text":"Gracias"},
          {"type":"URL","text":"Ver","url":"https://a.example/{{1}}"},
          {"type":"COPY_CODE","text":"Copiar"}]}
        """);
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldTellOnlyTheFieldsThatAreAskedFor() throws Exception {
    // when
    JsonNode number = get("1000000001?fields=status,throughput").body();

    // then
    assertThat(number.toString())
        .isEqualTo(
            "{\"status\":\"CONNECTED\",\"throughput\":{\"level\":\"STANDARD\"},\"id\":\"1000000001\"}");
    assertThat(get("1000000001?fields=mood").code()).isEqualTo(100);
  }

  @Test
  void shouldTellConditionWhenItWasChanged() throws Exception {
    // when
    world.put(
        "/control/numbers/1000000001",
        "{\"condition\":{\"status\":\"BANNED\",\"subscribed\":false,\"scopes\":[]}}");

    // then
    assertThat(get("1000000001?fields=status").body().path("status").asText()).isEqualTo("BANNED");
    assertThat(get("2000000001/subscribed_apps").body().path("data")).isEmpty();
    assertThat(token().path("scopes")).isEmpty();
    assertThat(token().path("is_valid").asBoolean()).isTrue();
  }

  @Test
  void shouldTellSubscriptionAndToken() throws Exception {
    // when
    world.put(
        "/control/numbers/1000000001",
        "{\"condition\":{\"tokenExpiresAt\":\"2020-01-01T00:00:00Z\"}}");

    // then
    assertThat(get("2000000001/subscribed_apps").body().path("data")).hasSize(1);
    assertThat(token().path("is_valid").asBoolean()).isFalse();
    assertThat(token().path("expires_at").asLong()).isEqualTo(1577836800);
  }

  @Test
  void shouldPageTemplates() throws Exception {
    // when
    List<String> names = new ArrayList<>();
    String after = "";
    for (int i = 0; i < 3; i++) {
      JsonNode page = get("2000000001/message_templates?limit=1&fields=name" + after).body();
      names.addAll(page.path("data").findValuesAsText("name"));
      after = "&after=" + page.at("/paging/cursors/after").asText().replace("=", "%3D");
      assertThat(page.path("paging").has("next")).isEqualTo(i < 2);
    }

    // then
    assertThat(names).containsExactly("aviso", "follow_up", "follow_up");
  }

  @Test
  void shouldDescribeTemplateWithAllItsParts() throws Exception {
    // when
    JsonNode one = get("2000000001/message_templates?limit=1").body().at("/data/0");

    // then
    assertThat(one.path("parameter_format").asText()).isEqualTo("NAMED");
    assertThat(one.path("components").findValuesAsText("type"))
        .contains("HEADER", "BODY", "FOOTER", "BUTTONS", "URL", "COPY_CODE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          HEAD,BODY,URL,CODE                                                    | 0
          BODY,URL,CODE                                                         | 132012
          {"type":"header","parameters":[{"type":"text","text":"a"}]},BODY      | 132012
          HEAD,URL,CODE                                                         | 132000
          HEAD,{"type":"body","parameters":[NAME]},URL,CODE                     | 132000
          HEAD,{"type":"body","parameters":[NAME,{"type":"text","text":"a"}]}   | 132018
          HEAD,{"type":"body","parameters":[NAME,{"type":"text","text":"a","parameter_name":"x"}]} | 132018
          HEAD,BODY,CODE                                                        | 131008
          HEAD,BODY,URL                                                         | 131008
          HEAD,BODY,URL,CODE,{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"a"}]} | 132012
          HEAD,BODY,URL,CODE,{"type":"button","sub_type":"url","index":"7","parameters":[{"type":"text","text":"a"}]} | 132018
          HEAD,BODY,URL,CODE,{"type":"carousel"}                                | 132012
          """)
  void shouldCheckTemplateAgainstRegistry(String components, int code) throws Exception {
    // given
    world.put("/control/settings", "{\"limits\":{\"pairBurst\":0}}");

    // when
    World.Answer answer = send("aviso", components);

    // then
    // The address of the picture leads nowhere: that is told later.
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void shouldRefuseNameWhenParametersAreNumbered() throws Exception {
    // when
    World.Answer answer =
        send(
            "follow_up",
            "{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"a\",\"parameter_name\":\"x\"}]}");

    // then
    assertThat(answer.code()).isEqualTo(132018);
  }

  private World.Answer send(String name, String components) throws Exception {
    String named = "{\"type\":\"text\",\"parameter_name\":\"nombre\",\"text\":\"Ana\"}";
    String body =
        "{\"type\":\"body\",\"parameters\":["
            + named
            + ",{\"type\":\"text\",\"parameter_name\":\"pedido\",\"text\":\"7\"}]}";
    String head =
        "{\"type\":\"header\",\"parameters\":[{\"type\":\"image\",\"image\":{\"link\":"
            + "\"http://127.0.0.1:9/a.png\"}}]}";
    String url =
        "{\"type\":\"button\",\"sub_type\":\"url\",\"index\":\"1\",\"parameters\":"
            + "[{\"type\":\"text\",\"text\":\"7\"}]}";
    String copy =
        "{\"type\":\"button\",\"sub_type\":\"copy_code\",\"index\":2,\"parameters\":"
            + "[{\"type\":\"coupon_code\",\"coupon_code\":\"AURORA\"}]}";
    String all =
        components
            .replace("HEAD", head)
            .replace("BODY", body)
            .replace("URL", url)
            .replace("CODE", copy)
            .replace("NAME", named);
    return world.send(
        """
        {"messaging_product":"whatsapp","to":"+573005550101","type":"template",
         "template":{"name":"%s","language":{"code":"es"},"components":[%s]}}
        """
            .formatted(name, all));
  }

  private JsonNode token() throws Exception {
    return get("debug_token?input_token=demo-access-token").body().path("data");
  }

  private World.Answer get(String path) throws Exception {
    return world.answer(
        HttpRequest.newBuilder(world.simulators.address().resolve("/graph/v25.0/" + path))
            .header("Authorization", "Bearer demo-access-token")
            .build());
  }
}
