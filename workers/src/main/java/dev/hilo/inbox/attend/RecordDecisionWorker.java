package dev.hilo.inbox.attend;

import dev.hilo.inbox.agent.TasklistAgents;
import dev.hilo.inbox.agent.TasklistAgents.CompletedTask;
import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.engine.JobRunner.PassingFault;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Notes what the agent decided and who it was, and moves the cursor past what the agent has seen.
 *
 * <p>Idempotency: natural; the cursor only rises.
 */
@Component
public class RecordDecisionWorker {

  private static final Duration NEXT_LOOK = Duration.ofMillis(800);
  private static final int LOOKS = 8;

  private final JobRunner jobs;
  private final Threads threads;
  private final TasklistAgents agents;
  private final Clock clock;

  RecordDecisionWorker(JobRunner jobs, Threads threads, TasklistAgents agents, Clock clock) {
    this.jobs = jobs;
    this.threads = threads;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * What comes next.
   *
   * @param agent who completed the task; empty if nobody can tell
   * @param lastTaskId the task, so that the next time a newer one is waited for
   * @param nextStep {@code show}, {@code wait} or {@code close}
   * @param notice why the task comes back; empty if it does not
   */
  public record Decision(
      String agent, String lastTaskId, String nextStep, String resolution, String notice) {}

  @JobWorker(type = "record-decision")
  public Decision record(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "action") @Nullable String action,
      @Variable(name = "seenThrough") @Nullable Long seenThrough,
      @Variable(name = "sendOutcome") @Nullable String sendOutcome,
      @Variable(name = "notice") @Nullable String notice,
      @Variable(name = "agent") @Nullable String agent,
      @Variable(name = "lastTaskId") @Nullable String lastTaskId) {
    return jobs.run(
        job,
        () -> {
          boolean comesBack = "customer-wrote".equals(sendOutcome) || "refused".equals(sendOutcome);
          if (!comesBack && seenThrough != null) {
            threads.change(contactId, t -> t.handledThrough(seenThrough, clock.instant()));
          }
          String before = lastTaskId == null ? "" : lastTaskId;
          Optional<CompletedTask> task = completedTask(job, before);
          String name = task.map(CompletedTask::agent).orElse(agent == null ? "" : agent);
          if ("sent".equals(sendOutcome) && !name.isBlank()) {
            signLastAnswer(contactId, name);
          }
          String next = comesBack ? "show" : isResolve(action) ? "close" : "wait";
          return new Decision(
              name,
              task.map(CompletedTask::taskId).orElse(before),
              next,
              next.equals("close") ? "resolved" : "",
              comesBack && notice != null ? notice : "");
        });
  }

  private static boolean isResolve(@Nullable String action) {
    return "resolve".equals(action) || "send-resolve".equals(action);
  }

  /**
   * The task just completed.
   *
   * @return empty if Tasklist does not show it in time: the conversation must not wait for a name
   */
  private Optional<CompletedTask> completedTask(ActivatedJob job, String before) {
    Optional<CompletedTask> task =
        agents
            .lastCompleted(job.getProcessInstanceKey())
            .filter(found -> !found.taskId().equals(before));
    // The importer needs a second or two; each look is an attempt of the job.
    if (task.isEmpty() && job.getRetries() > JobRunner.MODEL_RETRIES - LOOKS) {
      throw PassingFault.lookAgain("Tasklist does not show the completed task yet", NEXT_LOOK);
    }
    return task;
  }

  private void signLastAnswer(String contactId, String agent) {
    CustomerThread thread = threads.thread(contactId);
    threads.newest(thread, 10).reversed().stream()
        .filter(message -> message.direction() == Direction.OUT)
        .findFirst()
        .ifPresent(
            message ->
                threads.changeMessage(message.id(), m -> m.writtenBy(agent, clock.instant())));
  }
}
