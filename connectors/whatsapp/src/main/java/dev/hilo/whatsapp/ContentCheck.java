package dev.hilo.whatsapp;

import dev.hilo.channel.Capabilities.FileLimit;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be sent: checked before anything leaves, so that the provider never sees a message over
 * its limits. Lengths are UTF-16 units, sizes bytes.
 */
final class ContentCheck {

  private static final Set<Form> WITH_CAPTION = Set.of(Form.IMAGE, Form.VIDEO, Form.DOCUMENT);
  private static final Set<Form> IN_TEMPLATES = Set.of(Form.IMAGE, Form.VIDEO, Form.DOCUMENT);

  private ContentCheck() {}

  /** What is wrong with it, for an administrator; empty when nothing is. */
  static Optional<String> problem(OutboundContent content) {
    return switch (content) {
      case OutboundContent.Text text -> length("the text", text.body(), Limits.TEXT);
      case OutboundContent.Media media -> media(media);
      case Choices choices -> choices(choices);
      case OutboundContent.Template template -> template.header().flatMap(ContentCheck::header);
      case OutboundContent.Reaction reaction ->
          reaction.emoji().isPresent() && reaction.emoji().get().isBlank()
              ? Optional.of("expected an emoji or none, got blank text")
              : Optional.empty();
    };
  }

  private static Optional<String> media(OutboundContent.Media media) {
    if (media.files().size() != 1) {
      return Optional.of("expected one file a message, got " + media.files().size());
    }
    OutboundContent.File file = media.files().getFirst();
    if (media.caption().isPresent() && !WITH_CAPTION.contains(file.form())) {
      return Optional.of("a file of the form " + file.form() + " cannot carry a text");
    }
    return media
        .caption()
        .flatMap(caption -> length("the caption", caption, Limits.CAPTION))
        .or(() -> file(file));
  }

  private static Optional<String> header(OutboundContent.File file) {
    return IN_TEMPLATES.contains(file.form())
        ? file(file)
        : Optional.of("a template cannot carry a file of the form " + file.form());
  }

  private static Optional<String> file(OutboundContent.File file) {
    FileLimit limit = Limits.ALL.files().get(file.form());
    if (limit == null || !limit.takes(file.mimeType())) {
      return Optional.of(
          "files of the type " + file.mimeType() + " cannot be sent as " + file.form());
    }
    return file.size() < 1 || file.size() > limit.maxBytes()
        ? Optional.of("expected 1 to " + limit.maxBytes() + " bytes, got " + file.size())
        : Optional.empty();
  }

  private static Optional<String> choices(Choices choices) {
    List<Choice> all = choices.choices();
    if (all.isEmpty() || all.size() > Limits.CHOICES.choices()) {
      return Optional.of(
          "expected 1 to " + Limits.CHOICES.choices() + " answers, got " + all.size());
    }
    if (all.stream().map(Choice::title).distinct().count() < all.size()
        || all.stream().map(Choice::payload).distinct().count() < all.size()) {
      return Optional.of("expected answers that differ in title and payload");
    }
    boolean buttons = areButtons(choices);
    Optional<String> problem = length("the question", choices.body(), Limits.CHOICES.body());
    for (Choice choice : all) {
      problem =
          problem
              .or(() -> length("a title", choice.title(), Limits.CHOICES.title()))
              .or(
                  () ->
                      length(
                          "a payload",
                          choice.payload(),
                          buttons ? Limits.BUTTON_ID : Limits.ROW_ID))
              .or(
                  () ->
                      choice
                          .description()
                          .flatMap(text -> length("a description", text, Limits.ROW_DESCRIPTION)));
    }
    return problem.or(
        () -> choices.menu().flatMap(menu -> length("the menu", menu, Limits.BUTTON_TITLE)));
  }

  /** Few and short answers are buttons; the others are the rows of a list. */
  static boolean areButtons(Choices choices) {
    return choices.choices().size() <= Limits.BUTTONS
        && choices.body().length() <= Limits.BUTTONS_BODY
        && choices.choices().stream()
            .allMatch(
                choice ->
                    choice.title().length() <= Limits.BUTTON_TITLE
                        && choice.description().isEmpty());
  }

  private static Optional<String> length(String what, String text, int most) {
    return text.isBlank() || text.length() > most
        ? Optional.of(
            "expected " + what + " to have 1 to " + most + " UTF-16 units, got " + text.length())
        : Optional.empty();
  }
}
