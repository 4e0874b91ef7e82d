package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call of {@code POST /{phone-number-id}/messages}, checked as strictly as the real one where its
 * strictness is known, and more strictly where it is not: unknown fields are refused.
 *
 * <p>Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, read 2026-11-20.
 */
sealed interface SendRequest {

  /** Source: Cloud API reference, text object: at most 4096 characters. Counted in UTF-16 units. */
  int MAX_TEXT = 4096;

  /** Source: Cloud API reference, {@code biz_opaque_callback_data}: at most 512 characters. */
  int MAX_OPAQUE = 512;

  /**
   * A message.
   *
   * @param input the recipient as given
   * @param recipient E.164 number or business-scoped user id
   * @param content what the customer will see
   */
  record Message(String input, String recipient, Content content, Optional<String> opaque)
      implements SendRequest {
    boolean toUserId() {
      return !recipient.startsWith("+");
    }

    Optional<Template> template() {
      return content.template();
    }

    /** The same with the file at hand. */
    Message with(MessageParts.File file) {
      Content shown =
          new Content(
              content.text(),
              content.parts().with(file),
              content.template(),
              Optional.empty(),
              content.reaction());
      return new Message(input, recipient, shown, opaque);
    }
  }

  /**
   * What is sent.
   *
   * @param file still to be got
   * @param reaction instead of all else
   */
  record Content(
      String text,
      MessageParts parts,
      Optional<Template> template,
      Optional<FileToSend> file,
      Optional<Reaction> reaction) {
    static Content of(String text) {
      return of(text, MessageParts.NONE, Optional.empty());
    }

    static Content of(String text, MessageParts parts, Optional<FileToSend> file) {
      return new Content(text, parts, Optional.empty(), file, Optional.empty());
    }

    Content quoting(Optional<String> quoted) {
      return new Content(text, parts.quoting(quoted), template, file, reaction);
    }
  }

  /**
   * A reaction to a message.
   *
   * @param emoji empty: the reaction is taken off
   */
  record Reaction(String wamid, Optional<String> emoji) {}

  /** The customer's message was read; perhaps an answer is being typed. */
  record Read(String wamid, boolean typing) implements SendRequest {}

  /**
   * Reads a body.
   *
   * @throws GraphRefusal with the error that the platform answers
   */
  static SendRequest read(JsonNode body, BusinessNumber from, Templates templates) {
    return new Reader(body, from, templates).read();
  }

  /** Checks one body. */
  final class Reader {

    private static final Set<String> FIELDS =
        Set.of(
            "messaging_product",
            "recipient_type",
            "to",
            "recipient",
            "type",
            "text",
            "template",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "interactive",
            "reaction",
            "location",
            "contacts",
            "context",
            "biz_opaque_callback_data",
            "status",
            "message_id",
            "typing_indicator");
    private static final Pattern DIGITS = Pattern.compile("\\+?\\d{5,20}");

    private final JsonNode body;
    private final BusinessNumber from;
    private final Templates templates;

    Reader(JsonNode body, BusinessNumber from, Templates templates) {
      this.body = body;
      this.from = from;
      this.templates = templates;
    }

    SendRequest read() {
      String product =
          Fields.text(body, "messaging_product")
              .orElseThrow(() -> Fields.missing("messaging_product"));
      if (!product.equals("whatsapp")) {
        throw new GraphRefusal(
            GraphError.parameter(
                "Param messaging_product must be one of {WHATSAPP} - got \"" + product + "\"."));
      }
      Fields.onlyKnown(body, "the message", FIELDS);
      return body.has("status") ? readMark() : readMessage();
    }

    private Read readMark() {
      String status = Fields.text(body, "status").orElse("");
      if (!status.equals("read")) {
        throw new GraphRefusal(
            GraphError.parameter("Param status must be one of {READ} - got \"" + status + "\"."));
      }
      String wamid =
          Fields.text(body, "message_id").orElseThrow(() -> Fields.missing("message_id"));
      JsonNode typing = Fields.object(body, "typing_indicator");
      if (!typing.isMissingNode()) {
        Fields.onlyKnown(typing, "typing_indicator", Set.of("type"));
        String type = Fields.text(typing, "type").orElse("");
        if (!type.equals("text")) {
          throw Fields.notValid("typing_indicator.type must be 'text', got '" + type + "'");
        }
      }
      return new Read(wamid, !typing.isMissingNode());
    }

    private Message readMessage() {
      String recipientType = Fields.text(body, "recipient_type").orElse("individual");
      if (!recipientType.equals("individual")) {
        throw new GraphRefusal(
            GraphError.parameter(
                "Param recipient_type must be one of {INDIVIDUAL} - got \""
                    + recipientType
                    + "\"."));
      }
      Optional<String> quoted = quoted();
      Optional<String> opaque = Fields.text(body, "biz_opaque_callback_data");
      opaque.ifPresent(value -> Fields.atMost("biz_opaque_callback_data", value, MAX_OPAQUE));
      // Source: Meta's page on business-scoped user ids: if both are given, the phone wins.
      Optional<String> to = Fields.text(body, "to");
      String input =
          to.or(() -> Fields.text(body, "recipient")).orElseThrow(() -> Fields.missing("to"));
      String recipient = to.isPresent() ? number(input) : userId(input);
      if (recipient.equals("+" + from.digits())) {
        throw new GraphRefusal(GraphError.of(131021));
      }
      String type = Fields.text(body, "type").orElse("text");
      Content content = content(type);
      if (content.reaction().isPresent() && quoted.isPresent()) {
        throw new GraphRefusal(GraphError.parameter("A reaction cannot have a context."));
      }
      return new Message(input, recipient, content.quoting(quoted), opaque);
    }

    private Optional<String> quoted() {
      JsonNode context = Fields.object(body, "context");
      if (context.isMissingNode()) {
        return Optional.empty();
      }
      Fields.onlyKnown(context, "context", Set.of("message_id"));
      String quoted =
          Fields.text(context, "message_id").orElseThrow(() -> Fields.absent("context.message_id"));
      if (!quoted.startsWith("wamid.")) {
        throw Fields.notValid("context.message_id is not a message id: " + quoted);
      }
      return Optional.of(quoted);
    }

    private Content content(String type) {
      return switch (type) {
        case "text" -> Content.of(textBody());
        case "template" -> {
          TemplateReader.Filled filled = new TemplateReader(body, templates).read();
          yield new Content(
              filled.body(),
              filled.parts(),
              Optional.of(filled.template()),
              filled.file(),
              Optional.empty());
        }
        case "image", "video", "audio", "document", "sticker" -> {
          FileToSend file = FileReader.read(body, type, true);
          String caption = FileReader.caption(body.path(type), type);
          yield Content.of(caption, MessageParts.NONE, Optional.of(file));
        }
        case "interactive" -> {
          InteractiveReader.Question question = new InteractiveReader(body).read();
          yield Content.of(question.body(), question.parts(), question.file());
        }
        case "reaction" ->
            new Content(
                "", MessageParts.NONE, Optional.empty(), Optional.empty(), Optional.of(reaction()));
        case "location" -> Content.of(location());
        case "contacts" -> Content.of(contacts());
        default ->
            throw new GraphRefusal(
                GraphError.of(131051, "this stand-in does not send the type '" + type + "'"));
      };
    }

    private Reaction reaction() {
      JsonNode reaction = Fields.requiredObject(body, "reaction", "reaction");
      Fields.onlyKnown(reaction, "reaction", Set.of("message_id", "emoji"));
      String wamid = Fields.required(reaction, "message_id", "reaction.message_id");
      String emoji =
          Fields.text(reaction, "emoji").orElseThrow(() -> Fields.absent("reaction.emoji"));
      boolean good =
          emoji.codePoints().noneMatch(Character::isLetter)
              && emoji.codePoints().anyMatch(Character::isEmoji);
      if (!emoji.isEmpty() && !good) {
        throw Fields.notValid("reaction.emoji is not an emoji: " + emoji);
      }
      return new Reaction(wamid, Optional.of(emoji).filter(value -> !value.isEmpty()));
    }

    /** Source: channel facts: coordinates are strings when they are sent; numbers are taken too. */
    private String location() {
      JsonNode location = Fields.requiredObject(body, "location", "location");
      Fields.onlyKnown(location, "location", Set.of("latitude", "longitude", "name", "address"));
      String latitude = coordinate(location, "latitude", 90);
      String longitude = coordinate(location, "longitude", 180);
      List<String> lines = new ArrayList<>();
      Fields.text(location, "name").ifPresent(lines::add);
      Fields.text(location, "address").ifPresent(lines::add);
      lines.add(latitude + ", " + longitude);
      return "📍 " + String.join("\n", lines);
    }

    private static String coordinate(JsonNode location, String field, int most) {
      JsonNode value = location.path(field);
      if (value.isMissingNode()) {
        throw Fields.absent("location." + field);
      }
      String text = value.asText();
      if (!text.matches("-?\\d{1,3}(\\.\\d+)?") || Math.abs(Double.parseDouble(text)) > most) {
        throw Fields.notValid("location." + field + " is not a coordinate: " + text);
      }
      return text;
    }

    private String contacts() {
      JsonNode contacts = Fields.array(body, "contacts", "contacts");
      if (contacts.isEmpty()) {
        throw Fields.absent("contacts");
      }
      List<String> lines = new ArrayList<>();
      for (JsonNode contact : contacts) {
        JsonNode name = Fields.requiredObject(contact, "name", "contacts.name");
        String shown = Fields.required(name, "formatted_name", "contacts.name.formatted_name");
        // Source: contacts messages: at least one other part of the name is needed.
        if (name.size() < 2) {
          throw Fields.absent("contacts.name.first_name");
        }
        lines.add("👤 " + shown + " " + contact.at("/phones/0/phone").asText());
      }
      return String.join("\n", lines).strip();
    }

    /**
     * Source: Meta's page on sending messages: without a plus, the business's own country code is
     * put before the number, and the message goes astray.
     */
    private String number(String input) {
      String compact = input.replaceAll("[\\s().-]", "");
      if (!DIGITS.matcher(compact).matches()) {
        throw Fields.notValid("to is not a phone number: " + input);
      }
      return compact.startsWith("+") ? compact : "+" + from.countryCode() + compact;
    }

    private static String userId(String input) {
      if (!Customer.USER_ID.matcher(input).matches()) {
        throw Fields.notValid("recipient is not a user id: " + input);
      }
      return input;
    }

    private String textBody() {
      JsonNode text = Fields.requiredObject(body, "text", "text");
      Fields.onlyKnown(text, "text", Set.of("body", "preview_url"));
      if (text.has("preview_url") && !text.get("preview_url").isBoolean()) {
        throw new GraphRefusal(
            GraphError.parameter("Param text['preview_url'] must be a boolean."));
      }
      String value = Fields.required(text, "body", "text.body");
      Fields.atMost("text['body']", value, MAX_TEXT);
      return value;
    }
  }
}
