package dev.hilo.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every documented code, typed from the provider's table. */
class GraphErrorTest {

  /** Also through a send: what the caller is told, and when it may try again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREDENTIALS_EXPIRED | never | 0 190 102 463 467",
        "ACCOUNT_RESTRICTED | never | 3 10 200 217 299 131005 130497 131031 368 131042",
        "ACCOUNT_RESTRICTED | never | 33 131045 133010 131037",
        "THROTTLED | PT5M | 4 80007 613",
        "THROTTLED | PT5S | 130429",
        "THROTTLED | PT1M | 132069",
        "RECIPIENT_THROTTLED | PT6S | 131056",
        "QUALITY_LIMITED | never | 131048 131049 131064",
        "OUTSIDE_REPLY_WINDOW | never | 131047",
        "RECIPIENT_OPTED_OUT | never | 131050",
        "RECIPIENT_UNREACHABLE | never | 131026 130472 130403 131062 131030",
        "CONTENT_REJECTED | never | 131051 131008 131009 100 131021 131052 131053 131060 132068",
        "TEMPLATE_REJECTED | never | 132000 132001 132005 132007 132008 132012 132018",
        "TEMPLATE_REJECTED | never | 132015 132016 131063",
        "PROVIDER_UNAVAILABLE | PT30S | 1 2 131000 131016",
        "PROVIDER_UNAVAILABLE | PT1M | 131057",
        "UNKNOWN | never | 131014 300 -1 999999"
      })
  void shouldReactToEveryCode(DeliveryError expected, String retry, String codes) {
    Optional<Duration> after =
        retry.equals("never") ? Optional.empty() : Optional.of(Duration.parse(retry));
    for (String text : codes.split(" ", -1)) {
      int code = Integer.parseInt(text);
      assertThat(error(code).reaction())
          .as("code %s", code)
          .isEqualTo(new GraphError.Reaction(expected, after));
      SendResult result =
          Samples.channel(ScriptedHttp.answering(Samples.graphError(400, code, "words")))
              .send(Samples.text("hola"));
      DeliveryFailure failure = new DeliveryFailure(expected, text, "(#" + code + ") words: words");
      assertThat(result)
          .isEqualTo(
              after
                  .<SendResult>map(wait -> new SendResult.RetryLater(failure, wait))
                  .orElseGet(() -> new SendResult.Rejected(failure)));
    }
  }

  @Test
  void shouldRetryOnlyWhatTheVocabularyCallsRetryable() {
    for (int code = 0; code < 140_000; code++) {
      GraphError.Reaction reaction = error(code).reaction();
      assertThat(reaction.retryAfter().isPresent())
          .as("code %s", code)
          .isEqualTo(reaction.error().retryable());
    }
  }

  @Test
  void shouldReadACodeHoweverItIsWritten() {
    var node = JsonNodeFactory.instance.objectNode().put("code", "190");
    assertThat(GraphError.of(new Part(node)).code()).contains(190);
    assertThat(GraphError.of(new Part(node.put("code", "OAuth"))).code()).isEmpty();
    assertThat(GraphError.of(new Part(node.put("code", "19000000000"))).code()).isEmpty();
    assertThat(GraphError.of(new Part(node.put("code", 190.5))).code()).isEmpty();
    assertThat(GraphError.of(Part.none()).reaction().error()).isEqualTo(DeliveryError.UNKNOWN);
  }

  private static GraphError error(int code) {
    return GraphError.of(new Part(JsonNodeFactory.instance.objectNode().put("code", code)));
  }
}
