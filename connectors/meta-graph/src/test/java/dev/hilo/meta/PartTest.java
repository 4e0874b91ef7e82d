package dev.hilo.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1763640000123 | 2025-11-20T12:00:00.123Z",
        "1763640000 | 2025-11-20T12:00:00Z",
        "\"1763640000\" | 2025-11-20T12:00:00Z",
        "\"1763640000123\" | 2025-11-20T12:00:00.123Z",
        "\"2025-11-20T12:00:00Z\" | 2025-11-20T12:00:00Z",
        "\"2025-11-20T12:00:00.250+00:00\" | 2025-11-20T12:00:00.250Z",
        "\"2025-11-20T12:00:00+0000\" | 2025-11-20T12:00:00Z",
        "\"2025-11-20T07:00:00.001-0500\" | 2025-11-20T12:00:00.001Z"
      })
  void shouldReadEveryFormOfATime(String json, Instant expected) {
    assertThat(part(json).time("t")).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "12341", "\"\"", "\"ayer\"", "1.5", "99999999999999999", "null", "{}"})
  void shouldNotInventATime(String json) {
    assertThat(part(json).time("t")).isEmpty();
  }

  @Test
  void shouldReadFlagsAndIdsWithTolerance() {
    assertThat(part("true").flag("t")).isTrue();
    assertThat(part("\"true\"").flag("t")).isTrue();
    assertThat(part("\"no\"").flag("t")).isFalse();
    assertThat(part("12345654332").id("t")).contains("12345654332");
    assertThat(part("\"a\\u0000b\"").id("t")).isEmpty();
    assertThat(Part.of(new byte[] {'{'}).id("t")).isEmpty();
  }

  private static Part part(String json) {
    return Part.of(("{\"t\":" + json + "}").getBytes(StandardCharsets.UTF_8));
  }
}
