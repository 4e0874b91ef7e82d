package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.whatsapp.MessageParts.Choice;
import dev.hilo.simulators.whatsapp.MessageParts.Kind;
import dev.hilo.simulators.whatsapp.MessageParts.Menu;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads questions with buttons or a list.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/
 * interactive-reply-buttons-messages and interactive-list-messages, read 2026-11-20. Lengths are
 * UTF-16 units.
 */
final class InteractiveReader {

  private static final int MAX_BUTTONS = 3;
  private static final int MAX_BUTTON_TITLE = 20;
  private static final int MAX_BUTTON_ID = 256;
  private static final int MAX_BUTTON_BODY = 1024;
  private static final int MAX_ROWS = 10;
  private static final int MAX_ROW_TITLE = 24;
  private static final int MAX_DESCRIPTION = 72;
  private static final int MAX_ROW_ID = 200;
  private static final int MAX_LIST_BODY = 4096;
  private static final int MAX_HEADING = 60;
  private static final Set<String> OTHER_TYPES =
      Set.of(
          "cta_url",
          "location_request_message",
          "address_message",
          "flow",
          "product",
          "product_list",
          "catalog_message",
          "call_permission_request",
          "voice_call",
          "carousel");

  private final JsonNode node;

  InteractiveReader(JsonNode body) {
    this.node = Fields.requiredObject(body, "interactive", "interactive");
  }

  /**
   * What was read.
   *
   * @param file of the heading
   */
  record Question(String body, MessageParts parts, Optional<FileToSend> file) {}

  Question read() {
    Fields.onlyKnown(node, "interactive", Set.of("type", "header", "body", "footer", "action"));
    String type = Fields.text(node, "type").orElseThrow(() -> Fields.absent("interactive.type"));
    if (OTHER_TYPES.contains(type)) {
      throw new GraphRefusal(
          GraphError.of(131051, "this stand-in asks with button and list, not '" + type + "'"));
    }
    boolean list = type.equals("list");
    if (!list && !type.equals("button")) {
      throw new GraphRefusal(
          GraphError.parameter(
              "Param interactive['type'] must be one of {BUTTON, LIST} - got \"" + type + "\"."));
    }
    String body = textOf("body", list ? MAX_LIST_BODY : MAX_BUTTON_BODY).orElseThrow(this::noBody);
    Optional<String> footer = textOf("footer", MAX_HEADING);
    JsonNode header = Fields.object(node, "header");
    Optional<String> heading = Optional.empty();
    Optional<FileToSend> file = Optional.empty();
    if (!header.isMissingNode()) {
      String kind = Fields.text(header, "type").orElseThrow(() -> Fields.absent("header.type"));
      Fields.onlyKnown(header, "header", Set.of("type", kind));
      if (kind.equals("text")) {
        String text = Fields.required(header, "text", "header.text");
        Fields.length("Header text", text, MAX_HEADING);
        heading = Optional.of(text);
      } else if (list || !Set.of("image", "video", "document").contains(kind)) {
        throw Fields.notValid("header type '" + kind + "' cannot be used with " + type);
      } else {
        file = Optional.of(FileReader.read(header, kind, false));
      }
    }
    JsonNode action = Fields.requiredObject(node, "action", "interactive.action");
    Menu menu = list ? list(action) : buttons(action);
    return new Question(
        body,
        new MessageParts(Optional.empty(), heading, footer, Optional.of(menu), Optional.empty()),
        file);
  }

  private GraphRefusal noBody() {
    return Fields.absent("interactive.body");
  }

  private Optional<String> textOf(String part, int longest) {
    JsonNode object = Fields.object(node, part);
    if (object.isMissingNode()) {
      return Optional.empty();
    }
    Fields.onlyKnown(object, part, Set.of("text"));
    String text = Fields.text(object, "text").orElseThrow(() -> Fields.absent(part + ".text"));
    Fields.length(part + " text", text, longest);
    return Optional.of(text);
  }

  private static Menu buttons(JsonNode action) {
    Fields.onlyKnown(action, "action", Set.of("buttons"));
    JsonNode buttons = Fields.array(action, "buttons", "action['buttons']");
    if (buttons.isEmpty() || buttons.size() > MAX_BUTTONS) {
      throw Fields.notValid(
          "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: " + MAX_BUTTONS);
    }
    List<Choice> choices = new ArrayList<>();
    for (JsonNode button : buttons) {
      Fields.onlyKnown(button, "buttons", Set.of("type", "reply"));
      if (!Fields.text(button, "type").orElse("").equals("reply")) {
        throw Fields.notValid("buttons.type must be 'reply'");
      }
      JsonNode reply = Fields.requiredObject(button, "reply", "buttons.reply");
      Fields.onlyKnown(reply, "reply", Set.of("id", "title"));
      String id = Fields.text(reply, "id").orElseThrow(() -> Fields.absent("reply.id"));
      String title = Fields.text(reply, "title").orElseThrow(() -> Fields.absent("reply.title"));
      Fields.length("Button id", id, MAX_BUTTON_ID);
      if (!id.equals(id.strip())) {
        throw Fields.notValid("Button id has spaces at its ends");
      }
      Fields.length("Button title", title, MAX_BUTTON_TITLE);
      choices.add(new Choice(Kind.REPLY, id, title, Optional.empty()));
    }
    unique("button id", choices.stream().map(Choice::id).toList());
    unique("button title", choices.stream().map(Choice::title).toList());
    return new Menu(Optional.empty(), choices);
  }

  private static Menu list(JsonNode action) {
    Fields.onlyKnown(action, "action", Set.of("button", "sections"));
    String button = Fields.text(action, "button").orElseThrow(() -> Fields.absent("action.button"));
    Fields.length("Button label", button, MAX_BUTTON_TITLE);
    JsonNode sections = Fields.array(action, "sections", "action['sections']");
    if (sections.isEmpty() || sections.size() > MAX_ROWS) {
      throw Fields.notValid("Invalid sections count. Min: 1, Max: " + MAX_ROWS);
    }
    List<Choice> choices = new ArrayList<>();
    for (JsonNode section : sections) {
      Fields.onlyKnown(section, "sections", Set.of("title", "rows"));
      Optional<String> title = Fields.text(section, "title");
      if (title.isEmpty() && sections.size() > 1) {
        throw Fields.absent("sections.title");
      }
      title.ifPresent(text -> Fields.length("Section title", text, MAX_ROW_TITLE));
      JsonNode rows = Fields.array(section, "rows", "sections['rows']");
      if (rows.isEmpty()) {
        throw Fields.notValid("a section needs at least one row");
      }
      rows.forEach(row -> choices.add(row(row)));
    }
    if (choices.size() > MAX_ROWS) {
      throw Fields.notValid("Total row count exceed max allowed count: " + MAX_ROWS);
    }
    unique("row id", choices.stream().map(Choice::id).toList());
    return new Menu(Optional.of(button), choices);
  }

  private static Choice row(JsonNode row) {
    Fields.onlyKnown(row, "rows", Set.of("id", "title", "description"));
    String id = Fields.text(row, "id").orElseThrow(() -> Fields.absent("rows.id"));
    String title = Fields.text(row, "title").orElseThrow(() -> Fields.absent("rows.title"));
    Optional<String> description = Fields.text(row, "description");
    Fields.length("Row id", id, MAX_ROW_ID);
    Fields.length("Row title", title, MAX_ROW_TITLE);
    description.ifPresent(text -> Fields.length("Row description", text, MAX_DESCRIPTION));
    return new Choice(Kind.ROW, id, title, description);
  }

  private static void unique(String what, List<String> values) {
    if (new HashSet<>(values).size() < values.size()) {
      throw Fields.notValid("Duplicate " + what);
    }
  }
}
