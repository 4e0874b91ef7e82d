package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchWordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void shouldHaveASentenceForEverything(String language) {
    // given
    Set<String> expected = new TreeSet<>(Set.of("summary", "relatives", "claimed"));
    for (Field field : Field.values()) {
      field.levels().forEach(level -> expected.add(field.key() + "." + level.key()));
    }
    for (Objection objection : Objection.values()) {
      expected.add("objection." + objection.key());
    }

    // when
    ResourceBundle words =
        ResourceBundle.getBundle(
            "dev.hilo.inbox.match.match-words",
            language.equals("en") ? Locale.ROOT : Locale.of(language));

    // then
    assertThat(new TreeSet<>(words.keySet())).isEqualTo(expected);
  }

  @Test
  void shouldNeverBeSure() {
    List<String> summaries = new ArrayList<>();
    for (double probability : new double[] {0, 0.5, 1}) {
      summaries.add(
          new MatchWords(Locale.ENGLISH)
              .summary(new Score(probability, 0, 0, List.of(), Set.of())));
    }
    assertThat(summaries)
        .containsExactly(
            "One person with a probability of 0.1 %.",
            "One person with a probability of 50.0 %.", "One person with a probability of 99.9 %.");
  }
}
