package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.ContactFields;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.FieldSource;
import dev.hilo.inbox.contact.FieldValue;
import dev.hilo.inbox.contact.Proof;
import dev.hilo.inbox.store.MemoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final Contacts contacts = Samples.contacts(store, clock);
  private final MatchModels models = new MatchModels(store, clock);
  private final Candidates candidates = new Candidates(store, contacts, models, clock);

  private Contact customer(ContactAddress address, FieldSource source, String... fields) {
    Contact contact = contacts.resolve(Sender.of(address), Samples.LINE_ACCOUNT);
    List<FieldValue> values = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      values.add(new FieldValue(fields[i], fields[i + 1], source, NOON, 1, Optional.empty()));
    }
    Contact written = contacts.write(contact.id(), values);
    candidates.remember(written);
    return written;
  }

  private Contact rosa(FieldSource source, String phone) {
    return customer(
        ContactAddress.phone(phone),
        source,
        ContactFields.NAME,
        "Rosa Quispe Huamán",
        ContactFields.BIRTH_DATE,
        "1984-03-09",
        ContactFields.CITY,
        "Iquique",
        ContactFields.POSTAL_ADDRESS,
        "Los Aromos 123");
  }

  @Test
  void shouldFindTheSamePersonUnderAnotherNumber() {
    // given
    Contact first = rosa(FieldSource.AGENT, "+56911112222");
    Contact second = rosa(FieldSource.IMPORT, "+56933334444");
    customer(ContactAddress.phone("+56955556666"), FieldSource.AGENT, ContactFields.NAME, "Pedro");

    // when
    List<Candidates.Candidate> found = candidates.of(second, Thresholds.DEFAULT.review());

    // then
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().contact().id()).isEqualTo(first.id());
    assertThat(found.getFirst().score().verdict(Thresholds.DEFAULT)).isEqualTo(Verdict.MERGE);
  }

  @Test
  void shouldLeaveWhatCustomersTypedToAPerson() {
    // given
    rosa(FieldSource.AGENT, "+56911112222");
    Contact claimant = rosa(FieldSource.CUSTOMER, "+56933334444");

    // when
    List<Candidates.Candidate> found = candidates.of(claimant, Thresholds.DEFAULT.review());

    // then
    assertThat(found.getFirst().score().verdict(Thresholds.DEFAULT)).isEqualTo(Verdict.REVIEW);
    assertThat(found.getFirst().score().objections()).contains(Objection.ONLY_CLAIMED);
  }

  @Test
  void shouldSeeConflictingDocuments() {
    // given
    Contact first = rosa(FieldSource.AGENT, "+56911112222");
    Contact second = rosa(FieldSource.AGENT, "+56933334444");
    contacts.know(first.id(), ContactAddress.document("CL", "RUT", "12345678-5"), Proof.PROVEN);
    contacts.know(second.id(), ContactAddress.document("CL", "RUT", "11111112-K"), Proof.PROVEN);

    // when
    List<Candidates.Candidate> found = candidates.of(contacts.root(second.id()), 0.0001);

    // then
    assertThat(found.getFirst().score().verdict(Thresholds.DEFAULT)).isNotEqualTo(Verdict.MERGE);
    assertThat(found.getFirst().score().objections()).contains(Objection.CONFLICTING_DOCUMENT);
  }

  @Test
  void shouldWriteNoPersonalDataIntoTheIndex() {
    Person person = Person.of("1").fullName("Rosa Quispe").phone("+56911112222").build();
    assertThat(Candidates.keys(person)).isNotEmpty().allMatch(key -> key.matches("[0-9a-f]{1,16}"));
  }

  @Test
  void shouldUseTheModelThatWasTrainedLast() {
    // given
    MatchModel trained = MatchModel.standard().among(77);

    // when
    models.use(trained);

    // then
    assertThat(new MatchModels(store, clock).current().toJson()).isEqualTo(trained.toJson());
  }
}
