package dev.hilo.inbox.attend;

import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.engine.JobRunner;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Renews what an open task shows when the customer writes again. Tasklist reads it when the task is
 * opened the next time; what the agent has typed is not touched.
 *
 * <p>Idempotency: reads only.
 */
@Component
public class RefreshTaskWorker {

  private final JobRunner jobs;
  private final AgentViews views;

  RefreshTaskWorker(JobRunner jobs, AgentViews views) {
    this.jobs = jobs;
    this.views = views;
  }

  /** The values that a new message changes. */
  public record Refreshed(
      String customerName,
      List<AgentView.Alias> customerAliases,
      List<AgentView.Bubble> thread,
      List<AgentView.FileLink> files,
      long shownThrough,
      List<AgentView.Choice> replyTargets,
      String replyTo,
      boolean windowClosed) {}

  @JobWorker(type = "refresh-task")
  public Refreshed refresh(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "conversationId") String conversationId,
      @Variable(name = "queue") String queue,
      @Variable(name = "agentLanguage") String agentLanguage) {
    return jobs.run(
        job,
        () -> {
          AgentWords words = new AgentWords(Locale.forLanguageTag(agentLanguage));
          AgentView view = views.view(contactId, conversationId, queue, words, Optional.empty());
          return new Refreshed(
              view.customerName(),
              view.customerAliases(),
              view.thread(),
              view.files(),
              view.shownThrough(),
              view.replyTargets(),
              view.replyTo(),
              view.windowClosed());
        });
  }
}
