package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {

  private static final Customer ANA = new Customer(1, 1);
  private static final Customer LUIS = new Customer(1, 2);
  private static final List<CustomerMessage> SENT =
      List.of(sent(ANA, "wamid.1"), sent(LUIS, "wamid.2"), sent(ANA, "wamid.3"));

  private static final StoredMessage FIRST =
      new StoredMessage("m1", "wamid.1", "ana", "phone:+573000100001");
  private static final StoredMessage SECOND =
      new StoredMessage("m2", "wamid.2", "luis", "phone:+573000100002");
  private static final StoredMessage THIRD =
      new StoredMessage("m3", "wamid.3", "ana", "phone:+573000100001");

  private static final Map<String, List<String>> THREADS =
      Map.of("ana", List.of("m1", "m3"), "luis", List.of("m2"));
  private static final Map<String, List<String>> CONVERSATIONS =
      Map.of("ana", List.of("conversation-1"), "luis", List.of("conversation-2"));

  @Test
  void shouldFindNothingWhenEverythingIsThereOnce() {
    assertThat(
            new Inventory(List.of(THIRD, FIRST, SECOND), THREADS, CONVERSATIONS, 2, 2).defect(SENT))
        .isEmpty();
  }

  @Test
  void shouldNameAMessageWhenItIsLost() {
    assertThat(new Inventory(List.of(FIRST, SECOND), THREADS, CONVERSATIONS, 2, 2).defect(SENT))
        .hasValue("1 of 3 acknowledged messages are not in the store, the first: wamid.3.");
  }

  @Test
  void shouldNameAMessageWhenItIsDoubled() {
    // given
    StoredMessage again = new StoredMessage("m9", "wamid.2", "luis", "phone:+573000100002");

    // when, then
    assertThat(
            new Inventory(List.of(FIRST, SECOND, THIRD, again), THREADS, CONVERSATIONS, 2, 2)
                .defect(SENT))
        .hasValue("1 of 3 messages are in the store more than once, the first: wamid.2.");
  }

  @Test
  void shouldNameAMessageWhenNobodySentIt() {
    // given
    StoredMessage strange = new StoredMessage("m9", "wamid.9", "luis", "phone:+573000100002");

    // when, then
    assertThat(
            new Inventory(List.of(FIRST, SECOND, THIRD, strange), THREADS, CONVERSATIONS, 2, 2)
                .defect(SENT))
        .hasValue("1 of 4 stored messages were never sent, the first: wamid.9.");
  }

  @Test
  void shouldNameACustomerWhenTwoContactsCameOfOne() {
    // given
    StoredMessage elsewhere = new StoredMessage("m3", "wamid.3", "ana-2", "phone:+573000100001");

    // when, then
    assertThat(
            new Inventory(List.of(FIRST, SECOND, elsewhere), THREADS, CONVERSATIONS, 3, 2)
                .defect(SENT))
        .hasValue("1 of 2 customers became more than one contact, the first: phone:+573000100001.");
  }

  @Test
  void shouldCountContactsWhenADocumentIsMissing() {
    assertThat(
            new Inventory(List.of(FIRST, SECOND, THIRD), THREADS, CONVERSATIONS, 1, 2).defect(SENT))
        .hasValue("2 customers have 2 contacts (1 documents, 2 addresses).");
  }

  @Test
  void shouldNameAThreadWhenItHoldsAMessageTwice() {
    // given
    Map<String, List<String>> threads =
        Map.of("ana", List.of("m1", "m3", "m3"), "luis", List.of("m2"));

    // when, then
    assertThat(
            new Inventory(List.of(FIRST, SECOND, THIRD), threads, CONVERSATIONS, 2, 2).defect(SENT))
        .hasValue("1 of 2 threads do not hold each stored message once, the first: ana.");
  }

  @Test
  void shouldNameAContactWhenItHasNoConversation() {
    // given
    Map<String, List<String>> conversations = Map.of("ana", List.of("conversation-1"));

    // when, then
    assertThat(
            new Inventory(List.of(FIRST, SECOND, THIRD), THREADS, conversations, 2, 2).defect(SENT))
        .hasValue("1 of 2 contacts wrote and have no conversation, the first: luis.");
  }

  @Test
  void shouldNameAContactWhenItHasTwoConversations() {
    // given
    Map<String, List<String>> conversations =
        Map.of(
            "ana", List.of("conversation-1"), "luis", List.of("conversation-2", "conversation-3"));

    // when, then
    assertThat(
            new Inventory(List.of(FIRST, SECOND, THIRD), THREADS, conversations, 2, 2).defect(SENT))
        .hasValue("1 of 2 contacts have more than one conversation, the first: luis.");
  }

  private static CustomerMessage sent(Customer from, String id) {
    return new CustomerMessage(from, id, "Hola", Instant.parse("2026-11-20T12:00:00Z"));
  }
}
