package dev.hilo.email;

import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a mail says, as an agent sees it.
 *
 * @param newText what was written anew
 * @param isWhole whether nothing had to be cut
 */
record MailboxContent(Content content, String newText, boolean isWhole) {

  private static final int MOST_FILES = 200;
  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp");

  static MailboxContent of(Mail mail) {
    Optional<String> unknown = unknownKind(mail);
    if (unknown.isPresent()) {
      Optional<String> detail =
          Optional.of(MailboxText.sound(MailboxText.cut(mail.subject(), 300)))
              .filter(text -> !text.isBlank());
      return new MailboxContent(new Content.Unsupported(unknown.get(), detail), "", true);
    }
    List<Part> shown = new ArrayList<>();
    for (Part part : mail.parts()) {
      boolean file =
          switch (part.role()) {
            case INLINE, ATTACHMENT, SIGNATURE -> true;
            case BODY, REPORT -> false;
          };
      if (file && shown.size() < MOST_FILES) {
        shown.add(part);
      }
    }
    Optional<HtmlSanitizer.Sanitized> html =
        mail.body().html().map(dirty -> HtmlSanitizer.sanitize(dirty, id -> position(shown, id)));
    String newText = MailboxText.sound(mail.body().newText());
    Content.Mail content =
        new Content.Mail(
            Optional.of(MailboxText.sound(mail.subject())).filter(text -> !text.isBlank()),
            newText,
            quoted(mail.body()).map(MailboxText::sound),
            html.map(clean -> MailboxText.sound(clean.html())).filter(text -> !text.isBlank()),
            shown.stream().map(MailboxContent::file).toList());
    return new MailboxContent(content, newText, html.map(clean -> !clean.cut()).orElse(true));
  }

  /** RFC 2046 §5.2: a piece of a mail, or a pointer to one, is nothing that we can show. */
  private static Optional<String> unknownKind(Mail mail) {
    return mail.headers()
        .first("Content-Type")
        .map(type -> Parameters.parse(type).value().toLowerCase(Locale.ROOT))
        .filter(type -> type.matches("message/[a-z0-9.+_-]{1,60}"))
        .filter(type -> !Set.of("message/rfc822", "message/global", "message/news").contains(type))
        .filter(type -> mail.report().isEmpty());
  }

  /** What the html calls an inline picture: its place among the files. */
  private static String position(List<Part> files, String contentId) {
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).contentId().equals(Optional.of(contentId))) {
        return Integer.toString(i);
      }
    }
    return "";
  }

  /** What stands in the whole text besides the new one. */
  private static Optional<String> quoted(Body body) {
    if (!body.isTrimmed()) {
      return Optional.empty();
    }
    String fresh = body.newText().strip();
    int at = body.text().indexOf(fresh);
    String rest =
        at < 0 || fresh.isEmpty()
            ? body.text()
            : body.text().substring(0, at) + body.text().substring(at + fresh.length());
    return Optional.of(rest.strip()).filter(text -> !text.isBlank());
  }

  private static Content.Media file(Part part) {
    return new Content.Media(
        form(part.mimeType()),
        part.path(),
        Optional.of(part.mimeType()),
        Optional.of(MailboxText.sound(part.shownName())),
        Optional.empty(),
        OptionalLong.of(part.size()));
  }

  private static Form form(String mimeType) {
    if (PICTURES.contains(mimeType)) {
      return Form.IMAGE;
    }
    return mimeType.startsWith("audio/")
        ? Form.AUDIO
        : mimeType.startsWith("video/") ? Form.VIDEO : Form.DOCUMENT;
  }
}
