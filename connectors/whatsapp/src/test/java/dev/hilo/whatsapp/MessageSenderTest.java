package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.ACCEPTED;
import static dev.hilo.whatsapp.Samples.ANA;
import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.graphError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSenderTest {

  @Test
  void shouldPostTextToTheNumbersMessages() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED);
    // when
    SendResult result = Samples.channel(http).send(Samples.text("¡Hola! \"sí\" 😀\n2"));
    // then
    assertThat(result).isEqualTo(new SendResult.Accepted(new ExternalId("wamid.OUT")));
    Call call = http.calls().getFirst();
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri()).hasToString("http://localhost:8095/v25.0/1000000001/messages");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer demo-access-token")
        .containsEntry("Content-Type", "application/json");
    assertJson(
        call,
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"+573001112233",
         "type":"text","text":{"body":"¡Hola! \\"sí\\" 😀\\n2","preview_url":false},
         "biz_opaque_callback_data":"out-2251799813690001"}""");
  }

  @Test
  void shouldWriteToAUserIdWhenThereIsNoPhone() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED);
    ContactAddress scoped = ContactAddress.businessScoped("US.13491208655302741918");
    // when
    Samples.channel(http).send(Samples.outbound(scoped, new OutboundContent.Text("hello")));
    // then
    assertJson(
        http.calls().getFirst(),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual",
         "recipient":"US.13491208655302741918",
         "type":"text","text":{"body":"hello","preview_url":false},
         "biz_opaque_callback_data":"out-2251799813690001"}""");
  }

  @Test
  void shouldSendATemplateWithItsParameters() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED, ACCEPTED);
    // when
    Channel channel = Samples.channel(Samples.withoutBusinessAccount(), http);
    channel.send(
        Samples.outbound(
            ANA, new OutboundContent.Template("follow_up", "es", List.of("Ana"), "Hola Ana")));
    channel.send(
        Samples.outbound(
            ANA, new OutboundContent.Template("thanks", "pt_BR", List.of(), "Obrigado")));
    // then
    assertJson(
        http.calls().getFirst(),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"+573001112233",
         "type":"template","template":{"name":"follow_up","language":{"code":"es"},
           "components":[{"type":"body","parameters":[{"type":"text","text":"Ana"}]}]},
         "biz_opaque_callback_data":"out-2251799813690001"}""");
    assertJson(
        http.calls().getLast(),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"+573001112233",
         "type":"template","template":{"name":"thanks","language":{"code":"pt_BR"}},
         "biz_opaque_callback_data":"out-2251799813690001"}""");
  }

  @Test
  void shouldQuoteTheCustomersMessage() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED);
    OutboundMessage plain = Samples.text("sí");
    // when
    Samples.channel(http)
        .send(
            new OutboundMessage(
                plain.id(),
                plain.account(),
                plain.to(),
                plain.content(),
                Optional.of(new ExternalId("wamid.THEIRS"))));
    // then
    assertJson(
        http.calls().getFirst(),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"+573001112233",
         "context":{"message_id":"wamid.THEIRS"},
         "type":"text","text":{"body":"sí","preview_url":false},
         "biz_opaque_callback_data":"out-2251799813690001"}""");
  }

  @Test
  void shouldRejectAddressesOfOtherChannelsWithoutACall() {
    for (ContactAddress other :
        List.of(ContactAddress.email("a@example.org"), ContactAddress.visitor("v-1"))) {
      assertFailure(
          Samples.channel(ScriptedHttp.silent())
              .send(Samples.outbound(other, new OutboundContent.Text("hola"))),
          DeliveryError.RECIPIENT_UNREACHABLE,
          "");
    }
  }

  @Test
  void shouldRejectBlankTextWithoutACall() {
    assertFailure(
        Samples.channel(ScriptedHttp.silent()).send(Samples.text(" \n")),
        DeliveryError.CONTENT_REJECTED,
        "");
  }

  @Test
  void shouldShowALinkOnlyWhereThereIsOne() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED);
    // when
    var unused = Samples.channel(http).send(Samples.text("Mira HTTPS://hilo.example/ayuda?x=1"));
    // then
    assertThat(Samples.json(http.calls().getFirst().body()).at("/text/preview_url").asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 123456, UNKNOWN",
    // A definite no stays one, whatever the status.
    "500, 131026, RECIPIENT_UNREACHABLE"
  })
  void shouldRejectByCode(int status, int code, DeliveryError expected) {
    assertFailure(send(graphError(status, code, "words")), expected, Integer.toString(code));
  }

  @Test
  void shouldTellTheProvidersWords() {
    assertThat(send(graphError(400, 131047, "More than 24 hours")))
        .isEqualTo(
            new SendResult.Rejected(
                new DeliveryFailure(
                    DeliveryError.OUTSIDE_REPLY_WINDOW,
                    "131047",
                    "(#131047) More than 24 hours: More than 24 hours")));
  }

  @Test
  void shouldLeaveARecipientAloneForTwiceAsLongEachTime() {
    // given
    Answered refused = graphError(400, 131056, "Pair rate limit hit");
    Channel channel =
        Samples.channel(
            ScriptedHttp.answering(refused, refused, refused, refused, ACCEPTED, refused));
    // when
    List<Duration> rests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rests.add(rest(channel.send(Samples.text("hola"))));
    }
    rests.add(
        rest(
            channel.send(
                Samples.outbound(
                    ContactAddress.phone("+573009998877"), new OutboundContent.Text("hola")))));
    assertThat(channel.send(Samples.text("hola"))).isInstanceOf(SendResult.Accepted.class);
    rests.add(rest(channel.send(Samples.text("hola"))));
    // then
    assertThat(rests.stream().map(Duration::toSeconds)).containsExactly(6L, 12L, 24L, 6L, 6L);
  }

  private static Duration rest(SendResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class,
            later ->
                assertThat(later.failure().error()).isEqualTo(DeliveryError.RECIPIENT_THROTTLED));
    return ((SendResult.RetryLater) result).after();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "130429 | Retry-After | 17 | PT17S",
        "130429 | retry-after | 0 | PT1S",
        "130429 | Retry-After | 999999999 | PT24H",
        "130429 | Retry-After | Fri, 20 Nov 2026 12:02:00 GMT | PT2M",
        "130429 | Retry-After | Fri, 20 Nov 2026 11:00:00 GMT | PT1S",
        "130429 | Retry-After | soon | PT5S",
        // Messages by the second have nothing to do with calls by the hour.
        "130429 | X-Business-Use-Case-Usage | {\"7\":[{\"estimated_time_to_regain_access\":3}]} | PT5S",
        "80007 | X-Business-Use-Case-Usage | {\"7\":[{\"estimated_time_to_regain_access\":3},"
            + "{\"estimated_time_to_regain_access\":9}]} | PT9M",
        "80007 | X-Business-Use-Case-Usage | {\"7\":[{\"estimated_time_to_regain_access\":0}]} | PT5M",
        "80007 | X-Business-Use-Case-Usage | {\"7\":[{\"estimated_time_to_regain_access\":\"x\"}]} | PT5M",
        "80007 | X-Business-Use-Case-Usage | { | PT5M"
      })
  void shouldWaitAsLongAsTheProviderSays(int code, String header, String value, Duration expected) {
    Answered refusal =
        new Answered(429, Map.of(header, value), graphError(429, code, "Rate limit").body());
    assertThat(send(refusal))
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class, later -> assertThat(later.after()).isEqualTo(expected));
  }

  @Test
  void shouldBelieveTheProviderThatAnUnknownErrorWillPass() {
    assertThat(send(answer(400, "{\"error\":{\"code\":999,\"is_transient\":true}}")))
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class,
            later ->
                assertThat(later.failure().error()).isEqualTo(DeliveryError.PROVIDER_UNAVAILABLE));
  }

  @Test
  void shouldNotKnowWhenAServerErrorHasAnUnknownCode() {
    assertThat(send(answer(500, "{\"error\":{\"code\":999}}")))
        .isEqualTo(new SendResult.Unconfirmed("answer 500, code 999"));
  }

  @ParameterizedTest
  @CsvSource({
    "401, CREDENTIALS_EXPIRED",
    "403, ACCOUNT_RESTRICTED",
    "404, UNKNOWN",
    "413, UNKNOWN"
  })
  void shouldRejectByStatusWhenThereIsNoGraphError(int status, DeliveryError expected) {
    assertFailure(send(answer(status, "<html>")), expected, "");
  }

  @Test
  void shouldNotKnowWhenAnswerIsNeitherYesNorNo() {
    for (int status : List.of(100, 204, 302, 500, 502, 503, 504)) {
      assertThat(send(answer(status, "")))
          .as("status %s", status)
          .isInstanceOf(SendResult.Unconfirmed.class);
    }
  }

  @Test
  void shouldSayWhatWentWrongOnTheWay() {
    assertThat(send(new Outcome.AnswerLost("read timed out after 10 s")))
        .isEqualTo(new SendResult.Unconfirmed("read timed out after 10 s"));
    assertThat(send(new Outcome.NotSent("connection refused")))
        .isEqualTo(
            new SendResult.RetryLater(
                new DeliveryFailure(DeliveryError.PROVIDER_UNAVAILABLE, "", "connection refused"),
                Duration.ofSeconds(10)));
  }

  private static SendResult send(Outcome outcome) {
    return Samples.channel(ScriptedHttp.answering(outcome)).send(Samples.text("hola"));
  }

  private static void assertFailure(SendResult result, DeliveryError error, String code) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected -> {
              assertThat(rejected.failure().error()).isEqualTo(error);
              assertThat(rejected.failure().providerCode()).isEqualTo(code);
            });
  }

  private static void assertJson(Call call, String expected) {
    assertThat(Samples.json(call.body())).isEqualTo(Samples.json(expected));
  }
}
