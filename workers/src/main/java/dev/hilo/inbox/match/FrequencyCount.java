package dev.hilo.inbox.match;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Counts the values of records, field by field. */
final class FrequencyCount {

  private final Map<Field, TermFrequencies.Counter> counters;
  private final TermFrequencies given;
  private final TermFrequencies family;

  FrequencyCount(Map<Field, TermFrequencies.Counter> counters, MatchModel known) {
    this.counters = counters;
    this.given = known.frequencies(Field.GIVEN_NAME);
    this.family = known.frequencies(Field.FAMILY_NAME);
  }

  void add(Person person) {
    for (Person.Name name : person.names()) {
      words(name.given()).forEach(word -> count(Field.GIVEN_NAME, word));
      words(name.family()).forEach(word -> count(Field.FAMILY_NAME, word));
      if (name.given().isEmpty() && name.family().isEmpty()) {
        whole(words(name.full()));
      }
    }
    person.birthDates().forEach(v -> count(Field.BIRTH_DATE, PersonText.date(v.text())));
    person.phones().forEach(v -> count(Field.PHONE, PersonText.digits(v.text())));
    person.emails().forEach(v -> count(Field.EMAIL, PersonText.email(v.text())));
    person.documents().forEach(v -> count(Field.DOCUMENT, PersonText.number(v.number())));
    for (Person.Address address : person.addresses()) {
      address
          .city()
          .map(PersonText::plain)
          .ifPresent(city -> count(Field.PLACE, Preparation.cityTerm(city)));
      address
          .postcode()
          .map(PersonText::number)
          .ifPresent(postcode -> count(Field.PLACE, Preparation.postcodeTerm(postcode)));
    }
  }

  /**
   * Of a name in one piece: what is better known as the one or the other; else the first is given.
   */
  private void whole(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      float asGiven = given.of(word);
      float asFamily = family.of(word);
      boolean isGiven = asGiven == asFamily ? i == 0 : asGiven > asFamily;
      count(isGiven ? Field.GIVEN_NAME : Field.FAMILY_NAME, word);
    }
  }

  private static List<String> words(Optional<String> name) {
    return name.map(PersonText::nameWords).orElse(List.of());
  }

  private void count(Field field, String term) {
    if (!term.isEmpty()) {
      Objects.requireNonNull(counters.get(field)).add(term);
    }
  }
}
