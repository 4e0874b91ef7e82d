package dev.hilo.simulators.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.simulators.World;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/,                          text/html,       link-tasklist",
    "/shop,                      text/html,       hilo-webchat.js",
    "/phone?number=%2B573005550101, text/html,    data-testid=\"phone-send\"",
    "/wa/576015550100?text=HILO, text/html,       data-testid=\"phone-number\"",
    "/mail?address=ana@example.com, text/html,    data-testid=\"mail-send\"",
    "/assets/mail.js,            text/javascript, mail-item",
    "/assets/mail.css,           text/css,        .window",
    "/messenger?name=Ana,        text/html,       data-provider=\"messenger\"",
    "/instagram,                 text/html,       data-provider=\"instagram\"",
    "/m.me/104500000000001?ref=a, text/html,      data-provider=\"messenger\"",
    "/ig.me/m/tienda.aurora,     text/html,       data-provider=\"instagram\"",
    "/assets/phone.js,           text/javascript, message-out",
    "/assets/chat.js,            text/javascript, drawMessages",
    "/assets/direct.js,          text/javascript, quick-reply",
    "/assets/direct.css,         text/css,        data-provider",
    "/assets/bubbles.css,        text/css,        .taps",
    "/assets/shop.css,           text/css,        .hero",
  })
  void shouldServePages(String path, String type, String part) throws Exception {
    // when
    HttpResponse<String> page = page(path);

    // then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(page.body()).contains(part);
  }

  @Test
  void shouldLoadWidgetFromHilo() throws Exception {
    // when
    String shop = page("/shop").body();

    // then
    String hilo = world.hilo.address().toString();
    assertThat(shop)
        .contains("<script src=\"" + hilo + "/widgets/webchat/hilo-webchat.js\" defer></script>")
        .contains("<hilo-webchat server=\"" + hilo + "\" widget=\"shop\" language=\"es\">");
  }

  @Test
  void shouldServeOnlyItsAssets() throws Exception {
    // when
    HttpResponse<String> page = page("/assets/..%2Fdemo%2Fstories.yaml");

    // then
    assertThat(page.statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> page(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(world.simulators.address().resolve(path)).build();
    return world.client().send(request, BodyHandlers.ofString());
  }
}
