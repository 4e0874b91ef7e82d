package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.MultipartForm;
import dev.hilo.simulators.meta.DirectMessage.Choice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call of {@code POST /{page}/messages}, checked as strictly as the real one where its strictness
 * is known, and more strictly where it is not: unknown fields are refused.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/send-api and
 * .../instagram-platform/instagram-api-with-instagram-login/messaging-api, read 2026-11-20.
 */
sealed interface MessageRequest {

  /** Source: Send API reference, quick replies: at most 13. */
  int MAX_QUICK_REPLIES = 13;

  /** Source: Send API reference: titles of quick replies and buttons, in characters. */
  int MAX_TITLE = 20;

  /** Source: Send API reference: payloads of quick replies and buttons, and metadata. */
  int MAX_PAYLOAD = 1000;

  /** Source: button template reference: text. */
  int MAX_BUTTON_TEXT = 640;

  /** Source: button template reference: one to three. */
  int MAX_BUTTONS = 3;

  /** Source: generic template reference: elements. */
  int MAX_ELEMENTS = 10;

  /** Source: generic template reference: title and subtitle. */
  int MAX_ELEMENT_TEXT = 80;

  /** The person's id. */
  String recipient();

  /**
   * A message.
   *
   * @param humanAgent whether a person wrote it, up to seven days late
   * @param attachment instead of text
   */
  record Message(
      String recipient,
      String text,
      List<Choice> choices,
      Optional<Upload> attachment,
      Optional<ObjectNode> template,
      boolean humanAgent,
      Optional<String> metadata)
      implements MessageRequest {}

  /**
   * Typing, seen, a reaction.
   *
   * @param mid the message that is reacted to
   * @param reaction such as {@code love}
   */
  record Action(String recipient, String action, Optional<String> mid, Optional<String> reaction)
      implements MessageRequest {}

  /** A file to send. */
  sealed interface Upload {
    String type();

    /** To be fetched from there. */
    record Link(String type, String url) implements Upload {}

    /** Uploaded before. */
    record Stored(String type, String attachmentId) implements Upload {}

    /** Part of the call. */
    record File(String type, String name, String contentType, byte[] content) implements Upload {}
  }

  /**
   * Reads a call.
   *
   * @param file that came with it
   * @throws GraphRefusal with the error that the platform answers
   */
  static MessageRequest read(JsonNode body, Optional<MultipartForm.Part> file, Provider provider) {
    return new Reader(body, file, provider).read();
  }

  /**
   * Reads the attachment of a call that only uploads.
   *
   * @throws GraphRefusal with the error that the platform answers
   */
  static Upload readUpload(JsonNode body, Optional<MultipartForm.Part> file, Provider provider) {
    return new Reader(body, file, provider).readUpload();
  }

  /** Checks one body. */
  final class Reader {

    private static final Set<String> FIELDS =
        Set.of(
            "recipient",
            "messaging_type",
            "tag",
            "message",
            "sender_action",
            "payload",
            "notification_type",
            "access_token");
    private static final Set<String> FILE_TYPES = Set.of("image", "audio", "video", "file");

    private final JsonNode body;
    private final Optional<MultipartForm.Part> file;
    private final Provider provider;

    Reader(JsonNode body, Optional<MultipartForm.Part> file, Provider provider) {
      this.body = body;
      this.file = file;
      this.provider = provider;
    }

    MessageRequest read() {
      onlyKnown(body, "the message", FIELDS);
      JsonNode recipient = object(body, "recipient").orElseThrow(() -> missing("recipient"));
      onlyKnown(recipient, "recipient", Set.of("id"));
      String id = text(recipient, "id").orElseThrow(() -> missing("recipient[id]"));
      if (body.has("sender_action")) {
        return readAction(id);
      }
      return readMessage(id);
    }

    private Action readAction(String recipient) {
      String action = text(body, "sender_action").orElse("");
      if (!provider.senderActions().contains(action)) {
        throw refused("Param sender_action must be one of " + provider.senderActions());
      }
      if (body.has("message")) {
        throw refused("A sender action and a message cannot be sent together");
      }
      if (!action.endsWith("react")) {
        return new Action(recipient, action, Optional.empty(), Optional.empty());
      }
      JsonNode payload = object(body, "payload").orElseThrow(() -> missing("payload"));
      onlyKnown(payload, "payload", Set.of("message_id", "reaction"));
      Optional<String> mid = text(payload, "message_id");
      if (mid.isEmpty()) {
        throw missing("payload[message_id]");
      }
      Optional<String> reaction = text(payload, "reaction");
      if (action.equals("react") && reaction.isEmpty()) {
        throw missing("payload[reaction]");
      }
      return new Action(recipient, action, mid, reaction);
    }

    private Message readMessage(String recipient) {
      boolean humanAgent = readTag();
      JsonNode message = object(body, "message").orElseThrow(() -> missing("message"));
      onlyKnown(message, "message", Set.of("text", "attachment", "quick_replies", "metadata"));
      Optional<String> text = text(message, "text").filter(value -> !value.isBlank());
      Optional<JsonNode> attachment = object(message, "attachment");
      if (text.isPresent() && (attachment.isPresent() || file.isPresent())) {
        throw refused("A message has a text or an attachment, not both");
      }
      if (text.isEmpty() && attachment.isEmpty()) {
        throw new GraphRefusal(GraphError.of(100, 2018034));
      }
      Optional<String> metadata = text(message, "metadata");
      metadata.ifPresent(value -> atMost("message[metadata]", value, MAX_PAYLOAD));
      text.ifPresent(provider::checkText);
      List<Choice> choices = new ArrayList<>(quickReplies(message.path("quick_replies")));
      if (attachment.isEmpty()) {
        return new Message(
            recipient,
            text.orElse(""),
            choices,
            Optional.empty(),
            Optional.empty(),
            humanAgent,
            metadata);
      }
      if (text(attachment.get(), "type").filter("template"::equals).isPresent()) {
        ObjectNode payload =
            (ObjectNode) object(attachment.get(), "payload").orElseThrow(() -> missing("payload"));
        String shown = template(payload, choices);
        return new Message(
            recipient,
            shown,
            choices,
            Optional.empty(),
            Optional.of(payload),
            humanAgent,
            metadata);
      }
      Upload upload = upload(attachment.get());
      return new Message(
          recipient, "", choices, Optional.of(upload), Optional.empty(), humanAgent, metadata);
    }

    /**
     * Source: message tags, 2026-04-27: CONFIRMED_EVENT_UPDATE, ACCOUNT_UPDATE and
     * POST_PURCHASE_UPDATE are not taken any more; HUMAN_AGENT is the only one left.
     */
    private boolean readTag() {
      Optional<String> type = text(body, "messaging_type");
      Optional<String> tag = text(body, "tag");
      if (type.isEmpty() && provider.needsMessagingType()) {
        throw missing("messaging_type");
      }
      type.ifPresent(
          value -> {
            if (!Set.of("RESPONSE", "UPDATE", "MESSAGE_TAG").contains(value)) {
              throw refused("Param messaging_type must be one of RESPONSE, UPDATE, MESSAGE_TAG");
            }
          });
      boolean tagged = type.map("MESSAGE_TAG"::equals).orElse(tag.isPresent());
      if (tagged != tag.isPresent()) {
        throw refused("messaging_type MESSAGE_TAG and a tag belong together");
      }
      tag.ifPresent(
          value -> {
            if (!value.equals("HUMAN_AGENT")) {
              throw refused("Param tag must be one of HUMAN_AGENT, " + value + " is not supported");
            }
          });
      return tagged;
    }

    private static List<Choice> quickReplies(JsonNode replies) {
      List<Choice> choices = new ArrayList<>();
      if (replies.isMissingNode()) {
        return choices;
      }
      if (!replies.isArray()) {
        throw refused("Param message[quick_replies] must be an array.");
      }
      if (replies.size() > MAX_QUICK_REPLIES) {
        throw refused("Param message[quick_replies] has more than 13 elements");
      }
      for (JsonNode reply : replies) {
        onlyKnown(reply, "quick_replies", Set.of("content_type", "title", "payload", "image_url"));
        String type = text(reply, "content_type").orElse("");
        switch (type) {
          case "text" -> {
            String title = text(reply, "title").orElseThrow(() -> missing("quick_replies[title]"));
            String payload =
                text(reply, "payload").orElseThrow(() -> missing("quick_replies[payload]"));
            atMost("quick_replies[title]", title, MAX_TITLE);
            atMost("quick_replies[payload]", payload, MAX_PAYLOAD);
            choices.add(new Choice("quick_reply", title, payload));
          }
          case "user_phone_number", "user_email" ->
              choices.add(new Choice("quick_reply", type, type));
          default -> throw refused("quick_replies[content_type] is not known: " + type);
        }
      }
      return choices;
    }

    /** The text that the template shows; its buttons join the choices. */
    private static String template(ObjectNode payload, List<Choice> choices) {
      String type = text(payload, "template_type").orElseThrow(() -> missing("template_type"));
      switch (type) {
        case "button" -> {
          String shown = text(payload, "text").orElseThrow(() -> missing("payload[text]"));
          atMost("payload[text]", shown, MAX_BUTTON_TEXT);
          if (payload.path("buttons").isEmpty()) {
            throw missing("payload[buttons]");
          }
          buttons(payload.path("buttons"), choices);
          return shown;
        }
        case "generic" -> {
          JsonNode elements = payload.path("elements");
          if (elements.isEmpty() || elements.size() > MAX_ELEMENTS) {
            throw refused("Param payload[elements] must have 1 to 10 elements");
          }
          List<String> shown = new ArrayList<>();
          for (JsonNode element : elements) {
            String title = text(element, "title").orElseThrow(() -> missing("elements[title]"));
            atMost("elements[title]", title, MAX_ELEMENT_TEXT);
            shown.add(title);
            text(element, "subtitle")
                .ifPresent(
                    subtitle -> {
                      atMost("elements[subtitle]", subtitle, MAX_ELEMENT_TEXT);
                      shown.add(subtitle);
                    });
            buttons(element.path("buttons"), choices);
          }
          return String.join("\n", shown);
        }
        default -> throw refused("payload[template_type] is not taken here: " + type);
      }
    }

    private static void buttons(JsonNode buttons, List<Choice> choices) {
      if (buttons.size() > MAX_BUTTONS) {
        throw refused("Param payload[buttons] has more than 3 elements");
      }
      for (JsonNode button : buttons) {
        String type = text(button, "type").orElseThrow(() -> missing("buttons[type]"));
        String title = text(button, "title").orElseThrow(() -> missing("buttons[title]"));
        atMost("buttons[title]", title, MAX_TITLE);
        String value =
            switch (type) {
              case "postback", "phone_number" ->
                  text(button, "payload").orElseThrow(() -> missing("buttons[payload]"));
              case "web_url" -> text(button, "url").orElseThrow(() -> missing("buttons[url]"));
              default -> throw refused("buttons[type] is not known: " + type);
            };
        atMost("buttons[payload]", value, MAX_PAYLOAD);
        choices.add(new Choice(type, title, value));
      }
    }

    Upload readUpload() {
      onlyKnown(body, "the upload", Set.of("message", "access_token", "platform"));
      JsonNode message = object(body, "message").orElseThrow(() -> missing("message"));
      onlyKnown(message, "message", Set.of("attachment"));
      Upload upload =
          upload(object(message, "attachment").orElseThrow(() -> missing("message[attachment]")));
      if (upload instanceof Upload.Stored) {
        throw refused("An attachment id cannot be uploaded again");
      }
      return upload;
    }

    private Upload upload(JsonNode attachment) {
      onlyKnown(attachment, "attachment", Set.of("type", "payload"));
      String type = text(attachment, "type").orElseThrow(() -> missing("attachment[type]"));
      if (!FILE_TYPES.contains(type)) {
        throw refused("attachment[type] must be one of image, audio, video, file, template");
      }
      JsonNode payload = object(attachment, "payload").orElse(MissingNode.getInstance());
      onlyKnown(payload, "payload", Set.of("url", "is_reusable", "attachment_id"));
      if (file.isPresent()) {
        return new Upload.File(
            type,
            file.get().fileName().orElse("file"),
            file.get().contentType(),
            file.get().content());
      }
      Optional<String> id = text(payload, "attachment_id");
      if (id.isPresent()) {
        return new Upload.Stored(type, id.get());
      }
      return new Upload.Link(type, text(payload, "url").orElseThrow(() -> missing("payload[url]")));
    }

    private static Optional<String> text(JsonNode parent, String field) {
      JsonNode value = parent.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return Optional.empty();
      }
      if (!value.isTextual()) {
        throw refused("Param " + field + " must be a string.");
      }
      return Optional.of(value.textValue());
    }

    private static Optional<JsonNode> object(JsonNode parent, String field) {
      JsonNode value = parent.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return Optional.empty();
      }
      if (!value.isObject()) {
        throw refused("Param " + field + " must be a JSON object.");
      }
      return Optional.of(value);
    }

    private static void onlyKnown(JsonNode node, String where, Set<String> known) {
      for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!known.contains(name)) {
          throw refused("Unexpected key \"" + name + "\" on param \"" + where + "\".");
        }
      }
    }

    private static void atMost(String param, String value, int longest) {
      if (value.length() > longest) {
        throw refused("Param " + param + " must be at most " + longest + " characters long.");
      }
    }

    private static GraphRefusal missing(String parameter) {
      return refused("The parameter " + parameter + " is required.");
    }

    private static GraphRefusal refused(String text) {
      return new GraphRefusal(GraphError.parameter(text));
    }
  }
}
