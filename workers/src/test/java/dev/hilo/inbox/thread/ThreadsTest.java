package dev.hilo.inbox.thread;

import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.Samples;
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

  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  private final MemoryStore store = new MemoryStore();
  private final Threads threads = new Threads(store, Samples.contacts(store, CLOCK), CLOCK);

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
}
