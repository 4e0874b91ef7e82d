package dev.hilo.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.VisitorChannel.Asset;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WidgetFileTest {

  private static final int BUDGET = 34_000;

  private final Asset widget = Webchat.channel().asset("hilo-webchat.js").orElseThrow();

  @Test
  void shouldServeTheWidget() {
    assertThat(new String(widget.body(), StandardCharsets.UTF_8))
        .contains("customElements.define('hilo-webchat'");
    assertThat(widget.contentType()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(widget.etag()).matches("\"[0-9a-f]{32}\"");
    assertThat(Webchat.channel().asset("hilo-webchat.js").orElseThrow().etag())
        .isEqualTo(widget.etag());
  }

  @Test
  void shouldServeNothingElse() {
    assertThat(Webchat.channel().asset("package.json")).isEmpty();
    assertThat(Webchat.channel().asset("../webchat/hilo-webchat.js")).isEmpty();
    assertThat(Webchat.channel().asset("")).isEmpty();
  }

  @Test
  void shouldStayUnderItsSizeBudget() throws Exception {
    // when
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(widget.body());
    }
    // then
    assertThat(zipped.size()).isLessThan(BUDGET);
  }
}
