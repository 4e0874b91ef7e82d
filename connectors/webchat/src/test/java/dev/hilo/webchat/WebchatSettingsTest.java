package dev.hilo.webchat;

import static dev.hilo.webchat.Webchat.HELP;
import static dev.hilo.webchat.Webchat.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.webchat.WebchatSettings.Continuation;
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
    assertThat(shop.look().title().in("pt")).contains("Tienda Aurora");
    assertThat(shop.look().colour()).isEqualTo("#0f766e");
    assertThat(shop.language()).isEqualTo("es");
    assertThat(shop.allowedOrigins())
        .containsExactlyInAnyOrder("https://tienda.example", "http://localhost:8095");
    assertThat(shop.prechat())
        .extracting(PrechatField::name, PrechatField::type, PrechatField::required)
        .containsExactly(
            tuple("name", PrechatField.Type.NAME, true),
            tuple("phone", PrechatField.Type.PHONE, false),
            tuple("order", PrechatField.Type.TEXT, false),
            tuple("reason", PrechatField.Type.SELECT, true),
            tuple("terms", PrechatField.Type.CHECKBOX, true));
    assertThat(shop.prechat().get(2).label().in("en")).contains("Order number");
    assertThat(shop.prechat().get(3).options().get(1).label().in("en")).contains("Delay");
    assertThat(shop.prechat().get(3).options().get(1).label().in("pt")).contains("Demora");
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
    assertThat(help.look().title().in("en")).isEmpty();
    assertThat(help.name()).isEqualTo("Help desk");
    assertThat(help.identity()).isEmpty();
    assertThat(help.attachments()).isTrue();
    assertThat(help.look().colour()).isEqualTo("#4338ca");
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
    "prechat, Nickname",
    "prechat.order.type, date",
    "prechat.name.type, text",
    "prechat.order.pattern, '[A-Z'",
    "prechat.reason.pattern, '.*'",
    "prechat.reason.options, 'swap'",
    "prechat.reason.options, 'swap=A|swap=B'",
    "position, bottom",
    "avatar, javascript:alert(1)",
    "avatar, /logo.png",
    "identity-secret, 'too short'",
    "identity-secret, 'a-secret-for-tests-only-0123456789abcdef'",
    "identity-realm, 'a/b'",
    "identity-required, yes",
    "attachments, 1",
    "transcript, no",
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
  void shouldInsistOnALabelForWhatNoLanguageHasAWordFor() {
    assertThatThrownBy(() -> shop("prechat", "nickname"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("shop.settings.prechat.nickname.label");
  }

  @Test
  void shouldNotDemandWhatItCannotVerify() {
    assertThatThrownBy(
            () ->
                WebchatSettings.of(
                    Webchat.settings(
                        Map.of(), Map.of("identity-secret", "", "identity-required", "true"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("shop.settings.identity-required");
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
        .doesNotContain(Webchat.SECRET, Webchat.IDENTITY_SECRET);
  }

  private static Widget shop(String setting, String value) {
    return WebchatSettings.of(Webchat.settings(Map.of(), Map.of(setting, value)))
        .widget(SHOP)
        .orElseThrow();
  }
}
