package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelSettingsTest {

  private final ChannelSettings.Values values =
      new ChannelSettings.Values(
          "hilo.channels.email.settings",
          Map.of(
              "host", "imap.example.org", "password", "hunter2", "blank", " ", "many", "a, b,,c "));

  @Test
  void shouldNameTheMissingSetting() {
    assertThatThrownBy(() -> values.required("user"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("the setting hilo.channels.email.settings.user is missing");
    assertThatThrownBy(() -> values.secret("blank")).isInstanceOf(InvalidSettingsException.class);
  }

  @Test
  void shouldSayWhatWasExpected() {
    assertThat(values.invalid("host", "a host name"))
        .hasMessage(
            "the setting hilo.channels.email.settings.host is not valid: expected a host name");
  }

  @Test
  void shouldFallBackWhenASettingIsBlank() {
    assertThat(values.optional("blank", "993")).isEqualTo("993");
    assertThat(values.optional("host", "other")).isEqualTo("imap.example.org");
  }

  @Test
  void shouldReadAList() {
    assertThat(values.list("many")).containsExactly("a", "b", "c");
    assertThat(values.list("none")).isEmpty();
  }

  @Test
  void shouldNeverPrintValues() {
    assertThat(values.toString()).doesNotContain("hunter2").contains("password");
    assertThat(values.secret("password")).hasToString("[REDACTED]");
    assertThat(values.secret("password").reveal()).isEqualTo("hunter2");
  }
}
