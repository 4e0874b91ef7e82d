package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids and addresses: what they accept, and what they print. */
class AddressesTest {

  @ParameterizedTest
  @EnumSource
  void shouldReadBackItsKey(ContactAddress.Kind kind) {
    ContactAddress address = new ContactAddress(kind, "a:b/c 17");
    assertThat(ContactAddress.ofKey(address.key())).isEqualTo(address);
  }

  @Test
  void shouldNameTheKindInTheKey() {
    assertThat(ContactAddress.businessScoped("CO.1").key()).isEqualTo("business-scoped:CO.1");
    assertThat(ContactAddress.phone("+573001112233").key()).isEqualTo("phone:+573001112233");
  }

  @Test
  void shouldNameCountryAndKindOfADocument() {
    // given
    ContactAddress document = ContactAddress.document("CL", "RUT", "12345678-5");
    // then
    assertThat(document.value()).isEqualTo("CL-RUT:12345678-5");
    assertThat(ContactAddress.ofKey("document:CL-RUT:12345678-5")).isEqualTo(document);
    assertThat(document).hasToString("DOCUMENT:***-5");
  }

  @Test
  void shouldRefuseAKeyOfAnotherForm() {
    assertThatThrownBy(() -> ContactAddress.ofKey("573001112233"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an address key is 'kind:value', got none of that form");
    assertThatThrownBy(() -> ContactAddress.ofKey("pigeon:17"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldPrintAddressesMasked() {
    assertThat(ContactAddress.phone("+573001112233")).hasToString("PHONE:***33");
    assertThat(ContactAddress.visitor("7")).hasToString("VISITOR:***7");
    assertThat(Sender.of(ContactAddress.email("ana@example.org")).toString())
        .doesNotContain("ana@example.org");
  }

  @Test
  void shouldVouchForTheAddressFirst() {
    // given
    ContactAddress phone = ContactAddress.phone("+573001112233");
    ContactAddress scoped = ContactAddress.businessScoped("CO.1");
    ContactAddress claimed = ContactAddress.email("ana@example.org");
    Sender sender =
        new Sender(phone, List.of(scoped), List.of(claimed), Optional.empty(), Optional.empty());
    // then
    assertThat(sender.vouched()).containsExactly(phone, scoped);
  }

  @Test
  void shouldRefuseBlankAndOverlongIds() {
    assertThatThrownBy(() -> new ExternalId(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ExternalId must not be blank");
    assertThatThrownBy(() -> new OutboundId("x".repeat(513)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OutboundId must have at most 512 characters, got 513");
    assertThat(new AccountId("x".repeat(512)).value()).hasSize(512);
  }

  @Test
  void shouldRefuseATypeThatCouldNotStandInAnAddress() {
    for (String wrong : List.of("", "a", "WhatsApp", "web chat", "1st", "x".repeat(33))) {
      assertThatThrownBy(() -> new ChannelType(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new ChannelType("whatsapp-2")).hasToString("whatsapp-2");
  }
}
