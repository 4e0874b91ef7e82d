package dev.hilo.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Limit;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPartsTest {

  private static final URI SOURCE = URI.create("https://example.org");

  private static Limit units(long value) {
    return new Limit(value, Capabilities.UTF_16_UNITS, SOURCE);
  }

  private static Limit bytes(long value) {
    return new Limit(value, Capabilities.UTF_8_BYTES, SOURCE);
  }

  @Test
  void shouldLeaveATextThatFitsAlone() {
    assertThat(TextParts.of("hola", units(4))).containsExactly("hola");
    assertThat(TextParts.of("  ", units(4))).isEmpty();
  }

  @Test
  void shouldCutWhereAReaderPauses() {
    assertThat(TextParts.of("One two three.\n\nFour five six.", units(20)))
        .containsExactly("One two three.", "Four five six.");
    assertThat(TextParts.of("One two three. Four five six.", units(20)))
        .containsExactly("One two three.", "Four five six.");
    assertThat(TextParts.of("one two three four", units(10)))
        .containsExactly("one two", "three four");
  }

  @Test
  void shouldMeasureBytesWhereTheChannelDoes() {
    List<String> parts = TextParts.of("ñandú ñandú ñandú", bytes(16));
    assertThat(parts).containsExactly("ñandú ñandú", "ñandú");
    assertThat(parts).noneMatch(bytes(16)::isExceededBy);
  }

  @Test
  void shouldNeverCutThroughACharacter() {
    List<String> parts = TextParts.of("👩‍👩‍👧‍👦".repeat(3), units(12));
    assertThat(parts).containsExactly("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦");
  }

  @Test
  void shouldLoseNothingOfALongText() {
    String text = "palabra ".repeat(5000).strip();
    List<String> parts = TextParts.of(text, units(1000));
    assertThat(String.join(" ", parts)).isEqualTo(text);
    assertThat(parts).noneMatch(units(1000)::isExceededBy);
  }
}
