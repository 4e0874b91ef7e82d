package dev.hilo.inbox.ingest;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hilo.channel.Content;
import java.util.Optional;
import java.util.stream.Stream;

/** What a message's content looks like as text: shown in the thread, and searched. */
final class MessageText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MessageText() {}

  static String of(Content content) {
    return switch (content) {
      case Content.Text text -> text.body();
      case Content.Media media ->
          symbol(media.form())
              + media.fileName().map(name -> " " + name).orElse("")
              + media.caption().map(caption -> " " + caption).orElse("");
      case Content.Location place ->
          "📍 "
              + place.name().map(name -> name + ", ").orElse("")
              + place.address().map(address -> address + ", ").orElse("")
              + place.latitude()
              + " "
              + place.longitude();
      case Content.ContactCard card ->
          "👤 " + card.name() + card.phone().map(phone -> " " + phone).orElse("");
      case Content.ButtonReply button -> "▸ " + button.title();
      case Content.Mail mail -> mail(mail);
      case Content.Several several ->
          several.parts().stream().map(MessageText::of).collect(joining("\n"));
      case Content.Shared shared ->
          Stream.of(
                  Optional.of("↗ " + shared.type()),
                  shared.title(),
                  shared.text(),
                  shared.link().map(Content.LinkOnly::url))
              .flatMap(Optional::stream)
              .collect(joining(" · "));
      case Content.Order order -> order(order);
      case Content.FormReply form -> form(form);
      case Content.Unsupported unsupported ->
          "⚠ " + unsupported.type() + unsupported.detail().map(detail -> ": " + detail).orElse("");
    };
  }

  private static String mail(Content.Mail mail) {
    return Stream.of(
            mail.subject().filter(subject -> !subject.isBlank()).map(subject -> "✉ " + subject),
            Optional.of(mail.text()).filter(text -> !text.isBlank()),
            Optional.of(mail.files().stream().map(MessageText::of).collect(joining("\n")))
                .filter(files -> !files.isEmpty()))
        .flatMap(Optional::stream)
        .collect(joining("\n"));
  }

  private static String order(Content.Order order) {
    return "🛒"
        + order.note().map(note -> " " + note).orElse("")
        + order.items().stream()
            .map(
                item ->
                    "\n"
                        + item.quantity().toPlainString()
                        + " × "
                        + item.product()
                        + item.price().map(price -> " · " + price.toPlainString()).orElse("")
                        + item.currency().map(currency -> " " + currency).orElse(""))
            .collect(joining());
  }

  /** An object's answers one on a line, whatever else it is as it is. */
  private static String form(Content.FormReply form) {
    String head = "📝" + form.title().map(title -> " " + title).orElse("");
    try {
      JsonNode answers = JSON.readTree(form.answers());
      if (answers != null && answers.isObject()) {
        return head
            + answers.properties().stream()
                .map(
                    answer ->
                        "\n"
                            + answer.getKey()
                            + ": "
                            + (answer.getValue().isValueNode()
                                ? answer.getValue().asText()
                                : answer.getValue().toString()))
                .collect(joining());
      }
    } catch (JsonProcessingException e) {
      // Shown as it came.
    }
    return head + " " + form.answers();
  }

  private static String symbol(Content.Media.Form form) {
    return switch (form) {
      case IMAGE -> "🖼";
      case AUDIO -> "🎤";
      case VIDEO -> "🎬";
      case DOCUMENT -> "📄";
      case STICKER -> "🏷";
    };
  }
}
