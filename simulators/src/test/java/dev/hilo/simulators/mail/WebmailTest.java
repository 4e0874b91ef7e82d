package dev.hilo.simulators.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebmailTest {

  private static final String ANA = "ana@example.com";
  private static final String HTML =
      "<html><head></head><body><p>Hola <b>Ana</b></p><script>alert(1)</script>"
          + "<img src=\"cid:logo\"></body></html>";

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
    join("Ana Gómez", "es");
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldWriteToShopWithFile() throws Exception {
    // given
    String file = Base64.getEncoder().encodeToString("%PDF-1.4".getBytes(StandardCharsets.UTF_8));

    // when
    World.Answer answer =
        write(
            """
            {"to":"ayuda@tienda-aurora.example","subject":"¿Mi pedido?","text":"Hola\\n¿Llega hoy?",
             "attachments":[{"name":"recibo ñ.pdf","type":"application/pdf","base64":"%s"}]}
            """
                .formatted(file));

    // then
    JsonNode mail = box(MailWorld.SHOP, "INBOX").get(0);
    assertThat(mail.path("messageId").asText()).isEqualTo(answer.body().path("messageId").asText());
    assertThat(mail.path("fromName").asText()).isEqualTo("Ana Gómez");
    assertThat(mail.path("subject").asText()).isEqualTo("¿Mi pedido?");
    assertThat(mail.path("text").asText()).isEqualTo("Hola\r\n¿Llega hoy?\r\n");
    assertThat(mail.path("html").asText()).contains("<div>¿Llega hoy?</div>");
    assertThat(mail.at("/files/0/name").asText()).isEqualTo("recibo ñ.pdf");
    assertThat(mail.at("/files/0/type").asText()).isEqualTo("application/pdf");
    assertThat(mail.at("/files/0/bytes").asInt()).isEqualTo(8);
    assertThat(box(ANA, "Sent")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gmail   | es | escribió:\\r\\n\\r\\n> Hola **Ana** | <blockquote class="gmail_quote"
          gmail   | en | wrote:\\r\\n\\r\\n> Hola **Ana**    | class="gmail_attr"
          gmail   | pt | escreveu:\\r\\n\\r\\n> Hola **Ana** | class="gmail_quote gmail_quote_container"
          outlook | es | \\r\\nDe: Aurora <ayuda@tienda-aurora.example>\\r\\nEnviado: | id="appendonsend"
          outlook | en | \\r\\nFrom: Aurora <ayuda@tienda-aurora.example>\\r\\nSent:  | id="divRplyFwdMsg"
          iphone  | es | Enviado desde mi iPhone\\r\\n\\r\\n> El | <blockquote type="cite">
          iphone  | en | Sent from my iPhone\\r\\n\\r\\n> On     | <blockquote type="cite">
          """)
  void shouldQuoteAsTheProgramDoes(String program, String language, String text, String html)
      throws Exception {
    // given
    join("Ana Gómez", language);
    shopWrote("<m2@tienda-aurora.example>", "<m1@tienda-aurora.example>");

    // when
    write("{\"text\":\"Gracias\",\"program\":\"" + program + "\",\"answers\":{\"uid\":1}}");

    // then
    JsonNode mail = box(MailWorld.SHOP, "INBOX").get(0);
    assertThat(mail.path("subject").asText()).isEqualTo("Re: Tu pedido");
    assertThat(mail.path("references"))
        .extracting(JsonNode::asText)
        .containsExactly("<m1@tienda-aurora.example>", "<m2@tienda-aurora.example>");
    assertThat(raw(MailWorld.SHOP, 1)).contains("In-Reply-To: <m2@tienda-aurora.example>\r\n");
    assertThat(mail.path("text").asText())
        .startsWith("Gracias\r\n")
        .contains(text.replace("\\r\\n", "\r\n"));
    assertThat(mail.path("html").asText()).contains(html).contains("<b>Ana</b>");
  }

  @Test
  void shouldServeHtmlWithoutScripts() throws Exception {
    // given
    shopWrote("<m2@tienda-aurora.example>", "");

    // when
    HttpResponse<String> page = text("/mail/api/customers/" + ANA + "/messages/INBOX/1/html");
    HttpResponse<String> image = text("/mail/api/customers/" + ANA + "/messages/INBOX/1/files/0");

    // then
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("sandbox;")
        .contains("default-src 'none'")
        .doesNotContain("allow-scripts");
    assertThat(page.body()).contains("<img src=\"files/0\">");
    assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(image.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void shouldShowNewMailAtOnce() throws Exception {
    // given
    HttpRequest request =
        HttpRequest.newBuilder(
                world.simulators.address().resolve("/mail/api/customers/" + ANA + "/events"))
            .build();
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                world.client().send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      assertThat(data(events).path("inbox")).isEmpty();

      // when
      shopWrote("<m2@tienda-aurora.example>", "");
      JsonNode view = data(events);

      // then
      assertThat(view.at("/inbox/0/subject").asText()).isEqualTo("Tu pedido");
      assertThat(view.at("/inbox/0/seen").asBoolean()).isFalse();
    }
  }

  @Test
  void shouldMarkAsReadWhenShown() throws Exception {
    // given
    shopWrote("<m2@tienda-aurora.example>", "");

    // when
    JsonNode shown = world.get("/mail/api/customers/" + ANA + "/messages/INBOX/1").body();

    // then
    assertThat(shown.path("html").asBoolean()).isTrue();
    assertThat(box(ANA, "INBOX").at("/0/seen").asBoolean()).isTrue();
    assertThat(world.get("/mail/api/customers").body())
        .filteredOn(one -> one.path("address").asText().equals(ANA))
        .allMatch(one -> one.path("unread").asInt() == 0);
  }

  @Test
  void shouldGoAwayAndComeBack() throws Exception {
    // when
    world.put("/mail/api/customers/" + ANA + "/away", "{\"away\":true}");
    world.put("/mail/api/customers/" + ANA + "/away", "{\"away\":false}");
    World.Answer wrong = world.put("/mail/api/customers/" + ANA + "/away", "{}");

    // then
    assertThat(wrong.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          customers          | {"address":"nobody"}                          | 400 | address: expected
          customers          | {"address":"ayuda@tienda-aurora.example"}     | 400 | is the shop's
          customers/ana@example.com/messages | {"to":"a@b.example","text":" "}| 400 | text: must not
          customers/ana@example.com/messages | {"text":"Hola"}               | 400 | to: is missing
          customers/ana@example.com/messages | {"to":"x","text":"Hola"}      | 400 | address: expected
          customers/ana@example.com/messages | {"to":"a@b.example","text":"a","program":"pine"} | 400 | program: one of
          customers/ana@example.com/messages | {"text":"a","answers":{"uid":9}} | 404 | there is no message 9
          customers/who@example.com/messages | {"text":"a"}                  | 404 | there is no mailbox
          """)
  void shouldNameWhatIsWrong(String path, String body, int status, String message)
      throws Exception {
    // when
    World.Answer answer = world.post("/mail/api/" + path, body);

    // then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().path("error").asText()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          faults    | {}                                    | fault: is missing
          faults    | {"fault":"fire"}                      | fault: one of [cut-fetch
          faults    | {"fault":"slow"}                      | delay: the fault 'slow'
          faults    | {"fault":"bounce","next":0}           | next: at least 1
          faults    | {"fault":"refuse-data","reply":"no"}  | reply: expected
          inbound   | {"text":"a"}                          | address: expected
          inbound   | {"from":"a@b.example"}                | text: is missing
          malformed | {"kind":"odd"}                        | kind: one of
          tokens/revoke | {}                                | mailbox: is missing
          """)
  void shouldNameWhatIsWrongWithControl(String path, String body, String message) throws Exception {
    // when
    World.Answer answer = world.post("/control/mail/" + path, body);

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").asText()).contains(message);
  }

  @Test
  void shouldForgetMailWhenReset() throws Exception {
    // given
    shopWrote("<m2@tienda-aurora.example>", "");
    world.post("/control/mail/inbound", "{\"from\":\"" + ANA + "\",\"text\":\"Hola\"}");
    world.post("/control/mail/faults", "{\"fault\":\"bounce\"}");

    // when
    world.post("/control/reset", "");

    // then
    JsonNode state = world.get("/control/mail").body();
    assertThat(state.path("faults").asInt()).isZero();
    assertThat(state.path("mailboxes")).allMatch(one -> one.path("messages").asInt() == 0);
    assertThat(state.path("mailboxes"))
        .extracting(one -> one.path("address").asText())
        .contains(MailWorld.SHOP, MailWorld.TOKEN_SHOP)
        .doesNotContain(ANA);
  }

  private void join(String name, String language) throws IOException, InterruptedException {
    world.post(
        "/mail/api/customers",
        "{\"address\":\"%s\",\"name\":\"%s\",\"language\":\"%s\"}".formatted(ANA, name, language));
  }

  private World.Answer write(String json) throws IOException, InterruptedException {
    return world.post("/mail/api/customers/" + ANA + "/messages", json);
  }

  /** A mail of the shop with text, HTML and a picture within. */
  private void shopWrote(String id, String references) throws IOException, InterruptedException {
    String mail =
        """
        From: Aurora <ayuda@tienda-aurora.example>
        To: ana@example.com
        Subject: Tu pedido
        Date: Fri, 20 Nov 2026 18:05:00 +0000
        Message-ID: %s
        References: %s
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary="r"

        --r
        Content-Type: multipart/alternative; boundary="a"

        --a
        Content-Type: text/plain; charset=utf-8

        Hola **Ana**
        --a
        Content-Type: text/html; charset=utf-8

        %s
        --a--
        --r
        Content-Type: image/png
        Content-ID: <logo>
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --r--
        """
            .formatted(id, references, HTML)
            .replace("\n", "\r\n");
    world.post("/control/mail/raw?from=" + MailWorld.SHOP + "&to=" + ANA, mail);
  }

  private JsonNode box(String address, String folder) throws IOException, InterruptedException {
    return world.get("/control/mail/boxes/" + encoded(address) + "?folder=" + folder).body();
  }

  private String raw(String address, long uid) throws IOException, InterruptedException {
    return text("/control/mail/boxes/" + encoded(address) + "/" + uid).body();
  }

  private HttpResponse<String> text(String path) throws IOException, InterruptedException {
    return world
        .client()
        .send(
            HttpRequest.newBuilder(world.simulators.address().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode data(BufferedReader events) throws IOException {
    String line = String.valueOf(events.readLine());
    while (!line.startsWith("data: ")) {
      line = String.valueOf(events.readLine());
    }
    return Json.MAPPER.readTree(line.substring("data: ".length()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
