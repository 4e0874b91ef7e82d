package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneticKeysTest {

  @ParameterizedTest
  @CsvSource({
    "vasquez, basques",
    "gimenez, jimenes",
    "llanos, yanos",
    "quiroga, kiroga",
    "hernan, ernan",
    "cecilia, sesilia",
    "guillermo, guiyermo",
    "coelho, coeyo",
    "philippe, felipe",
    "thiago, tiago",
  })
  void shouldSpellAlikeWhatSoundsAlike(String one, String other) {
    String first = PhoneticKeys.skeleton(PhoneticKeys.spoken(one));
    assertThat(first).isEqualTo(PhoneticKeys.skeleton(PhoneticKeys.spoken(other)));
  }

  @Test
  void shouldTellMarioFromMaria() {
    assertThat(PhoneticKeys.spoken("mario")).isNotEqualTo(PhoneticKeys.spoken("maria"));
  }

  @Test
  void shouldKnowEnglishSounds() {
    assertThat(PhoneticKeys.metaphone("stephen")).isEqualTo(PhoneticKeys.metaphone("steven"));
  }
}
