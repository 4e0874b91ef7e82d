package dev.hilo.inbox.conversation;

import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.thread.CustomerThread.Conversation.State;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Ends the conversation of a contact that was merged into another; its messages have gone over
 * already.
 *
 * <p>Idempotency: natural.
 */
@Component
public class CloseAsTransferredWorker {

  private final JobRunner jobs;
  private final Threads threads;
  private final Conversations conversations;

  CloseAsTransferredWorker(JobRunner jobs, Threads threads, Conversations conversations) {
    this.jobs = jobs;
    this.threads = threads;
    this.conversations = conversations;
  }

  /** How it ended. */
  public record Transferred(String resolution) {}

  @JobWorker(type = "close-as-transferred")
  public Transferred close(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "conversationId") @Nullable String conversationId,
      @Variable(name = "mergedInto") String mergedInto) {
    return jobs.run(
        job,
        () -> {
          if (conversationId != null) {
            threads.change(contactId, t -> t.ended(conversationId, State.TRANSFERRED));
            conversations.transferred(conversationId, mergedInto);
          }
          return new Transferred("transferred");
        });
  }
}
