package dev.hilo.inbox.reply;

import dev.hilo.channel.Channel;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.TemplateChannel;
import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.engine.JobRunner;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.Threads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends the agent's answer, unless the customer wrote meanwhile: then nothing is sent and the agent
 * gets the task back with the draft kept.
 *
 * <p>Idempotency: the outbound id is derived from the element instance, see {@link Outbox}.
 */
@Component
public class SendReplyWorker {

  private final JobRunner jobs;
  private final Threads threads;
  private final Contacts contacts;
  private final Channels channels;
  private final ReplyWindow window;
  private final Outbox outbox;

  SendReplyWorker(
      JobRunner jobs,
      Threads threads,
      Contacts contacts,
      Channels channels,
      ReplyWindow window,
      Outbox outbox) {
    this.jobs = jobs;
    this.threads = threads;
    this.contacts = contacts;
    this.channels = channels;
    this.window = window;
    this.outbox = outbox;
  }

  /**
   * What came of it.
   *
   * @param sendOutcome {@code sent}, {@code customer-wrote} or {@code refused}
   * @param notice one sentence for the agent; empty when sent
   * @param draft what the agent wrote, to be kept; empty when sent
   */
  public record Outcome(String sendOutcome, String notice, String draft) {}

  @JobWorker(type = "send-reply", timeout = 60_000)
  public Outcome send(
      ActivatedJob job,
      @Variable(name = "contactId") String contactId,
      @Variable(name = "conversationId") String conversationId,
      @Variable(name = "answer") @Nullable String answer,
      @Variable(name = "replyTo") @Nullable String replyTo,
      @Variable(name = "template") @Nullable String template,
      @Variable(name = "seenThrough") @Nullable Long seenThrough,
      @Variable(name = "agentLanguage") String agentLanguage) {
    return jobs.run(
        job,
        () -> {
          Locale language = Locale.forLanguageTag(agentLanguage);
          AgentWords words = new AgentWords(language);
          String draft = answer == null ? "" : answer;
          String contact = contacts.root(contactId).id();
          CustomerThread thread = threads.thread(contact);
          OutboundId id = new OutboundId("out-" + job.getElementInstanceKey());
          boolean begun = threads.message(id.value()).isPresent();
          if (!begun && seenThrough != null && thread.lastNews() > seenThrough) {
            return new Outcome("customer-wrote", words.customerWroteMeanwhile(), draft);
          }
          Optional<ReplyTarget> target =
              Optional.ofNullable(replyTo)
                  .flatMap(ReplyTarget::parse)
                  .filter(t -> thread.reachable(t.channel(), t.account(), t.address()).isPresent())
                  .or(() -> thread.lastReachable().map(ReplyTarget::of));
          if (target.isEmpty()) {
            return new Outcome(
                "refused", DeliveryError.RECIPIENT_UNREACHABLE.sentence(language), draft);
          }
          Optional<OutboundContent> content = content(target.get(), template, draft, contact);
          if (content.isEmpty()) {
            return new Outcome("refused", words.nothingToSend(), draft);
          }
          if (!begun && closed(thread, target.get(), content.get())) {
            return new Outcome(
                "refused", DeliveryError.OUTSIDE_REPLY_WINDOW.sentence(language), draft);
          }
          return outbox
              .send(new Outbox.Order(id, contact, conversationId, target.get(), content.get()))
              .map(DeliveryFailure::error)
              .map(error -> new Outcome("refused", error.sentence(language), draft))
              .orElseGet(() -> new Outcome("sent", "", ""));
        });
  }

  private Optional<OutboundContent> content(
      ReplyTarget target, @Nullable String template, String text, String contactId) {
    if (template != null && !template.isBlank()) {
      List<String> parameters = List.of(contacts.root(contactId).displayName().orElse("👋"));
      return channels
          .channel(target.channel().value(), TemplateChannel.class)
          .flatMap(
              channel ->
                  TemplateRegistry.approved(channel, target.account()).stream()
                      .filter(known -> (known.name() + ":" + known.language()).equals(template))
                      .findFirst())
          .map(
              known -> {
                List<String> used =
                    parameters.subList(0, Math.min(known.parameterCount(), parameters.size()));
                return new OutboundContent.Template(
                    known.name(), known.language(), used, known.render(used));
              });
    }
    return text.isBlank() ? Optional.empty() : Optional.of(new OutboundContent.Text(text.strip()));
  }

  private boolean closed(CustomerThread thread, ReplyTarget target, OutboundContent content) {
    if (content instanceof OutboundContent.Template) {
      return false;
    }
    Channel channel = channels.channel(target.channel()).orElseThrow();
    return thread
        .reachable(target.channel(), target.account(), target.address())
        .map(reachable -> !window.open(channel.capabilities(), reachable.lastInboundAt()))
        .orElse(false);
  }
}
