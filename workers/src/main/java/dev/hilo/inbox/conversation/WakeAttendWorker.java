package dev.hilo.inbox.conversation;

import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import org.springframework.stereotype.Component;

/**
 * Hands a customer's message on to the agent's step.
 *
 * <p>Idempotency: a wake-up is a hint; two are as good as one.
 */
@Component
public class WakeAttendWorker {

  private final JobRunner jobs;
  private final Threads threads;
  private final Engine engine;

  WakeAttendWorker(JobRunner jobs, Threads threads, Engine engine) {
    this.jobs = jobs;
    this.threads = threads;
    this.engine = engine;
  }

  @JobWorker(type = "wake-attend", autoComplete = false)
  public void wake(
      JobClient client, ActivatedJob job, @Variable(name = "contactId") String contactId) {
    CustomerThread thread = jobs.run(job, () -> threads.thread(contactId));
    boolean late = thread.hasNews() && closed(thread);
    if (thread.hasNews() && !closed(thread)) {
      jobs.run(
          job,
          () -> {
            engine.wakeAgentStep(contactId, thread.lastNews());
            return thread;
          });
    }
    client.newCompleteCommand(job.getKey()).send().join();
    if (late) {
      // The message came while the conversation was ending. Now that nothing holds the instance
      // open any more, the next one may start; if this node dies here, the mailbox watch does it.
      engine.customerMessage(contactId, "late:" + contactId + ":" + thread.lastNews());
    }
  }

  private static boolean closed(CustomerThread thread) {
    return thread.conversation().isPresent() && !thread.attended();
  }
}
