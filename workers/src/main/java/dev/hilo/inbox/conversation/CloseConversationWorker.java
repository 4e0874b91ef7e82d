package dev.hilo.inbox.conversation;

import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Closes a conversation, unless the customer wrote meanwhile: both in one compare-and-set.
 *
 * <p>Idempotency: natural; a conversation that is closed stays so unless there is news.
 */
@Component
public class CloseConversationWorker {

  private final JobRunner jobs;
  private final Threads threads;
  private final Conversations conversations;

  CloseConversationWorker(JobRunner jobs, Threads threads, Conversations conversations) {
    this.jobs = jobs;
    this.threads = threads;
    this.conversations = conversations;
  }

  /**
   * Whether it is closed.
   *
   * @param notice one sentence for the agent who gets the conversation again
   */
  public record Closed(boolean customerWrote, String notice) {}

  @JobWorker(type = "close-conversation")
  public Closed close(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "conversationId") String conversationId,
      @Variable(name = "resolution") @Nullable String resolution,
      @Variable(name = "agent") @Nullable String agent,
      @Variable(name = "agentLanguage") String agentLanguage) {
    return jobs.run(
        job,
        () -> {
          CustomerThread thread =
              threads.change(contactId, t -> t.closedUnlessNews(conversationId));
          if (thread.hasNews()) {
            AgentWords words = new AgentWords(Locale.forLanguageTag(agentLanguage));
            return new Closed(true, words.customerWroteMeanwhile());
          }
          conversations.closed(
              conversationId,
              resolution == null ? "resolved" : resolution,
              Optional.ofNullable(agent).filter(name -> !name.isBlank()));
          return new Closed(false, "");
        });
  }
}
