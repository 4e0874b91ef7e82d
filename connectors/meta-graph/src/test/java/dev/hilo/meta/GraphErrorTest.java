package dev.hilo.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.DeliveryError;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every documented code and subcode, typed from the provider's tables. */
class GraphErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OUTSIDE_REPLY_WINDOW | no | 10/2018278 10/2534022 10/2018065",
        "RECIPIENT_UNREACHABLE | no | 10/2018108 200/1545041 551 551/1545041 9010",
        "RECIPIENT_UNREACHABLE | no | 100/2018001 100/2534014 10/2018300",
        "CONTENT_REJECTED | no | 100 100/2018109 100/2018034 100/33",
        "CREDENTIALS_EXPIRED | no | 190 190/460 190/463 190/467",
        "ACCOUNT_RESTRICTED | no | 3 10 10/1 200 200/2018028 200/2534041 230 299 368",
        "THROTTLED | yes | 4 17 32 613 613/2534040 80001 80002 80006 4/2018022",
        "PROVIDER_UNAVAILABLE | yes | 1 2 1200 1545133 1200/1545133 77/1545133",
        "UNKNOWN | no | 300 -1 999999 77/88"
      })
  void shouldReactToEveryCode(DeliveryError expected, String retry, String keys) {
    Arrays.stream(keys.split(" ", -1))
        .forEach(
            key -> {
              GraphError error = error(key);
              assertThat(error.codeText()).isEqualTo(key);
              assertThat(error.reaction().error()).as("code %s", key).isEqualTo(expected);
              assertThat(error.reaction().retryAfter().isPresent())
                  .as("retry after %s", key)
                  .isEqualTo(retry.equals("yes"));
            });
  }

  @Test
  void shouldRetryOnlyWhatTheVocabularyCallsRetryable() {
    for (int code = -1; code < 100_000; code++) {
      GraphError.Reaction reaction = error(Integer.toString(code)).reaction();
      assertThat(reaction.retryAfter().isPresent())
          .as("code %s", code)
          .isEqualTo(reaction.error().retryable());
    }
  }

  @Test
  void shouldNotTakeAnotherTypeForACode() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("code", "190");
    assertThat(GraphError.of(new Part(node)).code()).isEmpty();
    assertThat(GraphError.of(new Part(node.put("code", 190.5))).code()).isEmpty();
    assertThat(GraphError.of(Part.none()).reaction().error()).isEqualTo(DeliveryError.UNKNOWN);
    assertThat(GraphError.of(Part.none()).codeText()).isEmpty();
  }

  private static GraphError error(String key) {
    String[] codes = key.split("/", 2);
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("code", Integer.parseInt(codes[0]));
    if (codes.length == 2) {
      node.put("error_subcode", Integer.parseInt(codes[1]));
    }
    return GraphError.of(new Part(node));
  }
}
