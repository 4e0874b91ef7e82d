package dev.hilo.inbox.attend;

import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import org.springframework.stereotype.Component;

/**
 * Looks into the mailbox: is there news after the cursor?
 *
 * <p>Idempotency: reads only.
 */
@Component
public class LookForMessagesWorker {

  private final JobRunner jobs;
  private final Threads threads;

  LookForMessagesWorker(JobRunner jobs, Threads threads) {
    this.jobs = jobs;
    this.threads = threads;
  }

  /** What was found. */
  public record Found(boolean customerWrote) {}

  @JobWorker(type = "look-for-messages")
  public Found look(ActivatedJob job, @Variable(name = "contactId") String contactId) {
    return jobs.run(job, () -> new Found(threads.thread(contactId).hasNews()));
  }
}
