package dev.hilo.webchat;

import static dev.hilo.webchat.Webchat.HELP;
import static dev.hilo.webchat.Webchat.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.webchat.WebchatSettings.Continuation;
import dev.hilo.webchat.WebchatSettings.PrechatField;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebchatSettingsTest {

  @Test
  void shouldReadEverySetting() {
    // when
    WebchatSettings settings =
        WebchatSettings.of(Webchat.settings(Map.of("token-lifetime", "PT12H"), Map.of()));
    // then
    assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofHours(12));
    Widget shop = settings.widget(SHOP).orElseThrow();
    assertThat(shop.title()).isEqualTo("Tienda Aurora");
    assertThat(shop.colour()).isEqualTo("#0f766e");
    assertThat(shop.language()).isEqualTo("es");
    assertThat(shop.allowedOrigins())
        .containsExactlyInAnyOrder("https://tienda.example", "http://localhost:8095");
    assertThat(shop.prechat())
        .containsExactly(new PrechatField("name", true), new PrechatField("phone", false));
    assertThat(shop.continueOn())
        .containsExactly(
            new Continuation(new ChannelType("whatsapp"), new AccountId("1000000001")),
            new Continuation(new ChannelType("whatsapp"), new AccountId("1000000002")));
  }

  @Test
  void shouldHaveDefaultsForWhatMayBeMissing() {
    // when
    WebchatSettings settings = WebchatSettings.of(Webchat.settings(Map.of(), Map.of()));
    // then
    assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofDays(30));
    Widget help = settings.widget(HELP).orElseThrow();
    assertThat(help.title()).isEqualTo("Help desk");
    assertThat(help.colour()).isEqualTo("#4338ca");
    assertThat(help.prechat()).isEmpty();
    assertThat(help.continueOn()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://Tienda.Example:443, https://tienda.example",
    "http://localhost:80, http://localhost",
    "http://127.0.0.1:8095, http://127.0.0.1:8095",
    "http://[::1]:8095, http://[::1]:8095",
    "https://niño.example, https://xn--nio-8ma.example"
  })
  void shouldWriteOriginsAsBrowsersDo(String written, String origin) {
    // when
    Widget shop = shop("allowed-origins", written);
    // then
    assertThat(shop.allowedOrigins()).containsExactly(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "allowed-origins, *",
    "allowed-origins, tienda.example",
    "allowed-origins, https://tienda.example/chat",
    "allowed-origins, https://tienda.example/",
    "allowed-origins, https://user@tienda.example",
    "allowed-origins, https://*.tienda.example",
    "allowed-origins, ftp://tienda.example",
    "allowed-origins, 'https://tienda.example, https://'",
    "colour, red",
    "colour, #12345",
    "colour, '#123456;}'",
    "prechat, nickname",
    "prechat, 'name, name!'",
    "continue-on, whatsapp",
    "continue-on, 'whatsapp:'",
    "continue-on, WhatsApp:1"
  })
  void shouldNameTheSettingWhenItIsWrong(String setting, String value) {
    assertThatThrownBy(() -> shop(setting, value))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("hilo.channels.webchat.accounts.shop.settings." + setting)
        .hasMessageContaining("expected");
  }

  @Test
  void shouldInsistOnOrigins() {
    assertThatThrownBy(() -> shop("allowed-origins", " "))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "the setting hilo.channels.webchat.accounts.shop.settings.allowed-origins is missing");
  }

  @ParameterizedTest
  @CsvSource({"token-lifetime, P0D", "token-lifetime, P400D", "token-lifetime, soon"})
  void shouldNameTheCommonSettingWhenItIsWrong(String setting, String value) {
    assertThatThrownBy(() -> WebchatSettings.of(Webchat.settings(Map.of(setting, value), Map.of())))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("hilo.channels.webchat.settings." + setting);
  }

  @Test
  void shouldNotPrintTheSecret() {
    assertThat(WebchatSettings.of(Webchat.settings(Map.of(), Map.of())).toString())
        .doesNotContain(Webchat.SECRET);
  }

  private static Widget shop(String setting, String value) {
    return WebchatSettings.of(Webchat.settings(Map.of(), Map.of(setting, value)))
        .widget(SHOP)
        .orElseThrow();
  }
}
