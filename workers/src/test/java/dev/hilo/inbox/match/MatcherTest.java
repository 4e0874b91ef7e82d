package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {

  private final Matcher matcher = new Matcher(MatchModel.standard().among(100_000));

  private Verdict verdict(Person.Builder first, Person.Builder second) {
    return matcher.compare(first.build(), second.build()).verdict(Thresholds.DEFAULT);
  }

  private static Person.Builder rosa() {
    return Person.of("1")
        .name("Rosa María", "Quispe Huamán")
        .birthDate("1984-03-09")
        .phone("+51987654321")
        .email("rosa.quispe@correo.example")
        .address("Av. Arequipa 1234, dpto. 5", "Lima", "15046", "PE");
  }

  @Test
  void shouldMergeWhenAllAgrees() {
    assertThat(verdict(rosa(), rosa())).isEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldMergeWhenEveryFieldHasASlip() {
    // given
    Person.Builder slips =
        Person.of("2")
            .name("ROSA MARIA", "Quizpe Huaman")
            .birthDate("09/03/1948")
            .phone("+51987654312")
            .email("rosa.quispe@correo.example")
            .address("Arequipa 1234", "Lima", "15064", "PE");

    // when
    Verdict verdict = verdict(rosa(), slips);

    // then
    assertThat(verdict).isEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldFindNothingInTwoStrangersOfOneTown() {
    assertThat(
            verdict(
                rosa(),
                Person.of("2")
                    .name("Julio", "Ramos Paz")
                    .birthDate("1990-01-30")
                    .address("Jr. Cusco 88", "Lima", "15046", "PE")))
        .isEqualTo(Verdict.NONE);
  }

  @Test
  void shouldNotMergeNamesakes() {
    assertThat(
            verdict(
                Person.of("1").name("Juan", "García Pérez").address("", "Madrid", "", "ES"),
                Person.of("2").name("Juan", "García Pérez").address("", "Madrid", "", "ES")))
        .isNotEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldNotMergeSiblings() {
    // given
    Person.Builder brother =
        Person.of("1")
            .name("Mario", "Quispe Huamán")
            .phone("+51987654321")
            .address("Av. Arequipa 1234", "Lima", "15046", "PE");
    Person.Builder sister =
        Person.of("2")
            .name("María", "Quispe Huamán")
            .phone("+51987654321")
            .address("Av. Arequipa 1234", "Lima", "15046", "PE");

    // when
    Score score = matcher.compare(brother.build(), sister.build());

    // then
    assertThat(score.verdict(Thresholds.DEFAULT)).isNotEqualTo(Verdict.MERGE);
    assertThat(score.relatives()).isGreaterThan(0.5);
  }

  @Test
  void shouldNotMergeTwins() {
    assertThat(
            verdict(
                rosa(),
                Person.of("2")
                    .name("Carmen", "Quispe Huamán")
                    .birthDate("1984-03-09")
                    .phone("+51987654321")
                    .address("Av. Arequipa 1234, dpto. 5", "Lima", "15046", "PE")))
        .isNotEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldNotMergeFatherAndSon() {
    assertThat(
            verdict(
                Person.of("1")
                    .name("Pedro", "Soto Lagos")
                    .birthDate("1950-06-01")
                    .phone("+56911112222")
                    .address("Los Aromos 12", "Talca", "3460000", "CL"),
                Person.of("2")
                    .name("Pedro", "Soto Lagos")
                    .birthDate("1978-11-23")
                    .phone("+56911112222")
                    .address("Los Aromos 12", "Talca", "3460000", "CL")))
        .isNotEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldNeverMergeConflictingDocuments() {
    // given
    Person one = rosa().document("PE", "DNI", "41234567").build();
    Person other = rosa().document("PE", "DNI", "41234576").build();

    // when
    Score score = matcher.compare(one, other);

    // then
    assertThat(score.objections()).contains(Objection.CONFLICTING_DOCUMENT);
    assertThat(score.verdict(Thresholds.DEFAULT)).isEqualTo(Verdict.REVIEW);
  }

  @Test
  void shouldTakeAnUncheckedNumberForMistyped() {
    Score score =
        matcher.compare(
            rosa().uncheckedDocument("5304218").build(),
            rosa().uncheckedDocument("5304281").build());
    assertThat(score.objections()).isEmpty();
    assertThat(score.verdict(Thresholds.DEFAULT)).isEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldNotTakeDocumentsOfTwoKindsForAConflict() {
    Score score =
        matcher.compare(
            rosa().document("PE", "DNI", "41234567").build(),
            rosa().document("PE", "RUC", "10412345671").build());
    assertThat(score.objections()).isEmpty();
  }

  @Test
  void shouldNeverMergeTwoCustomersOfOneSystem() {
    Score score =
        matcher.compare(
            rosa().externalId("crm", "77").build(), rosa().externalId("crm", "78").build());
    assertThat(score.objections()).containsExactly(Objection.CONFLICTING_EXTERNAL_ID);
    assertThat(score.verdict(Thresholds.DEFAULT)).isEqualTo(Verdict.REVIEW);
  }

  @Test
  void shouldNotMergeByClaims() {
    // given somebody who has typed another one's data
    Person.Builder claimant =
        Person.of("2")
            .claimed()
            .name("Rosa María", "Quispe Huamán")
            .birthDate("1984-03-09")
            .phone("+51987654321")
            .email("rosa.quispe@correo.example")
            .proven()
            .address("", "Lima", "", "PE");

    // when
    Score score = matcher.compare(rosa().build(), claimant.build());

    // then
    assertThat(score.probability()).isGreaterThan(0.99);
    assertThat(score.objections()).contains(Objection.ONLY_CLAIMED);
    assertThat(score.verdict(Thresholds.DEFAULT)).isEqualTo(Verdict.REVIEW);
  }

  @Test
  void shouldNotMergeByOneNumberAlone() {
    assertThat(verdict(Person.of("1").phone("+51987654321"), Person.of("2").phone("+51987654321")))
        .isNotEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldSayTheSameInBothDirections() {
    // given
    Person one = rosa().build();
    Person other =
        Person.of("2").fullName("Rosita Quispe").phone("+51987654320").birthDate("1984").build();

    // when
    Score there = matcher.compare(one, other);
    Score back = matcher.compare(other, one);

    // then
    assertThat(there.probability()).isEqualTo(back.probability());
  }

  @Test
  void shouldFindRareNamesMoreTellingThanCommonOnes() {
    double common = weightOfName("María", "García");
    double rare = weightOfName("Zunilda", "Etxeberria");
    assertThat(rare).isGreaterThan(common + 4);
  }

  private double weightOfName(String given, String family) {
    Person person = Person.of("1").name(given, family).build();
    return matcher.compare(person, person).evidence().stream().mapToDouble(Evidence::weight).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "María José, Maria Jose, EQUAL",
    "de la Cruz, Cruz, EQUAL",
    "Pérez Gómez, Gómez Pérez, EQUAL",
    "Mac Donald, MacDonald, EQUAL",
    "Gutiérrez, Gutierres, SIMILAR",
    "Xkcdovich, Xkcdowich, SIMILAR",
    "Pérez Gómez, Pérez, PART",
    "Juan Carlos, Juan, PART",
    "Francisco, Paco, ALIKE",
    "Jiménez, Giménez, ALIKE",
    "Juan Carlos, Juan C., ALIKE",
    "Pérez Gómez, Pérez Ruiz, FAINT",
    "Mario, María, DIFFERENT",
    "Clark, García, DIFFERENT",
  })
  void shouldCompareNames(String one, String other, Agreement expected) {
    Score score =
        matcher.compare(
            Person.of("1").name(one, "").build(), Person.of("2").name(other, "").build());
    assertThat(score.evidence().getFirst().agreement()).isEqualTo(expected);
  }

  @Test
  void shouldSeeGivenAndFamilyNameSwapped() {
    Score score =
        matcher.compare(
            Person.of("1").name("Gonzalo", "Etxeberria").build(),
            Person.of("2").name("Etxeberria", "Gonzalo").build());
    assertThat(score.evidence())
        .extracting(Evidence::agreement)
        .containsExactly(Agreement.SWAPPED, Agreement.SWAPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "1984-03-09, 19840309, EQUAL",
    "1984-03-09, 09/03/1984, EQUAL",
    "1984-03-09, 1984-09-03, SWAPPED",
    "1984-03-09, 1984-03-08, TYPO",
    "1984-03-09, 1948-03-09, TYPO",
    "1984-03-09, 1984-03-27, NEAR",
    "1984-03-09, 1971-12-24, DIFFERENT",
  })
  void shouldCompareBirthDates(String one, String other, Agreement expected) {
    assertThat(only(Person.of("1").birthDate(one), Person.of("2").birthDate(other)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "+5491155501234, +54 9 11 5550-1234, EQUAL",
    "+5491155501234, 1155501234, ENDING",
    "+5491155501234, +5491155501243, TYPO",
    "+5491155501234, +5491177778888, DIFFERENT",
  })
  void shouldComparePhones(String one, String other, Agreement expected) {
    assertThat(only(Person.of("1").phone(one), Person.of("2").phone(other))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Ana.Soto@correo.example, ana.soto@correo.example, EQUAL",
    "ana.soto+tienda@correo.example, ana.soto@correo.example, EQUAL",
    "anasoto1988@correo.example, anasoto1988@otro.example, LOCAL_PART",
    "anasoto1988@correo.example, anasotto1988@correo.example, SIMILAR",
    "anasoto1988@correo.example, pedro@otro.example, DIFFERENT",
  })
  void shouldCompareEmails(String one, String other, Agreement expected) {
    assertThat(only(Person.of("1").email(one), Person.of("2").email(other))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Calle Mayor 12, C/ Mayor 12, EQUAL",
    "8 Stanley Street, Stanley St 8, EQUAL",
    "Los Aromos 123, Los Aromoz 123, SIMILAR",
    "Los Aromos 123, Los Aromos 99, PART",
    "Los Aromos 123, Prat 55, DIFFERENT",
  })
  void shouldCompareStreets(String one, String other, Agreement expected) {
    assertThat(
            only(
                Person.of("1").address(one, "", "", ""), Person.of("2").address(other, "", "", "")))
        .isEqualTo(expected);
  }

  private Agreement only(Person.Builder one, Person.Builder other) {
    return matcher.compare(one.build(), other.build()).evidence().getFirst().agreement();
  }

  @Test
  void shouldTakeTheBestOfSeveralValues() {
    assertThat(
            only(
                Person.of("1").phone("+56911112222").phone("+56933334444"),
                Person.of("2").phone("+56955556666").phone("+56933334444")))
        .isEqualTo(Agreement.EQUAL);
  }

  @Test
  void shouldNotCountAMailAddressThatIsJustTheName() {
    Score score =
        matcher.compare(
            Person.of("1").name("Rosa", "Quispe").email("rosa.quispe@uno.example").build(),
            Person.of("2").name("Rosa", "Quispe").email("rosa.quispe@dos.example").build());
    assertThat(score.evidence()).extracting(Evidence::field).doesNotContain(Field.EMAIL);
  }

  @Test
  void shouldExplainInSpanish() {
    // given
    Score score =
        matcher.compare(
            rosa().document("PE", "DNI", "41234567").build(),
            Person.of("2")
                .fullName("Rosa Maria Quispe Huamann")
                .birthDate("1971-12-24")
                .document("PE", "DNI", "41234567")
                .build());

    // when
    MatchWords words = new MatchWords(Locale.of("es"));

    // then
    assertThat(words.evidence(score))
        .extracting(MatchWords.Said::words)
        .containsExactly(
            "El nombre se parece mucho (0,99)",
            "Mismo documento",
            "La fecha de nacimiento no coincide");
    assertThat(words.objections(score))
        .containsExactly("La fecha de nacimiento no coincide: podrían ser padre e hijo");
  }

  @Test
  void shouldNotPrintPersonalData() {
    assertThat(List.of(rosa().build(), rosa().build().names()).toString())
        .doesNotContain("Rosa")
        .doesNotContain("Quispe");
  }
}
