package dev.hilo.inbox.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.contact.IdentityDocument.Problem;
import dev.hilo.inbox.contact.IdentityDocument.Reading;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The documents' rules, with numbers that are public: of authorities and large companies, from the
 * authorities' own examples, or from the tests of libraries that do the same.
 */
class IdentityDocumentTest {

  @ParameterizedTest
  @CsvSource({
    "CL, RUT, 12.345.678-5, 12345678-5",
    "CL, RUN, 125319092, 12531909-2",
    "CL, RUT, 76.086.428-5, 76086428-5",
    "CL, rut, 1.000.005-k, 1000005-K",
    "CL, RUT, 'RUT: 12.345.678-5', 12345678-5",
    "CL, RUT, 060803000-K, 60803000-K",
    "AR, CUIT, 20-05536168-2, 20055361682",
    "AR, CUIT, 33-69345023-9, 33693450239",
    "AR, CUIL, 20 26756539 3, 20267565393",
    "AR, DNI, 20.123.456, 20123456",
    "AR, DNI, 05536168, 5536168",
    "BR, CPF, 390.533.447-05, 39053344705",
    "BR, CPF, 529.982.247-25, 52998224725",
    "BR, CNPJ, 16.727.230/0001-97, 16727230000197",
    "BR, CNPJ, 00.000.000/0001-91, 00000000000191",
    "BR, CNPJ, 33.000.167/0001-01, 33000167000101",
    "BR, CNPJ, 12.abc.345/01de-35, 12ABC34501DE35",
    "MX, RFC, GODE 561231 GR8, GODE561231GR8",
    "MX, RFC, MAB-930714-8T4, MAB9307148T4",
    "MX, RFC, SAT970701NN3, SAT970701NN3",
    "MX, CURP, BOXW310820HNERXN09, BOXW310820HNERXN09",
    "MX, CURP, hegg560427mvzrrl04, HEGG560427MVZRRL04",
    "CO, NIT, 800.197.268-4, 800197268-4",
    "CO, NIT, 899999068-1, 899999068-1",
    "CO, NIT, 213.123.432-1, 213123432-1",
    "CO, CC, 1.012.345.678, 1012345678",
    "CO, cedula, 79.123.456, 79123456",
    "PE, RUC, 20131312955, 20131312955",
    "PE, RUC, 20512333797, 20512333797",
    "PE, DNI, 10117410, 10117410",
    "PE, DNI, 10117410-2, 10117410",
    "PE, DNI, 10117410-G, 10117410",
    "ES, DNI, 54362315-K, 54362315K",
    "ES, NIF, 12345678Z, 12345678Z",
    "ES, NIF, 1234567l, 01234567L",
    "ES, NIE, X-2482300-W, X2482300W",
    "ES, CIF, J99216582, J99216582",
    "ES, CIF, A28015865, A28015865",
    "ES, NIF, Q2826000H, Q2826000H",
    "ES, CIF, Q28260008, Q2826000H",
    "UY, CI, 1.234.567-2, 12345672",
    "EC, CEDULA, 171430710-3, 1714307103",
    "EC, RUC, 1792060346-001, 1792060346001",
    "EC, RUC, 1714307103001, 1714307103001",
    "EC, RUC, 1760001550001, 1760001550001",
    "US, SSN, 536-90-4399, 536904399",
    "PT, NIF, 501 964 843, 501964843",
    "PT, NIPC, 500829993, 500829993",
  })
  void shouldReadASoundNumber(String country, String kind, String written, String number) {
    assertThat(IdentityDocument.read(country, kind, written))
        .isEqualTo(new Reading.Valid(DocumentKind.of(country, kind).orElseThrow(), number));
  }

  @ParameterizedTest
  @CsvSource({
    "CL, RUT, 12345678-6, CHECK_DIGIT",
    "CL, RUT, 12345678-K, CHECK_DIGIT",
    "CL, RUT, 12K45678-5, FORM",
    "CL, RUT, 123-5, LENGTH",
    "CL, RUT, 123456789012, LENGTH",
    "AR, CUIT, 20267565392, CHECK_DIGIT",
    "AR, CUIT, 2026756539, LENGTH",
    "AR, CUIT, 2026756A393, FORM",
    "AR, CUIT, 99-26756539-3, PART",
    "AR, DNI, 201234567, LENGTH",
    "AR, DNI, 11111111, PLACEHOLDER",
    "BR, CPF, 390.533.447-06, CHECK_DIGIT",
    "BR, CPF, 111.111.111-11, PLACEHOLDER",
    "BR, CNPJ, 16.727.230/0001-98, CHECK_DIGIT",
    "BR, CNPJ, 12ABC34501DE36, CHECK_DIGIT",
    "BR, CNPJ, 12ABC34501DEA5, FORM",
    "MX, RFC, VACE-460910-SX6, CHECK_DIGIT",
    "MX, RFC, GODE561331GR8, PART",
    "MX, RFC, XAXX010101000, PLACEHOLDER",
    "MX, RFC, XEXX010101000, PLACEHOLDER",
    "MX, RFC, GODE561231, LENGTH",
    "MX, CURP, BOXW310820HNERXN08, CHECK_DIGIT",
    "MX, CURP, BOXW310820HZZRXN09, PART",
    "MX, CURP, BOXW310230HNERXN09, PART",
    "CO, NIT, 800197268-5, CHECK_DIGIT",
    "CO, CC, 800197268, LENGTH",
    "PE, RUC, 20512333798, CHECK_DIGIT",
    "PE, RUC, 30512333797, PART",
    "PE, DNI, 10117410-3, CHECK_DIGIT",
    "PE, DNI, 10117410-H, CHECK_DIGIT",
    "ES, DNI, 54362315-Z, CHECK_DIGIT",
    "ES, NIE, X-2482300-A, CHECK_DIGIT",
    "ES, CIF, J99216583, CHECK_DIGIT",
    "ES, CIF, O1234567L, PART",
    "ES, DNI, 00000000T, PLACEHOLDER",
    "UY, CI, 1.234.567-3, CHECK_DIGIT",
    "EC, CI, 1714307104, CHECK_DIGIT",
    "EC, CI, 9914307103, PART",
    "EC, RUC, 1792060347001, CHECK_DIGIT",
    "EC, RUC, 1792060346000, PART",
    "US, SSN, 666-90-4399, PART",
    "US, SSN, 536-00-4399, PART",
    "US, SSN, 078-05-1120, PLACEHOLDER",
    "PT, NIF, 501964842, CHECK_DIGIT",
    "PT, NIF, 999999990, PLACEHOLDER",
    "PT, NIF, 401964843, PART",
    "CL, CPF, 12345678-5, UNKNOWN_KIND",
    "XX, RUT, 12345678-5, UNKNOWN_KIND",
  })
  void shouldSayWhatIsWrong(String country, String kind, String written, Problem problem) {
    assertThat(IdentityDocument.read(country, kind, written))
        .isInstanceOfSatisfying(
            Reading.Refused.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
  }

  @Test
  void shouldNameWhatWasExpected() {
    assertThat(refusal("CL", "RUT", "12.345.678-6"))
        .isEqualTo("CL RUT: check digit 6, expected 5; a sound one looks like 12345678-5");
    assertThat(refusal("AR", "CUIT", "2026756539"))
        .isEqualTo("AR CUIT: 10 characters, expected 11; a sound one looks like 20055361682");
    assertThat(refusal("PE", "RUC", "30512333797"))
        .isEqualTo(
            "PE RUC: a part that does not exist, expected one of the types 10, 15, 16, 17, 20;"
                + " a sound one looks like 20131312955");
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhatIsNoNumber(DocumentKind kind) {
    for (String written :
        new String[] {"", " ", "-", "K", "hola", "٣٤٥", "\uD83D\uDE00", kind.code()}) {
      assertThat(kind.read(written)).as(written).isInstanceOf(Reading.Refused.class);
    }
    Random random = new Random(17);
    for (int i = 0; i < 4_000; i++) {
      StringBuilder written = new StringBuilder();
      random
          .ints(random.nextInt(20), 0, 42)
          .forEach(c -> written.append("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÑ&.-/ ".charAt(c)));
      if (kind.read(written.toString()) instanceof Reading.Valid valid) {
        assertThat(kind.read(valid.number())).isEqualTo(valid);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveASoundExampleThatStandsForItself(DocumentKind kind) {
    // given
    IdentityDocument document = new IdentityDocument(kind, kind.example());
    // then
    assertThat(document.address().kind()).isEqualTo(ContactAddress.Kind.DOCUMENT);
    assertThat(IdentityDocument.of(document.address())).contains(document);
    assertThat(document.toString()).doesNotContain(kind.example());
    assertThat(kind.read(kind.example()).toString()).doesNotContain(kind.example());
  }

  /**
   * Only kinds whose algorithm promises it: a prime modulus with a character for every rest, or
   * Luhn. CPF, CNPJ, NIT, RUC of Peru and NIF of Portugal write two rests as one digit, CURP and CI
   * of Uruguay have a modulus of 10 with even weights.
   */
  @ParameterizedTest
  @CsvSource({
    "CL_RUT, 8, 0",
    "AR_CUIT, 11, 2",
    "ES_NIF, 8, 0",
    "EC_CI, 10, 0",
    "MX_RFC, 10, 4",
  })
  void shouldRefuseEveryWrongDigit(DocumentKind kind, int end, int begin) {
    Random random = new Random(4);
    int tried = 0;
    while (tried < 200) {
      String number = random(kind, random);
      for (int at = begin; at < end; at++) {
        char right = number.charAt(at);
        for (char wrong = '0'; wrong <= '9'; wrong++) {
          if (wrong != right) {
            String slip = number.substring(0, at) + wrong + number.substring(at + 1);
            assertThat(kind.read(slip)).as(slip).isInstanceOf(Reading.Refused.class);
          }
        }
      }
      tried++;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BR_CPF", "BR_CNPJ", "CO_NIT", "PE_RUC", "PT_NIF", "UY_CI", "MX_CURP"})
  void shouldRefuseMostWrongDigits(DocumentKind kind) {
    Random random = new Random(4);
    int slips = 0;
    int passed = 0;
    String number = kind.example();
    for (int round = 0; round < 200; round++) {
      for (int at = 0; at < number.length(); at++) {
        if (Character.isDigit(number.charAt(at))) {
          char wrong = (char) ('0' + random.nextInt(10));
          if (wrong != number.charAt(at)) {
            slips++;
            String slip = number.substring(0, at) + wrong + number.substring(at + 1);
            passed += kind.read(slip) instanceof Reading.Valid ? 1 : 0;
          }
        }
      }
    }
    assertThat(passed).isLessThan(slips / 8);
  }

  @Test
  void shouldContradictOnlyWithinAKind() {
    IdentityDocument ana = new IdentityDocument(DocumentKind.CL_RUT, "12345678-5");
    IdentityDocument eva = new IdentityDocument(DocumentKind.CL_RUT, "12531909-2");
    IdentityDocument other = new IdentityDocument(DocumentKind.PE_DNI, "10117410");
    assertThat(ana.contradicts(eva)).isTrue();
    assertThat(ana.contradicts(ana)).isFalse();
    assertThat(ana.contradicts(other)).isFalse();
  }

  @Test
  void shouldOnlyHoldTheOneWayOfWriting() {
    assertThatThrownBy(() -> new IdentityDocument(DocumentKind.CL_RUT, "12.345.678-5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a CL RUT is written like 12345678-5, got another form");
  }

  @Test
  void shouldReadNoDocumentOutOfOtherAddresses() {
    assertThat(IdentityDocument.of(ContactAddress.external("CL-RUT:", "12345678-5"))).isEmpty();
    assertThat(IdentityDocument.of(ContactAddress.document("CL", "RUT", "1"))).isEmpty();
    assertThat(IdentityDocument.of(new ContactAddress(ContactAddress.Kind.DOCUMENT, "12345678-5")))
        .isEmpty();
  }

  private static String refusal(String country, String kind, String written) {
    return ((Reading.Refused) IdentityDocument.read(country, kind, written)).message();
  }

  /** A sound number: random digits in the example's form, with the check that fits. */
  private static String random(DocumentKind kind, Random random) {
    while (true) {
      StringBuilder draft = new StringBuilder();
      kind.example()
          .chars()
          .limit(kind.example().length() - 1)
          .forEach(
              c ->
                  draft.append(
                      Character.isDigit(c) ? (char) ('0' + random.nextInt(10)) : (char) c));
      for (char check : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
        if (kind.read(draft.toString() + check) instanceof Reading.Valid valid
            && valid.number().length() == kind.example().length()) {
          return valid.number();
        }
      }
    }
  }
}
