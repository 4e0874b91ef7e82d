package dev.hilo.inbox.reply;

import dev.hilo.inbox.engine.JobRunner;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends the agent's answer, unless the customer wrote meanwhile: then nothing is sent and the agent
 * gets the task back with the draft kept.
 *
 * <p>Idempotency: the outbound ids are derived from the element instance, see {@link Outbox}.
 */
@Component
public class SendReplyWorker {

  private final JobRunner jobs;
  private final Answers answers;

  SendReplyWorker(JobRunner jobs, Answers answers) {
    this.jobs = jobs;
    this.answers = answers;
  }

  /**
   * What came of it.
   *
   * @param sendOutcome {@code sent}, {@code customer-wrote} or {@code refused}
   * @param notice one sentence for the agent; empty when sent
   * @param draft what the agent wrote and was not sent, to be kept
   */
  public record Outcome(String sendOutcome, String notice, String draft) {}

  @JobWorker(type = "send-reply", timeout = 60_000)
  public Outcome send(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "conversationId") String conversationId,
      @Variable(name = "answer") @Nullable String answer,
      @Variable(name = "choices") @Nullable String choices,
      @Variable(name = "reaction") @Nullable String reaction,
      @Variable(name = "replyTo") @Nullable String replyTo,
      @Variable(name = "template") @Nullable String template,
      @Variable(name = "seenThrough") @Nullable Long seenThrough,
      @Variable(name = "agentLanguage") String agentLanguage) {
    String draft = answer == null ? "" : answer;
    Answers.Order order =
        new Answers.Order(
            "out-" + job.getElementInstanceKey(),
            contactId,
            conversationId,
            new Answer(draft, given(template), lines(choices), given(reaction), List.of()),
            Optional.ofNullable(replyTo).flatMap(ReplyTarget::parse),
            Optional.ofNullable(seenThrough),
            Locale.forLanguageTag(agentLanguage));
    return jobs.run(
        job,
        () ->
            switch (answers.send(order)) {
              case Answers.Sent.Done done -> new Outcome("sent", "", "");
              case Answers.Sent.CustomerWrote wrote ->
                  new Outcome("customer-wrote", wrote.notice(), draft);
              case Answers.Sent.Refused refused ->
                  new Outcome("refused", refused.notice(), refused.unsent());
            });
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  private static List<String> lines(@Nullable String value) {
    return value == null
        ? List.of()
        : Arrays.stream(value.split("\\R", -1))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
  }
}
