package dev.hilo.inbox.attend;

import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.engine.JobRunner;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a task from an agent who did nothing with it for too long.
 *
 * <p>Idempotency: natural.
 */
@Component
public class ReturnToQueueWorker {

  private final JobRunner jobs;

  ReturnToQueueWorker(JobRunner jobs) {
    this.jobs = jobs;
  }

  /** Nobody's task again, and why. */
  public record Returned(String agent, String notice) {}

  @JobWorker(type = "return-to-queue")
  public Returned giveBack(
      ActivatedJob job,
      @Variable(name = "agent") @Nullable String agent,
      @Variable(name = "notice") @Nullable String notice,
      @Variable(name = "agentLanguage") String agentLanguage) {
    return jobs.run(
        job,
        () -> {
          // Work that nobody had is only offered again; there is nothing to tell.
          boolean hadAgent = agent != null && !agent.isBlank();
          String told = notice == null ? "" : notice;
          AgentWords words = new AgentWords(Locale.forLanguageTag(agentLanguage));
          return new Returned("", hadAgent ? words.returnedToQueue() : told);
        });
  }
}
