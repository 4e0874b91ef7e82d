package dev.hilo.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphAnswersTest {

  private static final String THROTTLED =
      "{\"error\":{\"code\":613,\"message\":\"Calls to this api have exceeded the rate limit\"}}";

  private final GraphAnswers answers =
      new GraphAnswers(
          new Redaction(() -> List.of("the-token")),
          Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Retry-After | 120 | PT2M",
        "Retry-After | Fri, 20 Nov 2026 12:07:00 GMT | PT7M",
        "Retry-After | Fri, 20 Nov 2026 11:00:00 GMT | PT1S",
        "Retry-After | 999999 | PT24H",
        "Retry-After | soon | PT5M",
        "X-Business-Use-Case-Usage | {\"1\":[{\"estimated_time_to_regain_access\":3},"
            + "{\"estimated_time_to_regain_access\":17}]} | PT17M",
        "X-Business-Use-Case-Usage | {\"1\":[{\"estimated_time_to_regain_access\":0}]} | PT5M",
        "X-Business-Use-Case-Usage | oops | PT5M",
        "x-app-usage | {\"call_count\":100,\"total_time\":20,\"total_cputime\":1} | PT15M",
        "X-App-Usage | {\"call_count\":20,\"total_time\":99,\"total_cputime\":1} | PT5M",
        "X-Page-Usage | {\"total_cputime\":140} | PT15M",
        "X-Other | 1 | PT5M"
      })
  void shouldWaitAsLongAsTheProviderSays(String header, String value, Duration expected) {
    // when
    SendResult result = answers.sent(answered(400, THROTTLED, Map.of(header, value)));
    // then
    assertThat(result)
        .isEqualTo(
            new SendResult.RetryLater(
                new DeliveryFailure(
                    DeliveryError.THROTTLED,
                    "613",
                    "Calls to this api have exceeded the rate limit"),
                expected));
  }

  @Test
  void shouldTryAgainSoonWhenTheFaultIsTemporary() {
    for (String code : List.of("1", "2", "1200")) {
      assertThat(answers.sent(answered(500, "{\"error\":{\"code\":" + code + "}}", Map.of())))
          .isEqualTo(
              new SendResult.RetryLater(
                  new DeliveryFailure(DeliveryError.PROVIDER_UNAVAILABLE, code, ""),
                  Duration.ofSeconds(30)));
    }
    assertThat(
            answers.sent(
                answered(400, "{\"error\":{\"code\":7777,\"is_transient\":true}}", Map.of())))
        .isInstanceOf(SendResult.RetryLater.class);
  }

  @Test
  void shouldSayWhichCodeAndHideTheToken() {
    assertThat(
            answers.sent(
                answered(
                    400,
                    "{\"error\":{\"code\":10,\"error_subcode\":2018278,\"message\":\"outside of"
                        + " window\",\"error_user_msg\":\"bad the-token\\nhere\"}}",
                    Map.of())))
        .isEqualTo(
            new SendResult.Rejected(
                new DeliveryFailure(
                    DeliveryError.OUTSIDE_REPLY_WINDOW,
                    "10/2018278",
                    "outside of window: bad [REDACTED] here")));
  }

  @Test
  void shouldReadAnswersOfGatewaysByTheirStatus() {
    assertThat(answers.sent(answered(401, "", Map.of())))
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected ->
                assertThat(rejected.failure().error())
                    .isEqualTo(DeliveryError.CREDENTIALS_EXPIRED));
    assertThat(answers.sent(answered(403, "<html>", Map.of())))
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected ->
                assertThat(rejected.failure().error()).isEqualTo(DeliveryError.ACCOUNT_RESTRICTED));
    assertThat(answers.sent(answered(503, "", Map.of())))
        .isInstanceOf(SendResult.Unconfirmed.class);
  }

  @Test
  void shouldNameAnActionByOurOwnIdWhenItHasNone() {
    ExternalId own = new ExternalId("reaction-1");
    assertThat(answers.acted(answered(200, "{\"recipient_id\":\"7\"}", Map.of()), own))
        .isEqualTo(new SendResult.Accepted(own));
    assertThat(answers.acted(answered(200, "{}", Map.of()), own))
        .isInstanceOf(SendResult.Unconfirmed.class);
  }

  @Test
  void shouldTryAPreparationAgainWhateverCameOfIt() {
    assertThat(answers.notPrepared(new Outcome.AnswerLost("read timed out")))
        .isInstanceOf(SendResult.RetryLater.class);
    assertThat(answers.notPrepared(answered(200, "{}", Map.of())))
        .isInstanceOf(SendResult.RetryLater.class);
    assertThat(
            answers.notPrepared(
                answered(400, "{\"error\":{\"code\":100,\"error_subcode\":2018109}}", Map.of())))
        .isInstanceOf(SendResult.Rejected.class);
  }

  private static Answered answered(int status, String body, Map<String, String> headers) {
    return new Answered(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
