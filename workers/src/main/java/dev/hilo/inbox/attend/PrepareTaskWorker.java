package dev.hilo.inbox.attend;

import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.engine.JobRunner;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes what the agent's form shows.
 *
 * <p>Idempotency: reads only.
 */
@Component
public class PrepareTaskWorker {

  private final JobRunner jobs;
  private final AgentViews views;

  PrepareTaskWorker(JobRunner jobs, AgentViews views) {
    this.jobs = jobs;
    this.views = views;
  }

  /**
   * The form's values.
   *
   * @param answer the draft that was kept, or nothing
   * @param agent who gets the task; empty: whoever of the queue takes it
   * @param notice why the task came back; empty: it did not
   */
  public record Prepared(
      String taskContext,
      String customerName,
      List<AgentView.Alias> customerAliases,
      String channelLabel,
      List<AgentView.Bubble> thread,
      List<AgentView.FileLink> files,
      String filesPage,
      List<AgentView.Choice> reactions,
      long shownThrough,
      List<AgentView.Choice> replyTargets,
      String replyTo,
      List<AgentView.Choice> templates,
      boolean windowClosed,
      String answer,
      String agent,
      String notice,
      @Nullable String action,
      @Nullable String template) {}

  @JobWorker(type = "prepare-task")
  public Prepared prepare(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "conversationId") String conversationId,
      @Variable(name = "queue") String queue,
      @Variable(name = "agentLanguage") String agentLanguage,
      @Variable(name = "agent") @Nullable String agent,
      @Variable(name = "notice") @Nullable String notice,
      @Variable(name = "draft") @Nullable String draft,
      @Variable(name = "replyTo") @Nullable String replyTo) {
    return jobs.run(
        job,
        () -> {
          AgentWords words = new AgentWords(Locale.forLanguageTag(agentLanguage));
          String kept = draft == null ? "" : draft;
          // Without a draft the answer goes where the customer wrote last.
          Optional<String> chosen =
              kept.isEmpty() ? Optional.empty() : Optional.ofNullable(replyTo);
          AgentView view = views.view(contactId, conversationId, queue, words, chosen);
          return new Prepared(
              view.taskContext(),
              view.customerName(),
              view.customerAliases(),
              view.channelLabel(),
              view.thread(),
              view.files(),
              view.filesPage(),
              view.reactions(),
              view.shownThrough(),
              view.replyTargets(),
              view.replyTo(),
              view.templates(),
              view.windowClosed(),
              kept,
              agent == null ? "" : agent,
              notice == null ? "" : notice,
              null,
              null);
        });
  }
}
