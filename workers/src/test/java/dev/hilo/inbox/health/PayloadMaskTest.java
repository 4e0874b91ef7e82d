package dev.hilo.inbox.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadMaskTest {

  private static String masked(String body) {
    return PayloadMask.of(body.getBytes(StandardCharsets.UTF_8)).replaceAll("\\s+", "");
  }

  @Test
  void shouldKeepTheShapeAndNothingOfWhatPeopleWrote() {
    assertThat(
            masked(
                """
                {"object":"page","entry":[{"type":"hologram","text":"Llámame al 300 123",
                  "n":573001234567,"ok":true,"none":null,"from":{"573001":"Ana"}}]}"""))
        .isEqualTo(
            """
            {"object":"page","entry":[{"type":"hologram","text":"xxxxxxxxx000000",
            "n":"000000000000","ok":true,"none":null,"from":{"000000":"xxx"}}]}"""
                .replaceAll("\\s+", ""));
  }

  @Test
  void shouldMaskAProvidersWordThatIsNone() {
    assertThat(masked("{\"type\":\"Ana Gómez 300\"}")).isEqualTo("{\"type\":\"xxxxxxxx000\"}");
  }

  @Test
  void shouldMaskWhatIsNoJson() {
    assertThat(masked("From: ana@example.org")).isEqualTo("xxxx:xxx@xxxxxxx.xxx");
    assertThat(masked("")).isEmpty();
  }

  @Test
  void shouldCutWhatIsLong() {
    assertThat(PayloadMask.of(("[" + "1,".repeat(50_000) + "1]").getBytes(StandardCharsets.UTF_8)))
        .hasSizeLessThanOrEqualTo(PayloadMask.LONGEST + 1);
  }
}
