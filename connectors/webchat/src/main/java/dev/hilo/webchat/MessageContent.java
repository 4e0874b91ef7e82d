package dev.hilo.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.Content;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.Refusal;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What a visitor's message says: answers to the questions before it, text, files. */
final class MessageContent {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern FILE_ID = Pattern.compile("[A-Za-z0-9._~-]{1,200}");
  private static final int MAX_FILE_NAME = 200;
  private static final int MAX_ANSWER = 1000;

  /** Said to the agent above what was written while nobody was on. */
  private static final Map<String, String> OFFLINE =
      Map.of(
          "es", "Escrito cuando no había nadie; espera la respuesta por correo",
          "en", "Written while nobody was on; the answer is expected by email",
          "pt", "Escrito quando não havia ninguém; espera a resposta por e-mail");

  private static final Map<String, String> BEFORE =
      Map.of("es", "Antes de empezar", "en", "Before the chat", "pt", "Antes de começar");

  private final Widget widget;
  private final JsonNode body;

  MessageContent(Widget widget, JsonNode body) {
    this.widget = widget;
    this.body = body;
  }

  /** What was read, or why not. */
  sealed interface Read {
    /** A message that says something. */
    record Complete(Content content) implements Read {}

    /** Not one. */
    record Refused(ParseResult.Refused refused) implements Read {}
  }

  Read read() {
    String text = VisitorJson.string(body, "text").orElse("");
    if (text.length() > WebchatChannel.MAX_TEXT) {
      return refused(
          Refusal.TOO_LARGE,
          "the text has "
              + text.length()
              + " characters, at most "
              + WebchatChannel.MAX_TEXT
              + " are allowed");
    }
    List<Content.Media> files = new ArrayList<>();
    JsonNode given = body.path("files");
    if (!given.isMissingNode() && !given.isNull()) {
      Optional<ParseResult.Refused> no = files(given, files);
      if (no.isPresent()) {
        return new Read.Refused(no.get());
      }
    }
    if (text.isBlank() && files.isEmpty()) {
      return refused(Refusal.MALFORMED, "'text' is missing or blank, and there are no 'files'");
    }
    List<Content> parts = new ArrayList<>();
    form().ifPresent(parts::add);
    if (files.size() == 1 && !text.isBlank()) {
      parts.add(captioned(files.getFirst(), text));
    } else {
      if (!text.isBlank()) {
        parts.add(new Content.Text(text));
      }
      parts.addAll(files);
    }
    return new Read.Complete(parts.size() == 1 ? parts.getFirst() : new Content.Several(parts));
  }

  private Optional<ParseResult.Refused> files(JsonNode given, List<Content.Media> files) {
    String expected = "'files' must list 1 to " + FileTypes.MOST + " files with id, name and type";
    if (!given.isArray() || given.isEmpty() || given.size() > FileTypes.MOST) {
      return Optional.of(malformed(expected));
    }
    if (!widget.attachments()) {
      return Optional.of(malformed("the widget takes no files"));
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode file : given) {
      Optional<String> id =
          VisitorJson.word(file, "id").filter(text -> FILE_ID.matcher(text).matches());
      Optional<String> type =
          VisitorJson.word(file, "type").map(text -> text.toLowerCase(Locale.ROOT));
      Optional<Content.Media.Form> form = type.flatMap(FileTypes::form);
      if (id.isEmpty() || form.isEmpty() || !seen.add(id.get())) {
        return Optional.of(malformed(expected));
      }
      JsonNode size = file.path("size");
      files.add(
          new Content.Media(
              form.get(),
              id.get(),
              type,
              VisitorJson.line(file, "name", MAX_FILE_NAME),
              Optional.empty(),
              size.canConvertToLong() && size.isIntegralNumber() && size.longValue() > 0
                  ? OptionalLong.of(size.longValue())
                  : OptionalLong.empty()));
    }
    return Optional.empty();
  }

  private static Content.Media captioned(Content.Media file, String text) {
    return new Content.Media(
        file.form(),
        file.reference(),
        file.mimeType(),
        file.fileName(),
        Optional.of(text),
        file.size());
  }

  /**
   * The answers to the widget's own questions, by their labels in the account's language. What the
   * widget does not ask is left out: a visitor's page cannot put words into our mouth.
   */
  private Optional<Content> form() {
    ObjectNode answers = MAPPER.createObjectNode();
    for (PrechatField field : widget.prechat()) {
      if (!field.isClaim()) {
        answer(field, answers);
      }
    }
    boolean offline = body.path("offline").isBoolean() && body.path("offline").booleanValue();
    if (offline) {
      VisitorJson.line(body.path("profile"), "email", 254)
          .ifPresent(email -> answers.put("email", email));
    } else if (answers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Content.FormReply(
            Optional.of(offline ? "offline" : "prechat"),
            Optional.of(inTheAccountsLanguage(offline ? OFFLINE : BEFORE)),
            answers.toString()));
  }

  private void answer(PrechatField field, ObjectNode answers) {
    JsonNode fields = body.path("fields");
    String label = field.label().in(language()).orElse(field.name());
    switch (field.type()) {
      case CHECKBOX -> {
        JsonNode given = fields.path(field.name());
        if (given.isBoolean()) {
          answers.put(label, given.booleanValue());
        }
      }
      case SELECT ->
          VisitorJson.word(fields, field.name())
              .flatMap(
                  value ->
                      field.options().stream()
                          .filter(option -> option.value().equals(value))
                          .findFirst())
              .ifPresent(
                  option ->
                      answers.put(label, option.label().in(language()).orElse(option.value())));
      case NAME, PHONE, EMAIL, TEXT ->
          VisitorJson.line(fields, field.name(), MAX_ANSWER)
              .ifPresent(value -> answers.put(label, value));
    }
  }

  private String inTheAccountsLanguage(Map<String, String> texts) {
    return texts.getOrDefault(language(), texts.getOrDefault("en", ""));
  }

  private String language() {
    return widget.language().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static Read refused(Refusal refusal, String detail) {
    return new Read.Refused(new ParseResult.Refused(refusal, detail));
  }

  private static ParseResult.Refused malformed(String detail) {
    return new ParseResult.Refused(Refusal.MALFORMED, detail);
  }
}
