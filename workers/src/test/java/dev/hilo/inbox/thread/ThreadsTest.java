package dev.hilo.inbox.thread;

import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.Together;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.MemoryStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  private final MemoryStore store = new MemoryStore();
  private final Threads threads = new Threads(store, Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void shouldShowTheProvidersOrderWhateverTheOrderOfArrival() {
    // given
    List<MessageRecord> messages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      messages.add(inbound("m" + i, "ana", NOON.plusSeconds(i)));
    }
    List<MessageRecord> shuffled = new ArrayList<>(messages);
    Collections.shuffle(shuffled, new Random(7));

    // when
    shuffled.forEach(message -> threads.add(message, true));

    // then
    assertThat(threads.newest(threads.thread("ana"), 40)).isEqualTo(messages);
  }

  @Test
  void shouldHoldEveryMessageOnceWhenDeliveredThreeTimesByManyAtOnce() throws Exception {
    // given
    List<MessageRecord> deliveries = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      deliveries.add(inbound("m" + i % 50, "ana", NOON.plusSeconds(i % 50)));
    }
    Collections.shuffle(deliveries, new Random(3));

    // when
    Together.run(
        deliveries.stream()
            .map(message -> (Callable<String>) () -> threads.add(message, true))
            .toList());

    // then
    CustomerThread thread = threads.thread("ana");
    assertThat(thread.lastSequence()).isEqualTo(50);
    assertThat(threads.newest(thread, 100)).extracting(MessageRecord::id).doesNotHaveDuplicates();
  }

  @Test
  void shouldFinishWhatAnEarlierDeliveryLeftHalfDone() {
    // given: stored, and then the node died before the thread knew of it
    MessageRecord message = inbound("a", "ana", NOON);
    store.documents(Indexes.MESSAGES, MessageRecord.class).create(message.id(), message);

    // when
    threads.add(message, true);

    // then
    assertThat(threads.thread("ana").lastSequence()).isEqualTo(1);
    assertThat(threads.thread("ana").hasNews()).isTrue();
  }

  @Test
  void shouldMoveEverythingWhenContactsAreMerged() {
    // given
    threads.add(inbound("a", "ana", NOON), true);
    threads.change("ana", thread -> thread.handledThrough(1, NOON));
    threads.add(inbound("b", "ana", NOON.plusSeconds(1)), true);
    threads.add(inbound("c", "boss", NOON.plusSeconds(2)), false);

    // when
    boolean news = threads.merge("ana", "boss");
    threads.merge("ana", "boss");
    String owner = threads.add(inbound("d", "ana", NOON.plusSeconds(3)), true);

    // then
    assertThat(news).isTrue();
    assertThat(owner).isEqualTo("boss");
    assertThat(threads.newest(threads.thread("boss"), 10))
        .extracting(MessageRecord::id)
        .containsExactly("a", "b", "c", "d");
    assertThat(threads.thread("ana").lastSequence()).isEqualTo(2);
  }

  @Test
  void shouldMakeNoNewsOfHandledMessagesWhenContactsAreMerged() {
    // given
    threads.add(inbound("a", "ana", NOON), true);
    threads.change("ana", thread -> thread.handledThrough(1, NOON));

    // when
    boolean news = threads.merge("ana", "boss");

    // then
    assertThat(news).isFalse();
  }
}
