package dev.hilo.inbox.attend;

import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.engine.JobRunner;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.Locale;
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
      ActivatedJob job, @Variable(name = "agentLanguage") String agentLanguage) {
    return jobs.run(
        job,
        () ->
            new Returned(
                "", new AgentWords(Locale.forLanguageTag(agentLanguage)).returnedToQueue()));
  }
}
