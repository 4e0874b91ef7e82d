package dev.hilo.inbox.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.ContactAddress.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which ways of writing are one address, and which are not. */
class AliasKeysTest {

  @ParameterizedTest
  @CsvSource({
    // Brazil: mobiles with and without the ninth digit, in every area code
    "+5511987654321, +551187654321",
    "+5541988887777, +554188887777",
    "+5585961234567, +558561234567",
    "+5592981723241, +559281723241",
    "+5571991234567, +557191234567",
    // Argentina: with the 9, without, with the 15 of a domestic call, with both
    "+5491123456789, +541123456789",
    "+5491123456789, +54111523456789",
    "+5491123456789, +549111523456789",
    "+5493512345678, +543512345678",
    "+5493512345678, +54351152345678",
    "+5492966123456, +542966123456",
    // Mexico
    "+5215512345678, +525512345678",
    "+5219981234567, +529981234567",
  })
  void shouldTakeFormsOfOneNumberForOne(String one, String other) {
    assertThat(phone(one)).isEqualTo(phone(other));
  }

  @ParameterizedTest
  @CsvSource({
    // A landline of Brazil gets no 9: that would be another's mobile
    "+551133334444, +5511933334444",
    "+552125556666, +5521925556666",
    // An area code that is not in use
    "+552387654321, +5523987654321",
    "+5511987654321, +5521987654321",
    "+541123456789, +541123456780",
    "+5491123456789, +5493512345678",
    "+525512345678, +528112345678",
    // The prefixes of other countries mean nothing here
    "+56987654321, +5687654321",
    "+573001234567, +571234567",
    "+390612345678, +39612345678",
  })
  void shouldTellNumbersApart(String one, String other) {
    assertThat(phone(one)).isNotEqualTo(phone(other));
  }

  @Test
  void shouldKeepWhatIsNoNumber() {
    assertThat(phone("+5411")).isEqualTo("phone:+5411");
    assertThat(phone("whatever")).isEqualTo("phone:whatever");
  }

  @ParameterizedTest
  @CsvSource({
    "Ana.Rios@Gmail.com, anarios@gmail.com",
    "a.n.a.rios+tienda@googlemail.com, anarios@gmail.com",
    "ana+tienda@outlook.com, ana@outlook.com",
    "ana+x@hotmail.com, ana@hotmail.com",
    "ana+x@live.com.mx, ana@live.com.mx",
    "ana+x@icloud.com, ana@icloud.com",
    "ana+x@me.com, ana@me.com",
    "ana+x@fastmail.com, ana@fastmail.com",
    "tienda@ana.fastmail.com, ana@fastmail.com",
    "ana.rios-p_e+x@proton.me, anariospe@proton.me",
    "ana-tienda@yahoo.com, ana-otra@yahoo.com",
    "ANA@Example.ORG, ana@example.org",
    "ana@example.org., ana@example.org",
    "ana@peñarol.org, ana@xn--pearol-xwa.org",
    "josé@example.org, JOSÉ@example.org",
    "'josé@example.org', josé@example.org",
  })
  void shouldTakeWaysToWriteAMailboxForOne(String one, String other) {
    assertThat(email(one)).isEqualTo(email(other));
  }

  @ParameterizedTest
  @CsvSource({
    "ana.rios@example.org, anarios@example.org",
    "ana+x@example.org, ana@example.org",
    "ana.rios@outlook.com, anarios@outlook.com",
    "ana@outlook.com, ana@hotmail.com",
    "ana@icloud.com, ana@me.com",
    "ana@proton.me, ana@pm.me",
    // The nickname of disposable addresses is not the mailbox's name
    "ana-tienda@yahoo.com, ana@yahoo.com",
    "ana+x@yahoo.com, ana@yahoo.com",
    "ana-x@gmail.com, ana@gmail.com",
    "ana@straße.de, ana@strasse.de",
    "ana@gmail.com.example.org, ana@gmail.com",
    "tienda@ana.example.org, ana@example.org",
    "+x@gmail.com, +y@gmail.com",
  })
  void shouldTellMailboxesApart(String one, String other) {
    assertThat(email(one)).isNotEqualTo(email(other));
  }

  @Test
  void shouldSurviveWhatIsNoAddress() {
    assertThat(email("Ana")).isEqualTo("email:ana");
    assertThat(email("@gmail.com")).isEqualTo("email:@gmail.com");
    assertThat(email("ana@")).isEqualTo("email:ana@");
    assertThat(email("ana@" + "x".repeat(70) + ".org")).startsWith("email:ana@xxx");
    assertThat(email("...@gmail.com")).isEqualTo("email:...@gmail.com");
    assertThat(email("\"a+b\"@gmail.com")).isEqualTo("email:\"a+b\"@gmail.com");
  }

  @Test
  void shouldTakeWaysToWriteADocumentForOne() {
    assertThat(AliasKeys.of(new ContactAddress(Kind.DOCUMENT, "cl-rut:12.345.678-5")))
        .isEqualTo(AliasKeys.of(ContactAddress.document("CL", "RUT", "12345678-5")))
        .isEqualTo("document:CL-RUT:12345678-5");
    assertThat(AliasKeys.of(ContactAddress.document("AR", "CUIL", "20-05536168-2")))
        .isEqualTo(AliasKeys.of(ContactAddress.document("AR", "CUIT", "20055361682")));
    assertThat(AliasKeys.of(ContactAddress.document("CL", "RUT", "12345678-6")))
        .isEqualTo("document:CL-RUT:12345678-6");
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCIAL", "BUSINESS_SCOPED", "VISITOR", "EXTERNAL"})
  void shouldLeaveOtherKindsAsTheyAre(Kind kind) {
    ContactAddress address = new ContactAddress(kind, "Shop/Ab.c+1-2@gmail.com");
    assertThat(AliasKeys.of(address)).isEqualTo(address.key());
  }

  @ParameterizedTest
  @CsvSource({
    "AR, 011 15 2345-6789, +5491123456789",
    "AR, 11 15 2345 6789, +5491123456789",
    "AR, (0351) 15-234-5678, +5493512345678",
    "AR, 15 2345-6789, +5491123456789",
    "AR, 54 9 11 2345 6789, +5491123456789",
    "AR, +54 9 11 15 2345 6789, +5491123456789",
    "AR, 11 4321-5678, +541143215678",
    "BR, (11) 98765-4321, +5511987654321",
    "BR, 0 15 11 98765-4321, +5511987654321",
    "BR, 0XX11 98765-4321, +5511987654321",
    "BR, (0xx41) 98765-4321, +5541987654321",
    "BR, 0 36 41 98765-4321, +5541987654321",
    "BR, 0 41 41 3333-4444, +554133334444",
    "BR, (11) 8765-4321, +551187654321",
    "BR, 0057 300 123 4567, +573001234567",
    "MX, 55 1234 5678, +525512345678",
    "MX, 044 55 1234 5678, +525512345678",
    "MX, 045 55 1234 5678, +525512345678",
    "MX, 01 55 1234 5678, +525512345678",
    "MX, +52 1 55 1234 5678, +525512345678",
    "CO, 300 123 4567, +573001234567",
    "CO, 0057 300 123 4567, +573001234567",
    "CL, 9 8765 4321, +56987654321",
    "PE, 987 654 321, +51987654321",
    "ES, 612 34 56 78, +34612345678",
  })
  void shouldReadWhatPeopleType(String country, String typed, String e164) {
    assertThat(AliasKeys.typedPhone(typed, country)).contains(ContactAddress.phone(e164));
  }

  @Test
  void shouldNotReadANumberThatLacksItsAreaOrIsNone() {
    for (String typed : List.of("4567-8901", "12", "", "hola", "+", "00")) {
      assertThat(AliasKeys.typedPhone(typed, "AR")).as(typed).isEmpty();
    }
    assertThat(AliasKeys.typedPhone("98765-4321", "BR")).isEmpty();
    assertThat(AliasKeys.typedPhone("1234 5678", "MX")).isEmpty();
  }

  private static String phone(String e164) {
    return AliasKeys.of(ContactAddress.phone(e164));
  }

  private static String email(String address) {
    return AliasKeys.of(ContactAddress.email(address));
  }
}
