package dev.hilo.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutboundMessage.Author;
import dev.hilo.channel.OutboundMessage.Window;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.SendResult;
import java.util.Optional;

/**
 * Sends one message or shows one sign: {@code POST /{account}/messages}.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/send-api and
 * /docs/instagram-platform/instagram-api-with-instagram-login/messaging-api, read 2026-11-20. Of
 * the message tags only {@code HUMAN_AGENT} is left since 2026-04-27.
 */
public final class ConversationSender {

  private final MetaSettings settings;
  private final Capabilities capabilities;
  private final Dialect dialect;
  private final GraphCalls calls;
  private final GraphAnswers answers;
  private final ChoiceBodies choices;

  /** Where Messenger and Instagram differ. */
  public interface Dialect {

    /** Whether every message must say what type of messaging it is. */
    boolean alwaysNamesMessagingType();

    /** What stands for a file in {@code attachment.payload}. */
    Attached attach(MetaAccount account, OutboundContent.File file);

    /** The word of a reaction that may be sent; empty when it may not. */
    Optional<String> reaction(String emoji);
  }

  /** What came of getting a file ready. */
  public sealed interface Attached {

    /** It can be sent. */
    record Ready(ObjectNode payload) implements Attached {}

    /** It cannot; nothing was sent. */
    record Failed(SendResult result) implements Attached {}
  }

  /** A sender within the limits of a channel. */
  public ConversationSender(
      MetaSettings settings,
      Capabilities capabilities,
      Dialect dialect,
      GraphCalls calls,
      GraphAnswers answers) {
    this.settings = settings;
    this.capabilities = capabilities;
    this.dialect = dialect;
    this.calls = calls;
    this.answers = answers;
    this.choices = new ChoiceBodies(capabilities);
  }

  /** Makes one attempt. */
  public SendResult send(OutboundMessage message) {
    Optional<MetaAccount> account = settings.account(message.account());
    if (account.isEmpty()) {
      return rejected(
          DeliveryError.ACCOUNT_RESTRICTED,
          "the account " + message.account() + " is not among the settings");
    }
    if (message.to().kind() != ContactAddress.Kind.SOCIAL) {
      return rejected(
          DeliveryError.RECIPIENT_UNREACHABLE,
          "expected the provider's id of a person, got " + message.to());
    }
    if (message.window() == Window.CLOSED
        || (message.window() == Window.PERSON_ONLY && message.author() != Author.PERSON)) {
      return rejected(
          DeliveryError.OUTSIDE_REPLY_WINDOW,
          "the customer wrote too long ago for " + message.author());
    }
    return switch (message.content()) {
      case OutboundContent.Text text -> sendText(account.get(), message, text.body());
      case OutboundContent.Choices asked ->
          choices
              .problem(asked)
              .map(ConversationSender::refusedContent)
              .orElseGet(() -> post(account.get(), message, choices.of(asked)));
      case OutboundContent.Media media -> sendFile(account.get(), message, media);
      case OutboundContent.Reaction reaction -> react(account.get(), message, reaction);
      case OutboundContent.Template template ->
          rejected(DeliveryError.TEMPLATE_REJECTED, "there are no templates on this channel");
    };
  }

  private SendResult sendText(MetaAccount account, OutboundMessage message, String body) {
    Capabilities.Limit limit = capabilities.maxTextLength();
    if (body.isBlank() || limit.isExceededBy(body)) {
      return refusedContent("expected 1 to " + limit.value() + " " + limit.unit());
    }
    return post(account, message, GraphCalls.object().put("text", body));
  }

  /** A file goes alone: the platform takes a text or an attachment, not both. */
  private SendResult sendFile(
      MetaAccount account, OutboundMessage message, OutboundContent.Media media) {
    if (media.files().size() != 1 || media.caption().isPresent()) {
      return refusedContent("expected one file without a caption, got " + media.files().size());
    }
    OutboundContent.File file = media.files().getFirst();
    Capabilities.FileLimit limit = capabilities.files().get(file.form());
    if (limit == null || !limit.takes(file.mimeType()) || file.size() > limit.maxBytes()) {
      return refusedContent(
          "a file of this type or size is not taken: "
              + OneLine.of(file.mimeType(), 80)
              + ", "
              + file.size()
              + " bytes");
    }
    return switch (dialect.attach(account, file)) {
      case Attached.Failed failed -> failed.result();
      case Attached.Ready ready -> {
        ObjectNode body = GraphCalls.object();
        body.putObject("attachment").put("type", typeOf(file)).set("payload", ready.payload());
        yield post(account, message, body);
      }
    };
  }

  /** The provider's word for what a file is shown as. */
  public static String typeOf(OutboundContent.File file) {
    return switch (file.form()) {
      case IMAGE, STICKER -> "image";
      case AUDIO -> "audio";
      case VIDEO -> "video";
      case DOCUMENT -> "file";
    };
  }

  private SendResult react(
      MetaAccount account, OutboundMessage message, OutboundContent.Reaction reaction) {
    ObjectNode body = recipient(message.to());
    ObjectNode payload = GraphCalls.object().put("message_id", reaction.message().value());
    if (reaction.emoji().isPresent()) {
      Optional<String> word = dialect.reaction(reaction.emoji().get());
      if (word.isEmpty()) {
        return refusedContent("this reaction cannot be sent on this channel");
      }
      body.put("sender_action", "react");
      payload.put("reaction", word.get());
    } else {
      body.put("sender_action", "unreact");
    }
    body.set("payload", payload);
    return answers.acted(
        calls.post(account, account.messages(), body),
        new ExternalId("reaction-" + Fingerprint.of(message.id().value())));
  }

  private SendResult post(MetaAccount account, OutboundMessage message, ObjectNode content) {
    ObjectNode body = recipient(message.to());
    if (message.window() == Window.PERSON_ONLY) {
      body.put("messaging_type", "MESSAGE_TAG").put("tag", "HUMAN_AGENT");
    } else if (dialect.alwaysNamesMessagingType()) {
      body.put("messaging_type", "RESPONSE");
    }
    // Comes back in the echo of this message, see Echo.
    content.put("metadata", Echo.MARK + message.id().value());
    body.set("message", content);
    return answers.sent(calls.post(account, account.messages(), body));
  }

  /**
   * Shows a sign: {@code typing_on}, {@code mark_seen}. Best effort.
   *
   * @return whether the provider took it
   */
  public boolean show(AccountId account, ContactAddress to, String action) {
    Optional<MetaAccount> known = settings.account(account);
    return known.isPresent()
        && to.kind() == ContactAddress.Kind.SOCIAL
        && calls.post(
                known.get(), known.get().messages(), recipient(to).put("sender_action", action))
            instanceof Outcome.Answered answered
        && answered.status() / 100 == 2;
  }

  private static ObjectNode recipient(ContactAddress to) {
    ObjectNode body = GraphCalls.object();
    ObjectNode recipient = body.putObject("recipient");
    if (to.value().startsWith(Item.GUEST)) {
      recipient.put("user_ref", to.value().substring(Item.GUEST.length()));
    } else {
      recipient.put("id", to.value());
    }
    return body;
  }

  private static SendResult refusedContent(String detail) {
    return rejected(DeliveryError.CONTENT_REJECTED, detail);
  }

  private static SendResult rejected(DeliveryError error, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, "", detail));
  }
}
