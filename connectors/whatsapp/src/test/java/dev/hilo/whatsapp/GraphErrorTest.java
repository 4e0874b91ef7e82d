package dev.hilo.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hilo.channel.DeliveryError;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every documented code, typed from the provider's table. */
class GraphErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREDENTIALS_EXPIRED | no | 0 190",
        "ACCOUNT_RESTRICTED | no | 3 10 200 217 299 131005 131048 130497 131031 368 131042",
        "ACCOUNT_RESTRICTED | no | 33 131045 133010 131037",
        "THROTTLED | yes | 4 80007 613 130429 131056 132069",
        "OUTSIDE_REPLY_WINDOW | no | 131047",
        "RECIPIENT_OPTED_OUT | no | 131050",
        "RECIPIENT_UNREACHABLE | no | 131026 131049 130472 130403 131062 131030",
        "CONTENT_REJECTED | no | 131051 131008 131009 100 131021 131052 131053 132068",
        "TEMPLATE_REJECTED | no | 132000 132001 132005 132007 132008 132012 132018",
        "TEMPLATE_REJECTED | no | 132015 132016 131063 131064",
        "PROVIDER_UNAVAILABLE | yes | 1 2 131000 131016 131057",
        "UNKNOWN | no | 131014 300 -1 999999"
      })
  void shouldReactToEveryCode(DeliveryError expected, String retry, String codes) {
    Arrays.stream(codes.split(" ", -1))
        .mapToInt(Integer::parseInt)
        .forEach(
            code -> {
              GraphError.Reaction reaction = error(code).reaction();
              assertThat(reaction.error()).as("code %s", code).isEqualTo(expected);
              assertThat(reaction.retryAfter().isPresent())
                  .as("retry after %s", code)
                  .isEqualTo(retry.equals("yes"));
            });
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
  void shouldNotTakeAnotherTypeForACode() {
    var node = JsonNodeFactory.instance.objectNode().put("code", "190");
    assertThat(GraphError.of(new Part(node)).code()).isEmpty();
    assertThat(GraphError.of(new Part(node.put("code", 190.5))).code()).isEmpty();
    assertThat(GraphError.of(Part.none()).reaction().error()).isEqualTo(DeliveryError.UNKNOWN);
  }

  private static GraphError error(int code) {
    return GraphError.of(new Part(JsonNodeFactory.instance.objectNode().put("code", code)));
  }
}
