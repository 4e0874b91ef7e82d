package dev.hilo.whatsapp;

import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.TemplateChannel.State;
import dev.hilo.channel.TemplateChannel.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A template with what only the provider's calls need.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview,
 * read 2026-11-20.
 *
 * @param buttons those of which a part is given when the template is sent, in order
 */
record KnownTemplate(Template template, List<VariableButton> buttons) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");

  /**
   * A button of which a part is given when the template is sent.
   *
   * @param index its place among all buttons, from 0
   * @param subType {@code url} or {@code copy_code}
   */
  record VariableButton(int index, String subType) {}

  KnownTemplate {
    buttons = List.copyOf(buttons);
  }

  /** Reads one of the provider's list; empty when it has no name or no language. */
  static Optional<KnownTemplate> of(Part node) {
    Optional<String> name = node.text("name");
    Optional<String> language = node.text("language");
    if (name.isEmpty() || language.isEmpty()) {
      return Optional.empty();
    }
    Part header = component(node, "HEADER");
    List<Part> buttons = component(node, "BUTTONS").parts("buttons");
    Optional<Form> file = headerFile(header.text("format").orElse("TEXT"));
    Template template =
        new Template(
            name.get(),
            language.get(),
            node.text("category").orElse("untyped").toLowerCase(Locale.ROOT),
            state(node.text("status").orElse("")),
            component(node, "BODY").raw("text").orElse(""),
            header.text("text"),
            file,
            component(node, "FOOTER").text("text"),
            buttons.stream().map(button -> button.text("text").orElse("?")).toList());
    return Optional.of(new KnownTemplate(template, variable(buttons)));
  }

  private static Part component(Part template, String type) {
    return template.parts("components").stream()
        .filter(part -> part.text("type").filter(type::equalsIgnoreCase).isPresent())
        .findFirst()
        .orElseGet(Part::none);
  }

  private static Optional<Form> headerFile(String format) {
    return switch (format.toUpperCase(Locale.ROOT)) {
      case "IMAGE" -> Optional.of(Form.IMAGE);
      case "VIDEO" -> Optional.of(Form.VIDEO);
      case "DOCUMENT" -> Optional.of(Form.DOCUMENT);
      default -> Optional.empty();
    };
  }

  private static List<VariableButton> variable(List<Part> buttons) {
    List<VariableButton> variable = new ArrayList<>();
    for (int i = 0; i < buttons.size(); i++) {
      Part button = buttons.get(i);
      String type = button.text("type").orElse("").toUpperCase(Locale.ROOT);
      if (type.equals("COPY_CODE")) {
        variable.add(new VariableButton(i, "copy_code"));
      } else if (type.equals("OTP")
          || (type.equals("URL")
              && button.text("url").filter(url -> PLACEHOLDER.matcher(url).find()).isPresent())) {
        variable.add(new VariableButton(i, "url"));
      }
    }
    return variable;
  }

  /** A state that is not known may not be sent. */
  private static State state(String status) {
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "APPROVED", "REINSTATED" -> State.APPROVED;
      case "PENDING", "IN_APPEAL" -> State.PENDING;
      case "REJECTED" -> State.REJECTED;
      case "PAUSED", "FLAGGED", "LIMIT_EXCEEDED" -> State.PAUSED;
      default -> State.DISABLED;
    };
  }

  /** The names of the body's placeholders; none when they are numbers. */
  List<String> parameterNames() {
    List<String> names = template.placeholders();
    return names.stream().allMatch(name -> name.matches("[0-9]+")) ? List.of() : names;
  }

  /** What does not fit; empty when everything does. */
  Optional<String> problem(OutboundContent.Template sent) {
    if (template.header().filter(text -> PLACEHOLDER.matcher(text).find()).isPresent()) {
      return Optional.of("templates with a placeholder in their heading cannot be sent");
    }
    if (sent.header().map(OutboundContent.File::form).equals(template.headerFile())
        && sent.parameters().size() == template.parameterCount()
        && sent.buttons().size() == buttons.size()) {
      return Optional.empty();
    }
    return Optional.of(
        "expected "
            + template.parameterCount()
            + " parameters, "
            + buttons.size()
            + " parts of buttons and "
            + template.headerFile().map(Form::name).orElse("no file")
            + ", got "
            + sent.parameters().size()
            + ", "
            + sent.buttons().size()
            + " and "
            + sent.header().map(file -> file.form().name()).orElse("no file"));
  }
}
