package dev.hilo.inbox.thread;

import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CustomerThreadTest {

  private final CustomerThread empty = CustomerThread.empty("ana");

  @Test
  void shouldNumberMessagesWithoutGap() {
    // when
    CustomerThread thread =
        empty
            .append(inbound("a", "ana", NOON), true, NOON)
            .append(inbound("b", "ana", NOON), false, NOON)
            .append(inbound("c", "ana", NOON), true, NOON);

    // then
    assertThat(thread.entries())
        .extracting(CustomerThread.Entry::sequence)
        .containsExactly(1L, 2L, 3L);
    assertThat(thread.lastNews()).isEqualTo(3);
    assertThat(thread.hasNews()).isTrue();
  }

  @Test
  void shouldStayTheSameWhenTheMessageIsKnown() {
    // given
    CustomerThread thread = empty.append(inbound("a", "ana", NOON), true, NOON);

    // when
    CustomerThread again = thread.append(inbound("a", "ana", NOON), true, NOON.plusSeconds(60));

    // then
    assertThat(again).isSameAs(thread);
  }

  @Test
  void shouldForgetOnlyWhatWasHandled() {
    // given
    CustomerThread thread = empty;
    for (int i = 0; i < CustomerThread.KEPT_ENTRIES + 50; i++) {
      thread = thread.append(inbound("m" + i, "ana", NOON.plusSeconds(i)), true, NOON);
    }
    assertThat(thread.entries()).hasSize(CustomerThread.KEPT_ENTRIES + 50);

    // when
    thread = thread.handledThrough(30, NOON);
    thread = thread.append(inbound("last", "ana", NOON.plusSeconds(999)), true, NOON);

    // then
    assertThat(thread.entries().getFirst().sequence()).isEqualTo(31);
    assertThat(thread.append(inbound("m0", "ana", NOON), true, NOON))
        .as("a redelivery of a forgotten message changes nothing")
        .isSameAs(thread);
  }

  @Test
  void shouldNeverMoveTheCursorBack() {
    // given
    CustomerThread thread =
        empty
            .append(inbound("a", "ana", NOON), true, NOON)
            .append(inbound("b", "ana", NOON), true, NOON)
            .handledThrough(2, NOON);

    // then
    assertThat(thread.handledThrough(1, NOON)).isSameAs(thread);
    assertThat(thread.hasNews()).isFalse();
    assertThat(thread.unhandledSince()).isEmpty();
  }

  @Test
  void shouldNotHandleWhatHasNotCome() {
    // given
    CustomerThread thread =
        empty.append(inbound("a", "ana", NOON), true, NOON).handledThrough(99, NOON);

    // when
    CustomerThread later = thread.append(inbound("b", "ana", NOON), true, NOON);

    // then
    assertThat(thread.cursor()).isEqualTo(1);
    assertThat(later.hasNews()).isTrue();
  }

  @Test
  void shouldStayOpenWhenThereIsNewsAtTheClose() {
    // given
    CustomerThread thread = empty.append(inbound("a", "ana", NOON), true, NOON).opened("c1", NOON);

    // then
    assertThat(thread.closedUnlessNews("c1").attended()).isTrue();
    assertThat(thread.handledThrough(1, NOON).closedUnlessNews("c1").attended()).isFalse();
  }

  @Test
  void shouldLeaveAnotherConversationAloneWhenOneEndsLate() {
    // given
    CustomerThread thread = empty.opened("c1", NOON).opened("c2", NOON);

    // then
    assertThat(thread.ended("c1", CustomerThread.Conversation.State.CLOSED)).isSameAs(thread);
  }

  @Test
  void shouldOpenNothingWhileItsContactIsMerged() {
    // given
    CustomerThread thread = empty.append(inbound("a", "ana", NOON), true, NOON).shut("other");

    // then
    assertThat(thread.openedIfNews("c1", NOON)).isSameAs(thread);
    assertThat(thread.mergedInto()).contains("other");
    assertThat(thread.reopened().openedIfNews("c1", NOON).attended()).isTrue();
  }

  @Test
  void shouldKeepTheClockOfTheOlderConversation() {
    // given
    CustomerThread.Conversation older =
        new CustomerThread.Conversation(
            "c0", CustomerThread.Conversation.State.OPEN, NOON.minusSeconds(600));

    // then
    assertThat(empty.opened("c1", NOON).carrying(older).conversation().orElseThrow().openedAt())
        .isEqualTo(older.openedAt());
    assertThat(empty.carrying(older).opened("c1", NOON).conversation().orElseThrow().openedAt())
        .isEqualTo(older.openedAt());
  }

  @Test
  void shouldCountTheReplyWindowFromTheLatestMessage() {
    // given
    CustomerThread thread =
        empty
            .append(inbound("new", "ana", NOON.plusSeconds(100)), true, NOON)
            .append(inbound("late", "ana", NOON), true, NOON);

    // then
    assertThat(thread.lastReachable().orElseThrow().lastInboundAt())
        .isEqualTo(NOON.plusSeconds(100));
  }
}
