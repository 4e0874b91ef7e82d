package dev.hilo.inbox.conversation;

import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.queue.Queues;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Opens a conversation if there is news; a wake-up that finds none (a redelivery days later) opens
 * nothing.
 *
 * <p>Idempotency: the conversation's id is derived from the process instance.
 */
@Component
public class OpenConversationWorker {

  private final JobRunner jobs;
  private final Threads threads;
  private final Channels channels;
  private final Queues queues;
  private final Conversations conversations;
  private final Clock clock;

  OpenConversationWorker(
      JobRunner jobs,
      Threads threads,
      Channels channels,
      Queues queues,
      Conversations conversations,
      Clock clock) {
    this.jobs = jobs;
    this.threads = threads;
    this.channels = channels;
    this.queues = queues;
    this.conversations = conversations;
    this.clock = clock;
  }

  /**
   * What the conversation needs to know.
   *
   * @param inactivityTimeout ISO-8601 duration
   * @param returnToQueueAfter ISO-8601 duration
   */
  public record Opened(
      boolean anythingNew,
      String conversationId,
      String queue,
      String agentLanguage,
      String inactivityTimeout,
      String returnToQueueAfter) {}

  @JobWorker(type = "open-conversation")
  public Opened open(ActivatedJob job, @Variable(name = "contactId") String contactId) {
    return jobs.run(
        job,
        () -> {
          String id = "conversation-" + job.getProcessInstanceKey();
          Instant now = clock.instant();
          // In one step with the look, so that no merge can fall between.
          CustomerThread thread = threads.change(contactId, t -> t.openedIfNews(id, now));
          boolean news =
              thread.attended() && thread.conversation().filter(c -> c.id().equals(id)).isPresent();
          Optional<CustomerThread.Reachable> last = thread.lastReachable();
          Queues.Queue queue =
              queues.get(
                  last.flatMap(from -> channels.account(from.channel(), from.account()))
                      .map(Account::queue)
                      .orElse(""));
          if (news) {
            conversations.opened(
                id, contactId, queue.id(), last.map(from -> from.channel().value()).orElse(""));
          }
          return new Opened(
              news,
              id,
              queue.id(),
              queue.agentLanguage(),
              queue.inactivityTimeout().toString(),
              queue.returnToQueueAfter().toString());
        });
  }
}
