package dev.hilo.inbox.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RhythmTest {

  private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");

  /** Ten messages an hour from nine to five, every day, for some weeks. */
  private static Rhythm office(int weeks) {
    Rhythm rhythm = Rhythm.beginning(MONDAY);
    for (int hour = 0; hour < weeks * 7 * 24; hour++) {
      int ofDay = hour % 24;
      Instant at = MONDAY.plus(Duration.ofHours(hour));
      rhythm = rhythm.counted(ofDay >= 9 && ofDay < 17 ? 10 : 0, at);
    }
    return rhythm;
  }

  @Test
  void shouldLearnWhatIsUsual() {
    // given
    Rhythm rhythm = office(3);
    Instant tuesday = MONDAY.plus(Duration.ofDays(22));
    // then
    assertThat(rhythm.expected(tuesday.plus(Duration.ofHours(9)), hours(tuesday, 11)))
        .isCloseTo(20, within(0.1));
    assertThat(rhythm.expected(hours(tuesday, 18), hours(tuesday, 30))).isZero();
  }

  @Test
  void shouldBeAlarmedByASilenceInABusyHourAndNotByANight() {
    // given
    Rhythm rhythm = office(3);
    Instant tuesday = MONDAY.plus(Duration.ofDays(22));
    // then
    assertThat(rhythm.alarming(hours(tuesday, 10), hours(tuesday, 11))).isTrue();
    assertThat(rhythm.alarming(hours(tuesday, 10), hours(tuesday, 10).plusSeconds(1800))).isFalse();
    assertThat(rhythm.alarming(hours(tuesday, 17), hours(tuesday, 32))).isFalse();
  }

  @Test
  void shouldNotBeAlarmedBeforeAWeekWasSeen() {
    Rhythm rhythm = Rhythm.beginning(MONDAY);
    for (int hour = 0; hour < 100; hour++) {
      rhythm = rhythm.counted(10, MONDAY.plus(Duration.ofHours(hour)));
    }
    assertThat(rhythm.alarming(hours(MONDAY, 90), hours(MONDAY, 100))).isFalse();
  }

  @Test
  void shouldForgetHowBusyItOnceWas() {
    // given
    Rhythm rhythm = office(10);
    Instant later = MONDAY.plus(Duration.ofDays(70));
    for (int hour = 0; hour < 20 * 7 * 24; hour++) {
      rhythm = rhythm.counted(0, later.plus(Duration.ofHours(hour)));
    }
    // then
    Instant tuesday = later.plus(Duration.ofDays(141));
    assertThat(rhythm.expected(hours(tuesday, 9), hours(tuesday, 17))).isLessThan(8);
  }

  private static Instant hours(Instant day, int hours) {
    return day.plus(Duration.ofHours(hours));
  }
}
