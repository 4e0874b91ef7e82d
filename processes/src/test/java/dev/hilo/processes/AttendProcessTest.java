package dev.hilo.processes;

import static io.camunda.zeebe.protocol.record.value.BpmnElementType.END_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PlayedModel(file = "attend", process = "attend-support")
final class AttendProcessTest {

  private static final String CONTACT = "contact-1";

  private static final Map<String, Object> VIEW =
      Map.of(
          "taskContext",
          "Ann Lee · WhatsApp",
          "thread",
          List.of(Map.of("dir", "in", "text", "Hello")),
          "shownThrough",
          17,
          "replyTargets",
          List.of(
              Map.of("label", "WhatsApp", "value", "whatsapp:1"),
              Map.of("label", "Webchat", "value", "webchat:2")));

  @Test
  void shouldEndResolvedWhenAgentResolvesWithoutAnswer(Stage stage) {
    // given
    customerWaits(stage);
    stage.work("prepare-task", VIEW);

    // when
    stage.agentCompletes(form("resolve", ""));
    Map<String, Object> decision =
        stage.work("record-decision", Map.of("nextStep", "close", "resolution", "resolved"));

    // then
    assertThat(decision)
        .containsEntry("contactId", CONTACT)
        .containsEntry("conversationId", "conversation-1")
        .containsEntry("action", "resolve")
        .containsEntry("seenThrough", 17)
        .containsEntry("sendOutcome", "none");
    assertThat(stage.completed(END_EVENT)).containsExactly("EndEvent_Resolved");
    assertThat(stage.waitingJobs()).isEmpty();
  }

  @Test
  void shouldSendAnswerWhenAgentSendsAndResolves(Stage stage) {
    // given
    customerWaits(stage);
    stage.work("prepare-task", VIEW);
    stage.agentCompletes(form("send-resolve", "It is on its way."));

    // when
    Map<String, Object> answer = stage.work("send-reply", Map.of("sendOutcome", "sent"));
    Map<String, Object> decision =
        stage.work("record-decision", Map.of("nextStep", "close", "resolution", "resolved"));

    // then
    assertThat(answer)
        .containsEntry("contactId", CONTACT)
        .containsEntry("conversationId", "conversation-1")
        .containsEntry("answer", "It is on its way.")
        .containsEntry("replyTo", "whatsapp:1")
        .containsEntry("template", null)
        .containsEntry("seenThrough", 17)
        .containsEntry("action", "send-resolve")
        .containsEntry("agentLanguage", "es");
    assertThat(decision).containsEntry("sendOutcome", "sent");
    assertThat(stage.completed(END_EVENT)).containsExactly("EndEvent_Resolved");
  }

  @Test
  void shouldComeBackToSameAgentWhenCustomerAnswers(Stage stage) {
    // given
    answered(stage, "sent");
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));
    stage.work("look-for-messages", Map.of("customerWrote", false));

    // when
    stage.wake(CONTACT);
    stage.work("look-for-messages", Map.of("customerWrote", true));
    Map<String, Object> prepared = stage.work("prepare-task", VIEW);

    // then
    assertThat(prepared).containsEntry("agent", "camila").containsEntry("draft", "");
    assertThat(stage.agentsTask().getCustomHeaders())
        .containsEntry("io.camunda.zeebe:assignee", "camila");
  }

  @Test
  void shouldNotWaitWhenCustomerWroteBetweenTwoSteps(Stage stage) {
    // given
    answered(stage, "sent");
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));

    // when
    stage.work("look-for-messages", Map.of("customerWrote", true));

    // then
    assertThat(stage.waitingJobs()).containsExactly("prepare-task");
  }

  @Test
  void shouldGoOnWaitingWhenWakeUpFindsNothing(Stage stage) {
    // given
    waitsForCustomer(stage);

    // when
    stage.wake(CONTACT);
    stage.work("look-for-messages", Map.of("customerWrote", false));

    // then
    assertThat(stage.waitingJobs()).isEmpty();
    assertThat(stage.completed(END_EVENT)).isEmpty();

    // when
    stage.wake(CONTACT);

    // then
    assertThat(stage.waitingJobs()).containsExactly("look-for-messages");
  }

  @Test
  void shouldNotMissWakeUpWhenItComesBeforeTheWait(Stage stage) {
    // given
    answered(stage, "sent");
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));

    // when
    stage.wake(CONTACT);
    stage.work("look-for-messages", Map.of("customerWrote", false));

    // then
    assertThat(stage.waitingJobs()).containsExactly("look-for-messages");
  }

  @Test
  void shouldCloseByInactivityWhenCustomerStaysSilent(Stage stage) {
    // given
    waitsForCustomer(stage);

    // when
    stage.pass(Duration.ofHours(23));

    // then
    assertThat(stage.completed(END_EVENT)).isEmpty();

    // when
    stage.pass(Duration.ofHours(1).plusSeconds(1));

    // then
    assertThat(stage.completed(END_EVENT)).containsExactly("EndEvent_ClosedByInactivity");
  }

  @Test
  void shouldCountSilenceAnewWhenCustomerWasHeard(Stage stage) {
    // given
    waitsForCustomer(stage);
    stage.pass(Duration.ofHours(23));
    stage.wake(CONTACT);
    stage.work("look-for-messages", Map.of("customerWrote", false));

    // when
    stage.pass(Duration.ofHours(23));

    // then
    assertThat(stage.completed(END_EVENT)).isEmpty();
  }

  @Test
  void shouldShowAgainWithDraftWhenCustomerWroteMeanwhile(Stage stage) {
    // given
    customerWaits(stage);
    stage.work("prepare-task", VIEW);
    stage.agentCompletes(form("send-resolve", "It is on its way."));

    // when
    stage.work(
        "send-reply",
        Map.of(
            "sendOutcome",
            "customer-wrote",
            "notice",
            "The customer wrote meanwhile.",
            "draft",
            "It is on its way."));
    stage.work("record-decision", Map.of("nextStep", "show", "agent", "camila"));
    Map<String, Object> prepared = stage.work("prepare-task", VIEW);
    Map<String, Object> shown = stage.agentCompletes(form("wait", "It is on its way."));

    // then
    assertThat(prepared)
        .containsEntry("notice", "The customer wrote meanwhile.")
        .containsEntry("draft", "It is on its way.");
    assertThat(shown)
        .containsEntry("notice", "The customer wrote meanwhile.")
        .containsEntry("answer", "It is on its way.")
        .containsEntry("action", "send-wait")
        .containsEntry("template", null);
    assertThat(stage.work("record-decision", Map.of("nextStep", "show")))
        .as("the notice is gone once it was seen")
        .containsEntry("notice", "");
  }

  @Test
  void shouldShowAgainWithReasonWhenProviderRefuses(Stage stage) {
    // given
    customerWaits(stage);
    stage.work("prepare-task", VIEW);
    stage.agentCompletes(
        Map.of(
            "action",
            "send-wait",
            "answer",
            "",
            "replyTo",
            "webchat:2",
            "template",
            "follow_up:es",
            "seenThrough",
            17));

    // when
    Map<String, Object> answer =
        stage.work("send-reply", Map.of("sendOutcome", "refused", "notice", "The widget is gone."));
    Map<String, Object> decision = stage.work("record-decision", Map.of("nextStep", "show"));
    Map<String, Object> prepared = stage.work("prepare-task", VIEW);
    Map<String, Object> shown = stage.agentCompletes(form("resolve", ""));

    // then
    assertThat(answer)
        .containsEntry("template", "follow_up:es")
        .containsEntry("replyTo", "webchat:2");
    assertThat(decision).containsEntry("sendOutcome", "refused");
    assertThat(prepared).containsEntry("notice", "The widget is gone.");
    assertThat(shown)
        .as("the channel stays, the template does not")
        .containsEntry("replyTo", "webchat:2")
        .containsEntry("template", null);
  }

  @Test
  void shouldKeepDraftWhenAgentWaitsWithoutSending(Stage stage) {
    // given
    customerWaits(stage);
    stage.work("prepare-task", VIEW);
    stage.agentCompletes(form("wait", "Half a sentence"));
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));

    // when
    stage.work("look-for-messages", Map.of("customerWrote", true));
    stage.work("prepare-task", VIEW);

    // then
    assertThat(stage.agentsTask().getVariablesAsMap()).containsEntry("answer", "Half a sentence");
  }

  @Test
  void shouldForgetDraftWhenAnswerWasSent(Stage stage) {
    // given
    answered(stage, "sent");

    // when
    stage.work("record-decision", Map.of("nextStep", "show"));
    stage.work("prepare-task", VIEW);

    // then
    assertThat(stage.agentsTask().getVariablesAsMap()).containsEntry("answer", "");
  }

  @Test
  void shouldForgetOutcomeOfLastAnswerWhenNothingIsSent(Stage stage) {
    // given
    answered(stage, "sent");
    stage.work("record-decision", Map.of("nextStep", "show"));
    stage.work("prepare-task", VIEW);

    // when
    stage.agentCompletes(form("wait", ""));

    // then
    assertThat(stage.work("record-decision", Map.of("nextStep", "wait")))
        .containsEntry("sendOutcome", "none");
  }

  @Test
  void shouldShowAgainWhenNobodySaysWhatComesNext(Stage stage) {
    // given
    answered(stage, "sent");

    // when
    stage.work("record-decision");

    // then
    assertThat(stage.waitingJobs()).containsExactly("prepare-task");
  }

  @Test
  void shouldRefreshViewWhenCustomerWritesWhileAgentAnswers(Stage stage) {
    // given
    customerWaits(stage);
    stage.work("prepare-task", VIEW);

    // when
    stage.wake(CONTACT);
    stage.work("refresh-task", Map.of("shownThrough", 18));
    stage.wake(CONTACT);
    stage.work("refresh-task", Map.of("shownThrough", 19));

    // then
    assertThat(stage.completed(END_EVENT))
        .containsExactly("EndEvent_ViewRefreshed", "EndEvent_ViewRefreshed");
    assertThat(stage.waitingJobs()).containsExactly("agent");
    assertThat(stage.agentsTask().getVariablesAsMap()).containsEntry("shownThrough", 19);
  }

  @Test
  void shouldReturnToQueueWhenAgentIsSilentTooLong(Stage stage) {
    // given
    customerWaits(stage, "camila");
    stage.work("prepare-task", VIEW);
    assertThat(stage.agentsTask().getCustomHeaders())
        .containsEntry("io.camunda.zeebe:assignee", "camila");

    // when
    stage.pass(Duration.ofHours(3));

    // then
    assertThat(stage.waitingJobs()).containsExactly("agent");

    // when
    stage.pass(Duration.ofHours(1).plusSeconds(1));
    Map<String, Object> returned =
        stage.work("return-to-queue", Map.of("agent", "", "notice", "Nobody answered in time."));
    Map<String, Object> prepared = stage.work("prepare-task", VIEW);

    // then
    assertThat(returned).containsEntry("agent", "camila").containsEntry("contactId", CONTACT);
    assertThat(prepared)
        .containsEntry("agent", "")
        .containsEntry("notice", "Nobody answered in time.");
    assertThat(stage.waitingJobs()).containsExactly("agent");
  }

  @Test
  void shouldBeForWholeQueueWhenNobodyAttendsYet(Stage stage) {
    // given
    stage.start(
        "attend-support",
        Map.of(
            "contactId", CONTACT,
            "queue", "support",
            "agentLanguage", "en",
            "returnToQueueAfter", "PT4H"));

    // when
    stage.work("prepare-task", VIEW);

    // then
    assertThat(stage.agentsTask().getCustomHeaders())
        .containsEntry("io.camunda.zeebe:candidateGroups", "[\"support\"]")
        .doesNotContainEntry("io.camunda.zeebe:assignee", "camila");
  }

  @Test
  void shouldBeToldApartInTaskListWhenManyWait(Stage stage) {
    // given
    customerWaits(stage);

    // when
    stage.work("prepare-task", VIEW);

    // then
    assertThat(stage.agentsTask().getVariablesAsMap())
        .containsEntry("taskContextDisplayName", "Ann Lee · WhatsApp");
  }

  private static void customerWaits(Stage stage) {
    customerWaits(stage, "");
  }

  private static void customerWaits(Stage stage, String agent) {
    stage.start(
        "attend-support",
        Map.of(
            "contactId", CONTACT,
            "conversationId", "conversation-1",
            "queue", "support",
            "agentLanguage", "es",
            "inactivityTimeout", "PT24H",
            "returnToQueueAfter", "PT4H",
            "agent", agent,
            "notice", ""));
  }

  private static void answered(Stage stage, String outcome) {
    customerWaits(stage);
    stage.work("prepare-task", VIEW);
    stage.agentCompletes(form("send-wait", "It is on its way."));
    stage.work("send-reply", Map.of("sendOutcome", outcome));
  }

  private static void waitsForCustomer(Stage stage) {
    answered(stage, "sent");
    stage.work("record-decision", Map.of("nextStep", "wait", "agent", "camila"));
    stage.work("look-for-messages", Map.of("customerWrote", false));
  }

  /** What the form gives when no template was chosen. */
  private static Map<String, Object> form(String action, String answer) {
    Map<String, Object> form = new HashMap<>();
    form.put("action", action);
    form.put("answer", answer);
    form.put("replyTo", "whatsapp:1");
    form.put("seenThrough", 17);
    return form;
  }
}
