package dev.hilo.whatsapp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what a message holds; the object of the message's {@code type} has the same name. What does
 * not have its documented shape, or is of a type not known, is shown as unsupported.
 *
 * <p>Source: as {@link MessageReader}.
 */
final class ContentReader {

  private static final int LONGEST_DETAIL = 1000;
  private static final int LONGEST_TYPE = 60;
  private static final int LONGEST_ADDRESS = 2000;
  private static final JsonFactory JSON = new JsonFactory();

  /** Where the documented kinds have what the customer wrote. */
  private static final List<String> WORDS = List.of("caption", "body", "text", "title", "name");

  Content read(Part message) {
    String type = message.text("type").orElse("untyped");
    Part body = message.part(type);
    Optional<Content> content =
        switch (type) {
          case "text" -> body.raw("body").map(Content.Text::new);
          case "image" -> media(Form.IMAGE, body);
          case "video" -> media(Form.VIDEO, body);
          // "voice" is the older name of a recorded message.
          case "audio", "voice" -> media(Form.AUDIO, body);
          case "document" -> media(Form.DOCUMENT, body);
          case "sticker" -> media(Form.STICKER, body);
          case "location" -> location(body);
          case "contacts" -> cards(message.parts("contacts"));
          case "button" ->
              body.text("text").map(title -> new Content.ButtonReply(title, body.text("payload")));
          case "interactive" -> interactive(body);
          case "order" -> Optional.of(order(body));
          default -> Optional.empty();
        };
    return content.orElseGet(
        () -> unsupported(unsupportedType(message, type), detail(message, type)));
  }

  /** An edited caption may come without the file that it stands below. */
  Content readEdited(Part message) {
    Content content = read(message);
    return content instanceof Content.Unsupported
        ? message
            .text("type")
            .flatMap(type -> message.part(type).text("caption"))
            .<Content>map(Content.Text::new)
            .orElse(content)
        : content;
  }

  /** By its id; the address that some webhooks have besides it works for five minutes only. */
  private static Optional<Content> media(Form form, Part body) {
    return body.id("id", 512)
        .or(() -> body.id("url", LONGEST_ADDRESS))
        .map(
            reference ->
                new Content.Media(
                    form,
                    reference,
                    body.text("mime_type"),
                    body.text("filename"),
                    body.text("caption"),
                    OptionalLong.empty()));
  }

  private static Optional<Content> location(Part body) {
    Optional<Double> latitude = degrees(body, "latitude", 90);
    Optional<Double> longitude = degrees(body, "longitude", 180);
    return latitude.isEmpty() || longitude.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Content.Location(
                latitude.get(), longitude.get(), body.text("name"), body.text("address")));
  }

  /** Written as a number, by some as a string. */
  private static Optional<Double> degrees(Part body, String name, int most) {
    JsonNode node = body.get(name);
    return (node.isNumber()
            ? Optional.of(node.doubleValue())
            : body.decimal(name).map(BigDecimal::doubleValue))
        .filter(value -> Math.abs(value) <= most);
  }

  /** One line for all cards: the first one's phone apart, the others' behind their names. */
  private static Optional<Content> cards(List<Part> cards) {
    List<String> names = new ArrayList<>();
    Optional<String> firstPhone = Optional.empty();
    for (Part card : cards) {
      Part phones = card.parts("phones").stream().findFirst().orElseGet(Part::none);
      Optional<String> phone = phones.text("phone").or(() -> phones.text("wa_id"));
      Optional<String> name =
          card.part("name")
              .text("formatted_name")
              .or(() -> card.text("vcard").flatMap(ContentReader::cardName));
      if (names.isEmpty()) {
        firstPhone = phone;
        names.add(name.or(() -> phone).orElse("?"));
      } else {
        names.add(name.orElse("?") + phone.map(number -> " " + number).orElse(""));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Content.ContactCard(
                OneLine.of(String.join(", ", names), LONGEST_DETAIL), firstPhone));
  }

  /** Source: RFC 6350 §6.2.1. */
  private static Optional<String> cardName(String card) {
    return card.lines()
        .filter(line -> line.startsWith("FN:"))
        .map(line -> line.substring("FN:".length()).strip())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  private static Optional<Content> interactive(Part body) {
    String type = body.text("type").orElse("");
    Part reply = body.part(type);
    return switch (type) {
      case "button_reply", "list_reply" ->
          reply.text("title").map(title -> new Content.ButtonReply(title, reply.text("id")));
      case "nfm_reply" ->
          answers(reply)
              .map(json -> new Content.FormReply(reply.text("name"), reply.text("body"), json));
      case "call_permission_reply" ->
          reply.text("response").map(title -> new Content.ButtonReply(title, Optional.of(type)));
      default -> Optional.empty();
    };
  }

  /** The answers as they came: a string with JSON in it, or JSON. */
  private static Optional<String> answers(Part reply) {
    JsonNode json = reply.get("response_json");
    if (json.isContainerNode()) {
      return Optional.of(Part.unicode(json.toString()));
    }
    return reply.raw("response_json").filter(ContentReader::isJson);
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      boolean any = false;
      while (parser.nextToken() != null) {
        any = true;
      }
      return any;
    } catch (IOException e) {
      return false;
    }
  }

  /** An order of which a line cannot be read is no order; what it says is then shown. */
  private static Content order(Part order) {
    List<Content.Order.Item> items = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Part item : order.parts("product_items")) {
      Optional<String> product = item.text("product_retailer_id");
      Optional<BigDecimal> quantity = item.decimal("quantity");
      lines.add(item.text("quantity").orElse("?") + " × " + product.orElse("?"));
      if (product.isPresent() && quantity.isPresent()) {
        items.add(
            new Content.Order.Item(
                product.get(), quantity.get(), item.decimal("item_price"), item.text("currency")));
      }
    }
    Optional<String> note = order.text("text");
    return items.isEmpty() || items.size() < lines.size()
        ? unsupported(
            "order", Optional.of(String.join(", ", lines) + note.map(": "::concat).orElse("")))
        : new Content.Order(order.text("catalog_id"), note, items);
  }

  private static String unsupportedType(Part message, String type) {
    return switch (type) {
      case "unsupported" -> message.part("unsupported").text("type").orElse(type);
      case "interactive" -> "interactive/" + message.part(type).text("type").orElse("untyped");
      default -> type;
    };
  }

  /** The provider's own explanation; where it has none, the words that may be inside. */
  private static Optional<String> detail(Part message, String type) {
    return message.parts("errors").stream()
        .findFirst()
        .map(error -> GraphError.of(error).line())
        .filter(line -> !line.isEmpty())
        .or(
            () ->
                WORDS.stream().flatMap(name -> message.part(type).text(name).stream()).findFirst())
        // What the business sends is nested deeper.
        .or(() -> message.part(type).part("body").text("text"));
  }

  private static Content unsupported(String type, Optional<String> detail) {
    String name = OneLine.of(type, LONGEST_TYPE);
    return new Content.Unsupported(
        name.isEmpty() ? "untyped" : name,
        detail.map(text -> OneLine.of(text, LONGEST_DETAIL)).filter(text -> !text.isEmpty()));
  }
}
