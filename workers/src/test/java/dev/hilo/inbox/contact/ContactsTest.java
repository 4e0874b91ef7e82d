package dev.hilo.inbox.contact;

import static dev.hilo.inbox.Samples.ANA_BROWSER;
import static dev.hilo.inbox.Samples.ANA_PHONE;
import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.WIDGET_AT_ONCE;
import static dev.hilo.inbox.Samples.WIDGET_WHEN_PROVEN;
import static dev.hilo.inbox.Samples.visitorClaiming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.Together;
import dev.hilo.inbox.store.MemoryStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactsTest {

  /** What the business calls somebody. */
  private static final ContactAddress CUSTOMER_NUMBER = ContactAddress.external("shop", "C-1001");

  private final Contacts contacts =
      Samples.contacts(new MemoryStore(), Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void shouldMakeOneContactWhenFiftyFirstMessagesRace() throws Exception {
    // when
    List<String> found =
        Together.run(
            Collections.nCopies(
                50, () -> contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT).id()));

    // then
    assertThat(Set.copyOf(found)).hasSize(1);
  }

  @Test
  void shouldFindTheSameContactByAPhoneTypedWithoutCountryCode() {
    // given
    Contact visitor =
        contacts.resolve(visitorClaiming(ANA_BROWSER, "300 123 4567"), WIDGET_AT_ONCE);

    // when
    Contact owner = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);

    // then
    assertThat(owner.id()).isEqualTo(visitor.id());
  }

  @Test
  void shouldDoubtTheVisitorOnceTheOwnerOfTheTypedNumberCame() {
    // given
    Contact before = contacts.resolve(visitorClaiming(ANA_BROWSER, "300 123 4567"), WIDGET_AT_ONCE);
    assertThat(before.proofOf(ANA_PHONE)).contains(Proof.CLAIMED);
    assertThat(before.proofOf(ANA_BROWSER)).contains(Proof.PROVEN);

    // when
    Contact after = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);

    // then
    assertThat(after.proofOf(ANA_PHONE)).contains(Proof.PROVEN);
    assertThat(after.proofOf(ANA_BROWSER)).contains(Proof.CLAIMED);
    assertThat(contacts.resolve(Sender.of(ANA_BROWSER), WIDGET_AT_ONCE).proofOf(ANA_BROWSER))
        .as("writing again proves nothing")
        .contains(Proof.CLAIMED);
  }

  @Test
  void shouldLinkAVisitorToAKnownCustomerWithDoubtAndKeepTheCustomersName() {
    // given
    Contact ana =
        contacts.resolve(
            new Sender(ANA_PHONE, List.of(), List.of(), Optional.of("Ana María"), Optional.empty()),
            LINE_ACCOUNT);

    // when
    Contact linked =
        contacts.resolve(visitorClaiming(ANA_BROWSER, "+57 300 1234567"), WIDGET_AT_ONCE);

    // then
    assertThat(linked.id()).isEqualTo(ana.id());
    assertThat(linked.proofOf(ANA_BROWSER)).contains(Proof.CLAIMED);
    assertThat(linked.displayName()).contains("Ana María");
  }

  @Test
  void shouldNotLinkByAClaimWhenTheWidgetAsksForProof() {
    // given
    Contact ana = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);

    // when
    Contact visitor =
        contacts.resolve(visitorClaiming(ANA_BROWSER, "300 123 4567"), WIDGET_WHEN_PROVEN);

    // then
    assertThat(visitor.id()).isNotEqualTo(ana.id());
    assertThat(visitor.proofOf(ANA_PHONE)).contains(Proof.CLAIMED);
  }

  @Test
  void shouldLetACodeJoinAVisitorWithAKnownNumber() {
    // given
    Contact ana = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);
    Contact visitor =
        contacts.resolve(visitorClaiming(ANA_BROWSER, "300 123 4567"), WIDGET_WHEN_PROVEN);

    // when
    Contacts.Join join = contacts.join(ANA_BROWSER, ANA_PHONE);

    // then
    assertThat(join).isEqualTo(new Contacts.Join(visitor.id(), ana.id(), true));
  }

  @Test
  void shouldKeepTheVisitorsContactWhenTheProvenNumberIsNew() {
    // given
    Contact visitor = contacts.resolve(Sender.of(ANA_BROWSER), WIDGET_AT_ONCE);

    // when
    Contacts.Join join = contacts.join(ANA_BROWSER, ANA_PHONE);
    contacts.prove(ANA_PHONE);

    // then
    assertThat(join).isEqualTo(new Contacts.Join(visitor.id(), visitor.id(), true));
    assertThat(contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT).id()).isEqualTo(visitor.id());
  }

  @Test
  void shouldLeaveItToAPersonWhenBothHaveOtherProvenAddresses() {
    // given
    ContactAddress otherPhone = ContactAddress.phone("+573009999999");
    contacts.join(ANA_BROWSER, otherPhone);
    contacts.prove(otherPhone);
    contacts.prove(ANA_BROWSER);
    contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);

    // then
    assertThat(contacts.join(ANA_BROWSER, ANA_PHONE).free()).isFalse();
  }

  @Test
  void shouldKeepACustomerWhoHasNoPhoneAtAll() {
    // given
    Sender noPhone = Sender.of(ContactAddress.businessScoped("US.13491208655302741918"));

    // when
    Contact first = contacts.resolve(noPhone, LINE_ACCOUNT);

    // then
    assertThat(contacts.resolve(noPhone, LINE_ACCOUNT).id()).isEqualTo(first.id());
  }

  @Test
  void shouldLearnTheOtherAddressesThatTheChannelVouchesFor() {
    // given
    ContactAddress scoped = ContactAddress.businessScoped("US.134");
    Contact first =
        contacts.resolve(
            new Sender(ANA_PHONE, List.of(scoped), List.of(), Optional.empty(), Optional.empty()),
            LINE_ACCOUNT);

    // then
    assertThat(contacts.resolve(Sender.of(scoped), LINE_ACCOUNT).id()).isEqualTo(first.id());
  }

  @Test
  void shouldNotLeadWhoIsVerifiedToAnotherCustomerByAClaim() {
    // given
    Contact stranger = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);

    // when
    Contact verified = contacts.resolve(verifiedClaimingAnasPhone(), WIDGET_AT_ONCE);

    // then
    assertThat(verified.id()).isNotEqualTo(stranger.id());
    assertThat(verified.proofOf(CUSTOMER_NUMBER)).contains(Proof.PROVEN);
    assertThat(verified.proofOf(ANA_PHONE)).contains(Proof.CLAIMED);
    assertThat(contacts.root(stranger.id()).proofOf(CUSTOMER_NUMBER)).isEmpty();
    assertThat(contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT).id()).isEqualTo(stranger.id());
  }

  @Test
  void shouldLeaveTheContactThatAClaimLedToOnceTheVisitorIsVerified() {
    // given
    Contact stranger = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT);
    Contact guest = contacts.resolve(visitorClaiming(ANA_BROWSER, "300 123 4567"), WIDGET_AT_ONCE);
    assertThat(guest.id()).isEqualTo(stranger.id());

    // when
    Contact verified = contacts.resolve(verifiedClaimingAnasPhone(), WIDGET_AT_ONCE);

    // then
    assertThat(verified.id()).isNotEqualTo(stranger.id());
    assertThat(contacts.resolve(verifiedClaimingAnasPhone(), WIDGET_AT_ONCE).id())
        .isEqualTo(verified.id());
    assertThat(contacts.root(stranger.id()).proofOf(CUSTOMER_NUMBER)).isEmpty();
  }

  @Test
  void shouldKeepTheContactOfAGuestWhoIsVerifiedLater() {
    // given
    Contact guest = contacts.resolve(Sender.of(ANA_BROWSER), WIDGET_AT_ONCE);

    // when
    Contact verified = contacts.resolve(verifiedClaimingAnasPhone(), WIDGET_AT_ONCE);

    // then
    assertThat(verified.id()).isEqualTo(guest.id());
    assertThat(verified.proofOf(CUSTOMER_NUMBER)).contains(Proof.PROVEN);
  }

  private static Sender verifiedClaimingAnasPhone() {
    return new Sender(
        ANA_BROWSER,
        List.of(CUSTOMER_NUMBER),
        List.of(ContactAddress.phone("300 123 4567")),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void shouldKeepAMailThatAnybodyMayHaveSentAsAClaimUntilItIsVouchedFor() {
    // given
    ContactAddress mail = ContactAddress.email("ana.rojas@gmail.com");
    Sender from =
        new Sender(mail, List.of(), List.of(), Optional.of("Ana Rojas"), Optional.empty());

    // when
    Contact unproven = contacts.resolve(from, LINE_ACCOUNT, Proof.CLAIMED);
    Contact again = contacts.resolve(from, LINE_ACCOUNT, Proof.CLAIMED);
    Contact proven = contacts.resolve(from, LINE_ACCOUNT, Proof.PROVEN);

    // then
    assertThat(unproven.proofOf(mail)).contains(Proof.CLAIMED);
    assertThat(again).isEqualTo(unproven);
    assertThat(proven.id()).isEqualTo(unproven.id());
    assertThat(proven.proofOf(mail)).contains(Proof.PROVEN);
  }

  @Test
  void shouldLetAForgedMailChangeNothingOfAProvenContact() {
    // given
    ContactAddress mail = ContactAddress.email("ana.rojas@gmail.com");
    Contact ana =
        contacts.resolve(
            new Sender(mail, List.of(), List.of(), Optional.of("Ana Rojas"), Optional.empty()),
            LINE_ACCOUNT);

    // when
    Contact found =
        contacts.resolve(
            new Sender(mail, List.of(), List.of(), Optional.of("Your bank"), Optional.empty()),
            LINE_ACCOUNT,
            Proof.CLAIMED);

    // then
    assertThat(found).isEqualTo(ana);
  }

  @Test
  void shouldFindOneContactHoweverItsMailboxAndItsNumberAreWritten() {
    // given
    Contact ana =
        contacts.resolve(Sender.of(ContactAddress.email("ana.rojas+shop@gmail.com")), LINE_ACCOUNT);
    Contact luis =
        contacts.resolve(Sender.of(ContactAddress.phone("+5511987654321")), LINE_ACCOUNT);

    // then
    assertThat(contacts.find(ContactAddress.email("anarojas@googlemail.com")).orElseThrow().id())
        .isEqualTo(ana.id());
    assertThat(contacts.find(ContactAddress.phone("+551187654321")).orElseThrow().id())
        .isEqualTo(luis.id());
    assertThat(ana.addresses())
        .extracting(known -> known.address().value())
        .as("kept as written")
        .containsExactly("ana.rojas+shop@gmail.com");
  }

  @Test
  void shouldIgnoreAClaimThatIsNoPhoneNumber() {
    // when
    Contact contact =
        contacts.resolve(visitorClaiming(ANA_BROWSER, "call me maybe"), WIDGET_AT_ONCE);

    // then
    assertThat(contact.addresses())
        .containsExactly(new KnownAddress(ANA_BROWSER, Proof.PROVEN, contact.id()));
  }
}
