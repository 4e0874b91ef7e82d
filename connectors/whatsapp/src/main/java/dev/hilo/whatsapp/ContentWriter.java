package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes what a message holds into the body of a send.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages and its
 * pages by type, templates/overview, read 2026-11-20.
 */
final class ContentWriter {

  private static final Pattern LINK = Pattern.compile("\\bhttps?://\\S", Pattern.CASE_INSENSITIVE);

  private ContentWriter() {}

  /**
   * Writes the type and the object of that name.
   *
   * @param language in which the list is opened when nobody said with what words
   * @param mediaId the provider's id of the message's file, where it has one
   * @param known the template as the provider has it, where that is known
   */
  static void write(
      ObjectNode body,
      OutboundContent content,
      String language,
      Optional<String> mediaId,
      Optional<KnownTemplate> known) {
    switch (content) {
      case OutboundContent.Text text ->
          body.put("type", "text")
              .putObject("text")
              .put("body", text.body())
              .put("preview_url", LINK.matcher(text.body()).find());
      case OutboundContent.Reaction reaction ->
          body.put("type", "reaction")
              .putObject("reaction")
              .put("message_id", reaction.message().value())
              // An empty one takes the reaction off.
              .put("emoji", reaction.emoji().orElse(""));
      case OutboundContent.Media media -> media(body, media, mediaId.orElseThrow());
      case Choices choices -> choices(body.put("type", "interactive"), choices, language);
      case OutboundContent.Template template ->
          template(body.put("type", "template").putObject("template"), template, mediaId, known);
    }
  }

  private static void media(ObjectNode body, OutboundContent.Media media, String mediaId) {
    OutboundContent.File file = media.files().getFirst();
    String type = word(file.form());
    ObjectNode node = body.put("type", type).putObject(type).put("id", mediaId);
    media.caption().ifPresent(caption -> node.put("caption", caption));
    if (file.form() == Form.DOCUMENT) {
      node.put("filename", file.fileName());
    }
  }

  private static String word(Form form) {
    return form.name().toLowerCase(Locale.ROOT);
  }

  private static void choices(ObjectNode body, Choices choices, String language) {
    ObjectNode interactive = body.putObject("interactive");
    boolean buttons = ContentCheck.areButtons(choices);
    interactive.put("type", buttons ? "button" : "list");
    interactive.putObject("body").put("text", choices.body());
    ObjectNode action = interactive.putObject("action");
    if (buttons) {
      ArrayNode all = action.putArray("buttons");
      for (Choice choice : choices.choices()) {
        all.addObject()
            .put("type", "reply")
            .putObject("reply")
            .put("id", choice.payload())
            .put("title", choice.title());
      }
    } else {
      action.put("button", choices.menu().orElseGet(() -> menu(language)));
      ArrayNode rows = action.putArray("sections").addObject().putArray("rows");
      for (Choice choice : choices.choices()) {
        ObjectNode row = rows.addObject().put("id", choice.payload()).put("title", choice.title());
        choice.description().ifPresent(text -> row.put("description", text));
      }
    }
  }

  private static String menu(String language) {
    return switch (Locale.forLanguageTag(language).getLanguage()) {
      case "es" -> "Ver opciones";
      case "pt" -> "Ver opções";
      default -> "See options";
    };
  }

  private static void template(
      ObjectNode node,
      OutboundContent.Template template,
      Optional<String> mediaId,
      Optional<KnownTemplate> known) {
    node.put("name", template.name());
    node.putObject("language").put("code", template.language());
    ArrayNode components = GraphApi.object().putArray("components");
    template
        .header()
        .ifPresent(
            file -> {
              String type = word(file.form());
              ObjectNode header =
                  components
                      .addObject()
                      .put("type", "header")
                      .putArray("parameters")
                      .addObject()
                      .put("type", type)
                      .putObject(type)
                      .put("id", mediaId.orElseThrow());
              if (file.form() == Form.DOCUMENT) {
                header.put("filename", file.fileName());
              }
            });
    if (!template.parameters().isEmpty()) {
      List<String> names = known.map(KnownTemplate::parameterNames).orElse(List.of());
      ArrayNode parameters = components.addObject().put("type", "body").putArray("parameters");
      for (int i = 0; i < template.parameters().size(); i++) {
        ObjectNode parameter = parameters.addObject().put("type", "text");
        if (!names.isEmpty()) {
          parameter.put("parameter_name", names.get(i));
        }
        parameter.put("text", template.parameters().get(i));
      }
    }
    for (int i = 0; i < template.buttons().size(); i++) {
      button(components.addObject(), i, template.buttons().get(i), known);
    }
    if (!components.isEmpty()) {
      node.set("components", components);
    }
  }

  /** Where the template is not known, its buttons are taken for links: the usual ones. */
  private static void button(
      ObjectNode component, int i, String value, Optional<KnownTemplate> known) {
    KnownTemplate.VariableButton button =
        known
            .map(it -> it.buttons().get(i))
            .orElseGet(() -> new KnownTemplate.VariableButton(i, "url"));
    component
        .put("type", "button")
        .put("sub_type", button.subType())
        .put("index", String.valueOf(button.index()));
    ObjectNode parameter = component.putArray("parameters").addObject();
    if (button.subType().equals("copy_code")) {
      parameter.put("type", "coupon_code").put("coupon_code", value);
    } else {
      parameter.put("type", "text").put("text", value);
    }
  }
}
