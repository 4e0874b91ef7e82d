package dev.hilo.inbox.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes {@link Features} of records, with the frequencies that a model knows. */
final class Preparation {

  private final TermFrequencies given;
  private final TermFrequencies family;
  private final TermFrequencies birthDates;
  private final TermFrequencies phones;
  private final TermFrequencies emails;
  private final TermFrequencies documents;
  private final TermFrequencies places;

  /** Words seen before; only while many records are in memory anyway. */
  private final @Nullable Map<String, Word> words;

  private Preparation(MatchModel model, boolean keepWords) {
    this.given = model.frequencies(Field.GIVEN_NAME);
    this.family = model.frequencies(Field.FAMILY_NAME);
    this.birthDates = model.frequencies(Field.BIRTH_DATE);
    this.phones = model.frequencies(Field.PHONE);
    this.emails = model.frequencies(Field.EMAIL);
    this.documents = model.frequencies(Field.DOCUMENT);
    this.places = model.frequencies(Field.PLACE);
    this.words = keepWords ? new ConcurrentHashMap<>() : null;
  }

  static Preparation ofFew(MatchModel model) {
    return new Preparation(model, false);
  }

  /** For many records that stay in memory: equal words are kept once. */
  static Preparation ofMany(MatchModel model) {
    return new Preparation(model, true);
  }

  Features prepare(Person person) {
    return new Features(
        person.id(),
        person.names().stream().map(this::name).filter(name -> name.full().length > 0).toList(),
        terms(
            person.birthDates().stream()
                .map(v -> term(PersonText.date(v.text()), birthDates, v.proven()))),
        terms(
            person.phones().stream()
                .map(v -> term(PersonText.digits(v.text()), phones, v.proven()))),
        terms(
            person.emails().stream()
                .map(v -> term(PersonText.email(v.text()), emails, v.proven()))),
        person.documents().stream()
            .map(this::document)
            .filter(document -> !document.number().isEmpty())
            .toList(),
        person.addresses().stream().map(this::address).toList(),
        person.externalIds());
  }

  private static List<Features.Term> terms(java.util.stream.Stream<Features.Term> terms) {
    return terms.filter(term -> !term.text().isEmpty()).distinct().toList();
  }

  private static Features.Term term(String text, TermFrequencies frequencies, boolean proven) {
    return new Features.Term(text, frequencies.of(text), proven);
  }

  private Features.Document document(Person.Document document) {
    String number = PersonText.number(document.number());
    return new Features.Document(
        PersonText.number(document.country()),
        PersonText.number(document.kind()),
        number,
        documents.of(number),
        document.valid(),
        document.proven());
  }

  private Features.Name name(Person.Name name) {
    Word[] givenWords = words(name.given());
    Word[] familyWords = words(name.family());
    List<Word> full = new ArrayList<>(List.of(givenWords));
    full.addAll(List.of(familyWords));
    if (full.isEmpty()) {
      full.addAll(List.of(words(name.full())));
    }
    return new Features.Name(givenWords, familyWords, full.toArray(Word[]::new), name.proven());
  }

  private Word[] words(Optional<String> name) {
    return name.map(PersonText::nameWords).orElse(List.of()).stream()
        .map(this::word)
        .toArray(Word[]::new);
  }

  private Word word(String text) {
    return words == null ? fresh(text) : words.computeIfAbsent(text, this::fresh);
  }

  private Word fresh(String text) {
    float asGiven = given.of(text);
    float asFamily = family.of(text);
    return new Word(
        text,
        PhoneticKeys.spoken(text),
        PhoneticKeys.metaphone(text),
        Nicknames.groups(text),
        asGiven,
        asFamily,
        asGiven > 0 || asFamily > 0,
        Word.letters(text));
  }

  private Features.Address address(Person.Address address) {
    List<String> streetWords = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (String word : address.street().map(PersonText::streetWords).orElse(List.of())) {
      (Character.isDigit(word.charAt(0)) ? numbers : streetWords).add(text(word));
    }
    String city = text(address.city().map(PersonText::plain).orElse(""));
    String postcode = text(address.postcode().map(PersonText::number).orElse(""));
    return new Features.Address(
        streetWords.toArray(String[]::new),
        numbers.toArray(String[]::new),
        city,
        places.of(cityTerm(city)),
        postcode,
        places.of(postcodeTerm(postcode)),
        text(address.country().map(PersonText::plain).orElse("")),
        address.proven());
  }

  /** One instance of equal texts, where many records are kept. */
  private String text(String text) {
    return words == null ? text : word(text).text();
  }

  static String cityTerm(String city) {
    return "city " + city;
  }

  static String postcodeTerm(String postcode) {
    return "postcode " + postcode;
  }
}
