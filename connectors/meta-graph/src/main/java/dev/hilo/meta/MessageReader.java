package dev.hilo.meta;

import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.ChannelEvent.ReferralReceived;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Origin;
import java.util.Optional;

/**
 * Reads messages, echoes, postbacks, edits, reactions and referrals.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events (messages,
 * message_echoes, messaging_postbacks, message_edits, message_reactions, messaging_referrals), read
 * 2026-11-20.
 */
final class MessageReader {

  private final MessageContent contents = new MessageContent();

  void readMessage(Item item, Part message, ContactAddress customer) {
    if (message.flag("is_deleted")) {
      readDeletion(item, message, customer);
    } else if (item.outgoing()) {
      readEcho(item, message, customer);
    } else {
      String id = idOf(message);
      Content content = contents.read(message, item.at());
      EventHeader header = item.header(customer, "message", id);
      item.reading()
          .add(
              new MessageReceived(
                  header,
                  new ExternalId(id),
                  content,
                  message.part("reply_to").id("mid").map(ExternalId::new),
                  origin(message.part("referral")),
                  envelope(item)));
    }
  }

  /** A message without an id still has to be recognised when it comes again: by its content. */
  private static String idOf(Part message) {
    return message
        .id("mid")
        .orElseGet(() -> "unnamed-" + Fingerprint.of(message.node().toString()));
  }

  private static Optional<Envelope> envelope(Item item) {
    return item.standby()
        ? Optional.of(Envelope.marked(Envelope.Mark.HANDLED_ELSEWHERE))
        : Optional.empty();
  }

  private static void readDeletion(Item item, Part message, ContactAddress customer) {
    Optional<String> mid = message.id("mid");
    if (item.outgoing()) {
      item.reading().skip("message/is_deleted", "the business took back its own message");
    } else if (mid.isEmpty()) {
      item.reading().skip("message/is_deleted", "it does not say which message");
    } else {
      EventHeader header = item.header(customer, "deletion", mid.get());
      item.reading().add(new MessageDeleted(header, new ExternalId(mid.get())));
    }
  }

  /** What we sent tells that it was sent; what another app sent belongs in the thread. */
  private void readEcho(Item item, Part message, ContactAddress customer) {
    Echo echo = Echo.of(message, item.account());
    String id = idOf(message);
    if (echo.ours()) {
      EventHeader header = item.header(customer, "status", id, "sent", customer.value());
      item.reading()
          .add(
              new DeliveryUpdated(
                  header,
                  new ExternalId(id),
                  echo.outboundId(),
                  DeliveryState.SENT,
                  Optional.empty()));
    } else {
      Content content = contents.read(message, item.at());
      EventHeader header = item.header(customer, "message", id);
      item.reading().add(new MessageSentElsewhere(header, new ExternalId(id), content, echo.app()));
    }
  }

  void readPostback(Item item, Part postback, ContactAddress customer) {
    if (item.outgoing()) {
      item.reading().skip("postback", "the business tapped its own button");
      return;
    }
    Optional<String> payload = postback.text("payload");
    Optional<String> title = postback.text("title").or(() -> payload);
    Content content =
        title.isPresent()
            ? new Content.ButtonReply(title.get(), payload)
            : new Content.Unsupported("postback", Optional.empty());
    String id =
        postback
            .id("mid")
            .orElseGet(() -> "postback-" + Fingerprint.of(item.node().node().toString()));
    item.reading()
        .add(
            new MessageReceived(
                item.header(customer, "message", id),
                new ExternalId(id),
                content,
                Optional.empty(),
                origin(postback.part("referral")),
                envelope(item)));
  }

  /** What a customer filled in inside the app: a rating, an address. */
  void readForm(Item item, String name, Part answers, ContactAddress customer) {
    if (item.outgoing()) {
      item.reading().skip(name, "the business filled in its own form");
      return;
    }
    String id = "form-" + Fingerprint.of(item.node().node().toString());
    Content content =
        new Content.FormReply(
            Optional.of(name), Optional.empty(), Part.unicode(answers.node().toString()));
    item.reading()
        .add(
            new MessageReceived(
                item.header(customer, "message", id),
                new ExternalId(id),
                content,
                Optional.empty(),
                Optional.empty(),
                envelope(item)));
  }

  void readEdit(Item item, Part edit, ContactAddress customer) {
    Optional<String> mid = edit.id("mid");
    if (item.outgoing()) {
      item.reading().skip("message_edit", "the business changed its own message");
    } else if (mid.isEmpty()) {
      item.reading().skip("message_edit", "it does not say which message");
    } else {
      Content content =
          edit.raw("text")
              .<Content>map(Content.Text::new)
              .orElseGet(() -> new Content.Unsupported("message_edit", Optional.empty()));
      String version =
          edit.text("num_edit").orElseGet(() -> Fingerprint.of(edit.node().toString()));
      item.reading()
          .add(
              new MessageEdited(
                  item.header(customer, "edit", mid.get(), version),
                  new ExternalId(mid.get()),
                  content));
    }
  }

  void readReaction(Item item, Part reaction, ContactAddress customer) {
    Optional<String> mid = reaction.id("mid");
    String action = reaction.text("action").orElse("untyped");
    Optional<String> emoji = action.equals("react") ? Reactions.emoji(reaction) : Optional.empty();
    if (item.outgoing()) {
      item.reading().skip("reaction", "the business reacted");
    } else if (mid.isEmpty()) {
      item.reading().skip("reaction", "it does not say to which message");
    } else if (!action.equals("react") && !action.equals("unreact")) {
      item.reading().skip("reaction/" + action, "an action that is not known");
    } else {
      EventHeader header =
          item.header(
              customer,
              "reaction",
              mid.get(),
              customer.value(),
              action,
              emoji.orElse(""),
              item.when());
      item.reading().add(new ReactionChanged(header, new ExternalId(mid.get()), emoji));
    }
  }

  void readReferral(Item item, Part referral, ContactAddress customer) {
    Optional<Origin> origin = origin(referral);
    if (origin.isEmpty()) {
      item.reading().skip("referral", "it does not say from where");
    } else {
      String what = Fingerprint.of(referral.node().toString());
      item.reading()
          .add(
              new ReferralReceived(
                  item.header(customer, "referral", customer.value(), item.when(), what),
                  origin.get()));
    }
  }

  /** The link, advertisement or page that the customer came by. */
  private static Optional<Origin> origin(Part referral) {
    Part advertisement = referral.part("ads_context_data");
    Origin origin =
        new Origin(
            referral.text("referer_uri").or(() -> referral.text("source_url")),
            advertisement.text("ad_title").map(title -> OneLine.of(title, 300)),
            referral
                .text("ref")
                .or(() -> referral.text("ad_id"))
                .or(() -> referral.text("source")));
    return origin.url().isEmpty() && origin.title().isEmpty() && origin.campaign().isEmpty()
        ? Optional.empty()
        : Optional.of(origin);
  }
}
