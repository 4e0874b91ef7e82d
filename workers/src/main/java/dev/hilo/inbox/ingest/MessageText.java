package dev.hilo.inbox.ingest;

import dev.hilo.channel.Content;

/** What a message's content looks like as text: shown in the thread, and searched. */
final class MessageText {

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
      case Content.Unsupported unsupported ->
          "⚠ " + unsupported.type() + unsupported.detail().map(detail -> ": " + detail).orElse("");
    };
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
