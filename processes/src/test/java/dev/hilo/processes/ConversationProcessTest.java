package dev.hilo.processes;

import static io.camunda.zeebe.protocol.record.value.BpmnElementType.END_EVENT;
import static io.camunda.zeebe.protocol.record.value.BpmnElementType.PROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PlayedModel(file = "conversation", process = "conversation")
final class ConversationProcessTest {

  private static final String CONTACT = "contact-1";

  private static final Map<String, Object> OPENED =
      Map.of(
          "anythingNew", true,
          "conversationId", "conversation-1",
          "queue", "support",
          "agentLanguage", "en",
          "inactivityTimeout", "PT24H",
          "returnToQueueAfter", "PT4H");

  @Test
  void shouldCloseWhenAgentResolves(Stage stage) {
    // given
    stage.customerWrites(CONTACT, "message-1");
    Map<String, Object> opened = stage.work("open-conversation", OPENED);
    Map<String, Object> prepared = stage.work("prepare-task");

    // when
    resolves(stage, "camila");
    Map<String, Object> closed = stage.work("close-conversation", Map.of("customerWrote", false));

    // then
    assertThat(opened).isEqualTo(Map.of("contactId", CONTACT));
    assertThat(prepared)
        .isEqualTo(
            Map.of(
                "contactId", CONTACT,
                "conversationId", "conversation-1",
                "queue", "support",
                "agentLanguage", "en",
                "inactivityTimeout", "PT24H",
                "returnToQueueAfter", "PT4H",
                "agent", "",
                "notice", ""));
    assertThat(closed)
        .containsEntry("conversationId", "conversation-1")
        .containsEntry("resolution", "resolved")
        .containsEntry("agent", "camila")
        .as("what the agent's loop needs for itself stays there")
        .doesNotContainKeys("answer", "draft", "action", "seenThrough", "nextStep");
    assertThat(stage.completed(END_EVENT))
        .containsExactly("EndEvent_Resolved", "EndEvent_ConversationClosed");
  }

  @Test
  void shouldOpenNothingWhenMessageWasDeliveredLongBefore(Stage stage) {
    // given
    stage.customerWrites(CONTACT, "message-1");

    // when
    stage.work("open-conversation", Map.of("anythingNew", false));

    // then
    assertThat(stage.completed(END_EVENT)).containsExactly("EndEvent_NothingNew");
    assertThat(stage.waitingJobs()).isEmpty();
    assertThat(stage.started("attend-support")).isZero();
  }

  @Test
  void shouldOpenNothingWhenNobodySaysWhetherThereIsNews(Stage stage) {
    // given
    stage.customerWrites(CONTACT, "message-1");

    // when
    stage.work("open-conversation");

    // then
    assertThat(stage.completed(END_EVENT)).containsExactly("EndEvent_NothingNew");
  }

  @Test
  void shouldTakeSameMessageOnceWhenItIsDeliveredTwice(Stage stage) {
    // given
    stage.customerWrites(CONTACT, "message-1");

    // when
    boolean refused = stage.refusesTwin(CONTACT, "message-1");

    // then
    assertThat(refused).isTrue();
    assertThat(stage.started("conversation")).isEqualTo(1);
    assertThat(stage.waitingJobs()).containsExactly("open-conversation");
  }

  @Test
  void shouldWakeAgentsStepWhenCustomerWritesAgain(Stage stage) {
    // given
    agentAnswers(stage);

    // when
    stage.customerWrites(CONTACT, "message-2");

    // then
    assertThat(stage.waitingJobs())
        .as("only the conversation listens to the customer")
        .containsExactly("agent", "wake-attend");

    // when
    Map<String, Object> woken = stage.work("wake-attend", Map.of("trace", "left behind"));
    stage.wake(CONTACT);
    Map<String, Object> refreshed = stage.work("refresh-task");

    // then
    assertThat(woken).containsEntry("contactId", CONTACT);
    assertThat(refreshed).containsEntry("conversationId", "conversation-1");
    assertThat(stage.completed(END_EVENT))
        .containsExactly("EndEvent_AgentsStepWoken", "EndEvent_ViewRefreshed");
    assertThat(stage.started("conversation")).isEqualTo(1);
  }

  @Test
  void shouldComeBackToAgentWhenCustomerAnswers(Stage stage) {
    // given
    agentAnswers(stage);
    stage.agentCompletes(Map.of("action", "wait", "answer", ""));
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));
    stage.work("look-for-messages", Map.of("customerWrote", false));

    // when
    stage.customerWrites(CONTACT, "message-2");
    stage.work("wake-attend");
    stage.wake(CONTACT);
    stage.work("look-for-messages", Map.of("customerWrote", true));
    Map<String, Object> prepared = stage.work("prepare-task");

    // then
    assertThat(prepared).containsEntry("agent", "camila");
    assertThat(stage.started("conversation")).isEqualTo(1);
  }

  @Test
  void shouldKeepOneConversationWhenFiftyMessagesArrive(Stage stage) {
    // when
    for (int message = 1; message <= 50; message++) {
      stage.customerWrites(CONTACT, "message-" + message);
    }

    // then
    assertThat(stage.started("conversation")).isEqualTo(1);
    assertThat(Collections.frequency(stage.waitingJobs(), "open-conversation")).isEqualTo(1);
    assertThat(Collections.frequency(stage.waitingJobs(), "wake-attend")).isEqualTo(49);
  }

  @Test
  void shouldOpenConversationForEachContact(Stage stage) {
    // when
    stage.customerWrites("contact-1", "message-1");
    stage.customerWrites("contact-2", "message-2");

    // then
    assertThat(stage.waitingJobs()).containsExactly("open-conversation", "open-conversation");
  }

  @Test
  void shouldAttendAgainWhenCustomerWroteWhileClosing(Stage stage) {
    // given
    agentAnswers(stage);
    resolves(stage, "camila");

    // when
    stage.work(
        "close-conversation", Map.of("customerWrote", true, "notice", "Written while closing."));
    Map<String, Object> prepared = stage.work("prepare-task");

    // then
    assertThat(prepared)
        .containsEntry("agent", "camila")
        .containsEntry("notice", "Written while closing.")
        .containsEntry("conversationId", "conversation-1");

    // when
    resolves(stage, "camila");
    stage.work("close-conversation", Map.of("customerWrote", false));

    // then
    assertThat(stage.completed(PROCESS))
        .containsExactly("attend-support", "attend-support", "conversation");
  }

  @Test
  void shouldSayInactiveWhenCustomerStaysSilent(Stage stage) {
    // given
    agentAnswers(stage);
    stage.agentCompletes(Map.of("action", "wait", "answer", ""));
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));
    stage.work("look-for-messages", Map.of("customerWrote", false));

    // when
    stage.pass(Duration.ofHours(24).plusSeconds(1));
    Map<String, Object> closed = stage.work("close-conversation", Map.of("customerWrote", false));

    // then
    assertThat(closed).containsEntry("resolution", "inactive").containsEntry("agent", "camila");
    assertThat(stage.completed(END_EVENT))
        .containsExactly("EndEvent_ClosedByInactivity", "EndEvent_ConversationClosed");
  }

  @Test
  void shouldOpenNextConversationWhenCustomerWritesAfterClose(Stage stage) {
    // given
    agentAnswers(stage);
    resolves(stage, "camila");
    stage.work("close-conversation", Map.of("customerWrote", false));

    // when
    stage.customerWrites(CONTACT, "message-2");

    // then
    assertThat(stage.waitingJobs()).containsExactly("open-conversation");
    assertThat(stage.started("conversation")).isEqualTo(2);
  }

  @Test
  void shouldCloseAsTransferredWhenContactIsMerged(Stage stage) {
    // given
    agentAnswers(stage);

    // when
    stage.merge(CONTACT, "contact-2");
    Map<String, Object> transferred = stage.work("close-as-transferred");

    // then
    assertThat(transferred)
        .containsEntry("contactId", CONTACT)
        .containsEntry("conversationId", "conversation-1")
        .containsEntry("mergedInto", "contact-2");
    assertThat(stage.terminatedProcesses()).containsExactly("attend-support");
    assertThat(stage.completed(END_EVENT)).containsExactly("EndEvent_ConversationTransferred");
    assertThat(stage.waitingJobs()).isEmpty();
  }

  @Test
  void shouldCloseAsTransferredWhenContactIsMergedBeforeOpening(Stage stage) {
    // given
    stage.customerWrites(CONTACT, "message-1");

    // when
    stage.merge(CONTACT, "contact-2");
    Map<String, Object> transferred = stage.work("close-as-transferred");

    // then
    assertThat(transferred).isEqualTo(Map.of("contactId", CONTACT, "mergedInto", "contact-2"));
    assertThat(stage.completed(PROCESS)).containsExactly("conversation");
  }

  @Test
  void shouldLeaveOtherConversationsAloneWhenContactIsMerged(Stage stage) {
    // given
    stage.customerWrites("contact-1", "message-1");
    stage.customerWrites("contact-2", "message-2");

    // when
    stage.merge("contact-1", "contact-2");

    // then
    assertThat(stage.waitingJobs()).isEqualTo(List.of("close-as-transferred", "open-conversation"));
  }

  private static void agentAnswers(Stage stage) {
    stage.customerWrites(CONTACT, "message-1");
    stage.work("open-conversation", OPENED);
    stage.work("prepare-task");
  }

  private static void resolves(Stage stage, String agent) {
    stage.agentCompletes(Map.of("action", "resolve", "answer", ""));
    stage.work(
        "record-decision", Map.of("nextStep", "close", "resolution", "resolved", "agent", agent));
  }
}
