package dev.hilo.inbox.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.InvalidSettingsException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {

  private static final ChannelType SITE = new ChannelType("site");
  private static final AccountId SHOP = new AccountId("shop");

  private static final String WEEK = "mon-fri 08:00-12:00,14:00-18:00; sat 09:00-13:00";

  @ParameterizedTest
  @CsvSource({
    // Bogotá is five hours behind UTC
    "2026-11-20T12:59:59Z, false, 2026-11-20T13:00:00Z",
    "2026-11-20T13:00:00Z, true,",
    "2026-11-20T16:59:59Z, true,",
    "2026-11-20T17:00:00Z, false, 2026-11-20T19:00:00Z",
    "2026-11-20T23:00:00Z, false, 2026-11-21T14:00:00Z",
    "2026-11-21T18:00:00Z, false, 2026-11-23T13:00:00Z"
  })
  void shouldBeOpenInItsHours(Instant now, boolean open, Instant opensAt) {
    // when
    Availability.Status status = status("America/Bogota", WEEK, now);
    // then
    assertThat(status.open()).isEqualTo(open);
    assertThat(status.opensAt()).isEqualTo(Optional.ofNullable(opensAt));
  }

  @Test
  void shouldKeepTheClockOfThePlaceWhenSummerTimeEnds() {
    // 25 October 2026, 03:00 becomes 02:00 in Madrid
    assertThat(
            status("Europe/Madrid", "mon-sun 09:00-18:00", Instant.parse("2026-10-24T18:00:00Z"))
                .opensAt())
        .contains(Instant.parse("2026-10-25T08:00:00Z"));
  }

  @Test
  void shouldGoOverTheEndOfTheWeekAndTheDay() {
    assertThat(status("UTC", "sat-mon 00:00-24:00", Instant.parse("2026-11-22T23:59:59Z")).open())
        .isTrue();
    assertThat(status("UTC", "sat-mon 00:00-24:00", Instant.parse("2026-11-24T00:00:00Z")).open())
        .isFalse();
  }

  @Test
  void shouldBeAlwaysOpenWithoutHours() {
    assertThat(hours(Map.of(), Instant.EPOCH).of(SITE, new AccountId("other")).open()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Bogota, mon 08:00-18:00, zone",
    "UTC, monday 08:00-18:00, hours",
    "UTC, mon 8-18, hours",
    "UTC, mon 18:00-08:00, hours",
    "UTC, mon 08:00-24:01, hours",
    "UTC, mon 08:60-09:00, hours",
    "UTC, '', hours"
  })
  void shouldNameTheSettingWhenItIsWrong(String zone, String hours, String setting) {
    assertThatThrownBy(() -> status(zone, hours, Instant.EPOCH))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("hilo.visitors.opening.site.shop." + setting);
  }

  private static Availability.Status status(String zone, String hours, Instant now) {
    return hours(Map.of("shop", new OpeningHours.Hours(zone, hours)), now).of(SITE, SHOP);
  }

  private static OpeningHours hours(Map<String, OpeningHours.Hours> accounts, Instant now) {
    return new OpeningHours(
        new OpeningHours.Settings(Map.of("site", accounts)), Clock.fixed(now, ZoneOffset.UTC));
  }
}
