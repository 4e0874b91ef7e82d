package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.whatsapp.MessageParts.Choice;
import dev.hilo.simulators.whatsapp.MessageParts.File;
import java.util.List;
import java.util.Optional;

/**
 * What customers do beside writing: files, places, cards, taps, reactions, edits, deletions.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * messages and its pages by type, read 2026-11-20.
 */
public final class CustomerActs {

  /** Source: media page: what customers send above that arrives as an error. */
  private static final int MOST_BYTES = 100 * 1024 * 1024;

  private final Platform platform;
  private final Media media;

  CustomerActs(Platform platform, Media media) {
    this.platform = platform;
    this.media = media;
  }

  /** As what phones send a file of that MIME type. */
  public static String typeOf(String mimeType) {
    return MediaLimits.typeOf(mimeType)
        .orElseGet(
            () -> {
              String kind = MediaLimits.bare(mimeType).split("/", 2)[0];
              return kind.equals("video") || kind.equals("audio") ? kind : "document";
            });
  }

  /** Sends a file, with a caption or without. */
  public ChatMessage send(
      Phone phone, BusinessNumber to, File file, String caption, Optional<String> replyTo) {
    if (!MediaLimits.types().contains(file.type())) {
      throw new BadRequest("type: one of " + MediaLimits.types() + ", got '" + file.type() + "'");
    }
    ObjectNode content = content(to, file, caption);
    return write(phone, to, caption, content, MessageParts.NONE.with(file).quoting(replyTo));
  }

  /** A file that is too large for the platform: the business gets an error instead of an id. */
  public ChatMessage sendTooLarge(Phone phone, BusinessNumber to, String type, String mimeType) {
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", type);
    content.putObject(type).put("mime_type", mimeType);
    content.putArray("errors").add(GraphError.of(131052).asStatusError());
    return write(phone, to, "[" + type + "]", content, MessageParts.NONE);
  }

  /** Whether a file of that size gets through. */
  public static boolean isTooLarge(long bytes) {
    return bytes > MOST_BYTES;
  }

  private ObjectNode content(BusinessNumber to, File file, String caption) {
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", file.type());
    ObjectNode node = media.received(to, file);
    switch (file.type()) {
      case "audio" -> node.put("voice", file.voice());
      case "sticker" -> node.put("animated", file.animated());
      case "document" -> node.put("filename", file.name());
      default -> {
        // Images and videos have nothing of their own.
      }
    }
    boolean captioned = !file.type().equals("audio") && !file.type().equals("sticker");
    if (!caption.isEmpty() && captioned) {
      node.put("caption", caption);
    }
    content.set(file.type(), node);
    return content;
  }

  /** Sends a place. */
  public ChatMessage sendLocation(
      Phone phone,
      BusinessNumber to,
      double latitude,
      double longitude,
      Optional<String> name,
      Optional<String> address) {
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", "location");
    ObjectNode location = content.putObject("location");
    location.put("latitude", latitude).put("longitude", longitude);
    name.ifPresent(value -> location.put("name", value));
    address.ifPresent(value -> location.put("address", value));
    String shown = name.orElseGet(() -> latitude + ", " + longitude);
    return write(phone, to, "📍 " + shown, content, MessageParts.NONE);
  }

  /** Sends somebody's card. */
  public ChatMessage sendContact(Phone phone, BusinessNumber to, String name, String number) {
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", "contacts");
    ObjectNode card = content.putArray("contacts").addObject();
    card.putObject("name").put("formatted_name", name).put("first_name", name.split(" ", 2)[0]);
    card.putArray("phones")
        .addObject()
        .put("phone", number)
        .put("wa_id", number.replaceAll("\\D", ""))
        .put("type", "CELL");
    return write(phone, to, "👤 " + name + " " + number, content, MessageParts.NONE);
  }

  /** Taps a choice of a business's message. */
  public ChatMessage tap(Phone phone, String wamid, String id) {
    ChatMessage asked = message(phone, wamid);
    Choice choice =
        asked.parts().flatMap(MessageParts::menu).stream()
            .flatMap(menu -> menu.choices().stream())
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new BadRequest("id: the message has no choice '" + id + "'"));
    ObjectNode content = Json.MAPPER.createObjectNode();
    switch (choice.kind()) {
      case REPLY, ROW -> {
        String type = choice.kind() == MessageParts.Kind.ROW ? "list_reply" : "button_reply";
        ObjectNode reply =
            content
                .put("type", "interactive")
                .putObject("interactive")
                .put("type", type)
                .putObject(type)
                .put("id", id)
                .put("title", choice.title());
        choice.description().ifPresent(text -> reply.put("description", text));
      }
      case QUICK_REPLY ->
          content
              .put("type", "button")
              .putObject("button")
              .put("payload", id)
              .put("text", choice.title());
      case URL, COPY_CODE ->
          throw new BadRequest("id: the choice '" + id + "' is not told to the business");
    }
    BusinessNumber to = platform.numberOrFirst(Optional.of(asked.business()));
    return write(phone, to, choice.title(), content, MessageParts.NONE.quoting(Optional.of(wamid)));
  }

  /** Sets a reaction, or takes it off; answers the reaction's own id. */
  public String react(Phone phone, String wamid, Optional<String> emoji) {
    ChatMessage message =
        phone
            .update(wamid, one -> !one.wasTakenBack(), one -> one.reactedByCustomer(emoji))
            .orElseThrow(() -> none(wamid));
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", "reaction");
    ObjectNode reaction = content.putObject("reaction").put("message_id", wamid);
    emoji.ifPresent(value -> reaction.put("emoji", value));
    return tell(phone, message, content);
  }

  /** Changes a text or a caption of the customer's; answers the edit's own id. */
  public String edit(Phone phone, String wamid, String text) {
    ChatMessage message =
        phone
            .update(
                wamid,
                one -> one.fromCustomer() && !one.wasTakenBack(),
                one -> one.edited(text, platform.clock().instant()))
            .orElseThrow(() -> none(wamid));
    BusinessNumber to = platform.numberOrFirst(Optional.of(message.business()));
    ObjectNode changed =
        message
            .file()
            .map(file -> content(to, file, text))
            .orElseGet(
                () -> {
                  ObjectNode plain = Json.MAPPER.createObjectNode().put("type", "text");
                  plain.putObject("text").put("body", text);
                  return plain;
                });
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", "edit");
    content.putObject("edit").put("original_message_id", wamid).set("message", changed);
    return tell(phone, message, content);
  }

  /** Takes a message of the customer's back; answers the deletion's own id. */
  public String revoke(Phone phone, String wamid) {
    ChatMessage message =
        phone
            .update(
                wamid,
                one -> one.fromCustomer() && !one.wasTakenBack(),
                one -> one.deleted(platform.clock().instant()))
            .orElseThrow(() -> none(wamid));
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", "revoke");
    content.putObject("revoke").put("original_message_id", wamid);
    return tell(phone, message, content);
  }

  private String tell(Phone phone, ChatMessage about, ObjectNode content) {
    BusinessNumber to = platform.numberOrFirst(Optional.of(about.business()));
    return platform.tell(phone, to, content);
  }

  private ChatMessage write(
      Phone phone, BusinessNumber to, String shown, ObjectNode content, MessageParts parts) {
    Platform.Draft draft =
        new Platform.Draft(shown, Optional.empty(), Optional.empty(), Optional.of(content), parts);
    return platform.write(phone, to, List.of(draft)).getFirst();
  }

  private static ChatMessage message(Phone phone, String wamid) {
    return phone.message(wamid).orElseThrow(() -> none(wamid));
  }

  private static BadRequest none(String wamid) {
    return new BadRequest(404, "there is no such message '" + wamid + "'");
  }
}
