package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Sends one message: {@code POST /{phone_number_id}/messages}.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/
 * send-messages (updated 2026-05-21), read 2026-11-20.
 */
final class MessageSender {

  /** The provider could not read the file that it was given. */
  private static final Set<String> MEDIA_ERRORS = Set.of("131052", "131053");

  private final WhatsAppSettings settings;
  private final GraphApi graph;
  private final TemplateBook templates;
  private final SendAnswers answers;
  private final MediaUploads uploads;
  private final PairPace pace = new PairPace();

  MessageSender(
      WhatsAppSettings settings, GraphApi graph, TemplateBook templates, ChannelContext context) {
    this.settings = settings;
    this.graph = graph;
    this.templates = templates;
    this.answers = new SendAnswers(new Redaction(settings.secrets()), context.clock());
    this.uploads = new MediaUploads(graph, context.files(), answers, context.clock());
  }

  SendResult send(OutboundMessage message) {
    Optional<WhatsAppSettings.Account> account = settings.account(message.account());
    if (account.isEmpty()) {
      return rejected(
          DeliveryError.ACCOUNT_RESTRICTED,
          "the account " + message.account() + " is not among the settings");
    }
    Optional<String> field = recipientField(message.to());
    if (field.isEmpty()) {
      return rejected(
          DeliveryError.RECIPIENT_UNREACHABLE,
          "expected a phone number or a business-scoped user id, got " + message.to());
    }
    Optional<String> problem = ContentCheck.problem(message.content());
    if (problem.isPresent()) {
      return rejected(DeliveryError.CONTENT_REJECTED, problem.get());
    }
    Optional<KnownTemplate> known = Optional.empty();
    if (message.content() instanceof OutboundContent.Template template) {
      known = templates.find(account.get(), template.name(), template.language());
      problem = TemplateBook.problem(template, known);
      if (problem.isPresent()) {
        return rejected(DeliveryError.TEMPLATE_REJECTED, problem.get());
      }
    }
    return paced(message, new Attempt(account.get(), message, field.get(), known).run());
  }

  /** With the plus sign: without it the business's own country code would be put before it. */
  private static Optional<String> recipientField(ContactAddress to) {
    return switch (to.kind()) {
      case PHONE -> Optional.of("to");
      case BUSINESS_SCOPED -> Optional.of("recipient");
      case EMAIL, SOCIAL, VISITOR, EXTERNAL, DOCUMENT -> Optional.empty();
    };
  }

  private SendResult paced(OutboundMessage message, SendResult result) {
    if (result instanceof SendResult.Accepted) {
      pace.accepted(message.account(), message.to());
    } else if (result instanceof SendResult.RetryLater later
        && later.failure().error() == DeliveryError.RECIPIENT_THROTTLED) {
      Duration rest = pace.refused(message.account(), message.to());
      Duration longer = rest.compareTo(later.after()) > 0 ? rest : later.after();
      return new SendResult.RetryLater(later.failure(), longer);
    }
    return result;
  }

  /** One message on its way. */
  private final class Attempt {

    private final WhatsAppSettings.Account account;
    private final OutboundMessage message;
    private final String recipientField;
    private final Optional<KnownTemplate> known;

    Attempt(
        WhatsAppSettings.Account account,
        OutboundMessage message,
        String recipientField,
        Optional<KnownTemplate> known) {
      this.account = account;
      this.message = message;
      this.recipientField = recipientField;
      this.known = known;
    }

    SendResult run() {
      Optional<OutboundContent.File> file = file(message.content());
      if (file.isEmpty()) {
        return post(Optional.empty());
      }
      SendResult result = withFile(file.get());
      if (result instanceof SendResult.Rejected rejected
          && MEDIA_ERRORS.contains(rejected.failure().providerCode())) {
        uploads.forget(account, file.get());
        return withFile(file.get());
      }
      return result;
    }

    private SendResult withFile(OutboundContent.File file) {
      return switch (uploads.mediaId(account, file)) {
        case MediaUploads.Result.NotSent notSent -> notSent.result();
        case MediaUploads.Result.Ready ready -> post(Optional.of(ready.mediaId()));
      };
    }

    private SendResult post(Optional<String> mediaId) {
      ObjectNode body = GraphApi.object();
      body.put("messaging_product", "whatsapp");
      body.put("recipient_type", "individual");
      body.put(recipientField, message.to().value());
      // A reaction names its message itself.
      if (!(message.content() instanceof OutboundContent.Reaction)) {
        message.replyTo().ifPresent(id -> body.putObject("context").put("message_id", id.value()));
      }
      ContentWriter.write(body, message.content(), account.language(), mediaId, known);
      // Comes back in every status of this message, see StatusReader.
      body.put("biz_opaque_callback_data", message.id().value());
      return answers.read(graph.post(account, account.id().value(), "messages", body));
    }
  }

  private static Optional<OutboundContent.File> file(OutboundContent content) {
    return switch (content) {
      case OutboundContent.Media media -> Optional.of(media.files().getFirst());
      case OutboundContent.Template template -> template.header();
      case OutboundContent.Text text -> Optional.empty();
      case OutboundContent.Choices choices -> Optional.empty();
      case OutboundContent.Reaction reaction -> Optional.empty();
    };
  }

  /**
   * Marks a customer's message as read, and all before it.
   *
   * @param typing also shows that somebody is writing, for 25 seconds or until the answer
   * @return whether the provider took it
   */
  boolean markRead(dev.hilo.channel.AccountId id, ExternalId message, boolean typing) {
    Optional<WhatsAppSettings.Account> account = settings.account(id);
    if (account.isEmpty() || message.value().startsWith(MessageReader.UNNAMED)) {
      return false;
    }
    ObjectNode body = GraphApi.object();
    body.put("messaging_product", "whatsapp");
    body.put("status", "read");
    body.put("message_id", message.value());
    if (typing) {
      body.putObject("typing_indicator").put("type", "text");
    }
    return graph.post(account.get(), id.value(), "messages", body) instanceof Answered answered
        && answered.status() / 100 == 2
        && GraphApi.body(answered).get("success").asBoolean(false);
  }

  private static SendResult rejected(DeliveryError error, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, "", detail));
  }
}
