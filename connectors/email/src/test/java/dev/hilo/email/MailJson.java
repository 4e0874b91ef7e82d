package dev.hilo.email;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mail as read and as judged, in a form that is reviewed like code; what is empty is left out.
 */
final class MailJson {

  private static final ObjectMapper MAPPER = new JsonMapper();
  private static final Set<String> OUR_MAILBOXES = Set.of("soporte@tienda.example");
  private static final Set<String> TRUSTED = Set.of("mx.tienda.example");

  private MailJson() {}

  static String write(Mail mail) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("messageId", mail.messageId());
    if (!mail.messageIdGiven()) {
      json.put("messageIdGiven", false);
    }
    addresses(json, "from", mail.from());
    addresses(json, "sender", mail.sender().stream().toList());
    addresses(json, "replyTo", mail.replyTo());
    addresses(json, "originalSender", mail.originalSender().stream().toList());
    addresses(json, "to", mail.to());
    addresses(json, "cc", mail.cc());
    addresses(json, "deliveredTo", mail.deliveredTo());
    addresses(json, "forwardedFor", mail.forwardedFor());
    text(json, "subject", mail.subject());
    mail.date().ifPresent(date -> json.put("date", date.toString()));
    texts(json, "inReplyTo", mail.inReplyTo());
    texts(json, "references", mail.references());
    mail.returnPath().ifPresent(path -> json.put("returnPath", path));
    if (mail.protection() != Mail.Protection.NONE) {
      json.put("protection", mail.protection().name());
    }
    text(json, "text", mail.body().text());
    if (mail.body().isTrimmed()) {
      text(json, "newText", mail.body().newText());
    }
    mail.body().newHtml().ifPresent(html -> html(json, html, mail.parts()));
    ArrayNode parts = MAPPER.createArrayNode();
    mail.parts().forEach(part -> parts.add(part(part)));
    array(json, "parts", parts);
    Robot.of(mail, OUR_MAILBOXES, "tienda.example")
        .ifPresent(
            robot ->
                json.put(
                    "robot",
                    robot.kind()
                        + " ("
                        + robot.reason()
                        + ")"
                        + (robot.certain() ? "" : ", perhaps")));
    Bounce.of(mail).ifPresent(bounce -> json.set("bounce", bounce(bounce)));
    Authenticity authenticity = Authenticity.of(mail, TRUSTED);
    json.put("vouched", (authenticity.vouched() ? "yes: " : "no: ") + authenticity.reason());
    texts(json, "damage", mail.damage());
    return print(json);
  }

  private static void html(ObjectNode json, String html, List<Part> parts) {
    HtmlSanitizer.Sanitized safe = HtmlSanitizer.sanitize(html, parts);
    json.put("safeHtml", safe.html());
    if (safe.remoteImages() > 0) {
      json.put("remoteImages", safe.remoteImages());
    }
    texts(json, "shownParts", safe.parts().stream().sorted().toList());
  }

  private static ObjectNode part(Part part) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("path", part.path());
    json.put("type", part.mimeType());
    part.fileName().ifPresent(name -> json.put("name", name));
    part.contentId().ifPresent(id -> json.put("contentId", id));
    json.put("role", part.role().name());
    json.put("size", part.size());
    return json;
  }

  private static ObjectNode bounce(Bounce bounce) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("kind", bounce.kind().name());
    bounce.originalMessageId().ifPresent(id -> json.put("originalMessageId", id));
    ArrayNode recipients = MAPPER.createArrayNode();
    for (Bounce.Recipient recipient : bounce.recipients()) {
      ObjectNode one = recipients.addObject();
      one.put("address", recipient.address());
      one.put("kind", recipient.kind().name());
      recipient.status().ifPresent(status -> one.put("status", status));
      recipient.diagnostic().ifPresent(words -> one.put("diagnostic", words));
    }
    array(json, "recipients", recipients);
    return json;
  }

  private static void addresses(ObjectNode json, String name, List<MailAddress> addresses) {
    texts(
        json,
        name,
        addresses.stream()
            .map(one -> one.name().map(shown -> shown + " ").orElse("") + "<" + one.address() + ">")
            .toList());
  }

  private static void texts(ObjectNode json, String name, List<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    array(json, name, array);
  }

  private static void array(ObjectNode json, String name, ArrayNode array) {
    Optional.of(array).filter(some -> !some.isEmpty()).ifPresent(some -> json.set(name, some));
  }

  private static void text(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  private static String print(JsonNode json) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
