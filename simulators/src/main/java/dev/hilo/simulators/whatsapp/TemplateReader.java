package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.whatsapp.MessageParts.Choice;
import dev.hilo.simulators.whatsapp.MessageParts.Kind;
import dev.hilo.simulators.whatsapp.MessageParts.Menu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a template's values and checks them against the account's templates.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 * and support/error-codes, read 2026-11-20. Which of 132000, 132012 and 132018 a mistake gets is
 * documented by their titles only.
 */
final class TemplateReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");

  /** Source: Meta's error text of 132018: no line breaks, tabs or more than four spaces. */
  private static final Pattern BAD_PARAMETER = Pattern.compile("[\\n\\r\\t]| {5,}");

  private static final int MAX_PAYLOAD = 256;
  private static final int MAX_CODE = 15;

  private final JsonNode node;
  private final Template template;
  private Map<String, String> headerValues = Map.of();
  private Map<String, String> bodyValues = Map.of();
  private final Map<Integer, String> buttonValues = new HashMap<>();
  private Optional<FileToSend> file = Optional.empty();

  /** What was read. */
  record Filled(Template template, String body, MessageParts parts, Optional<FileToSend> file) {}

  TemplateReader(JsonNode body, Templates templates) {
    this.node = Fields.requiredObject(body, "template", "template");
    this.template = find(templates);
  }

  private Template find(Templates templates) {
    Fields.onlyKnown(node, "template", Set.of("name", "language", "components"));
    String name = Fields.text(node, "name").orElseThrow(() -> Fields.absent("template.name"));
    JsonNode language = Fields.object(node, "language");
    Fields.onlyKnown(language, "template.language", Set.of("code", "policy"));
    String code =
        Fields.text(language, "code").orElseThrow(() -> Fields.absent("template.language.code"));
    if (!NAME.matcher(name).matches()) {
      throw Fields.notValid("template.name is not valid: " + name);
    }
    Template known = templates.find(name, code).orElseThrow(() -> doesNotExist(name, code));
    return switch (known.status()) {
      case APPROVED -> known;
      case PENDING, REJECTED -> throw doesNotExist(name, code);
      case PAUSED -> throw new GraphRefusal(GraphError.of(132015, "template is paused: " + name));
      case DISABLED ->
          throw new GraphRefusal(GraphError.of(132016, "template is disabled: " + name));
    };
  }

  private static GraphRefusal doesNotExist(String name, String code) {
    return new GraphRefusal(
        GraphError.of(132001, "template name (" + name + ") does not exist in " + code));
  }

  Filled read() {
    boolean hasHeader = false;
    boolean hasBody = false;
    for (JsonNode component : Fields.array(node, "components", "template['components']")) {
      Fields.onlyKnown(
          component, "template.components", Set.of("type", "sub_type", "index", "parameters"));
      String type =
          Fields.text(component, "type")
              .orElseThrow(() -> Fields.absent("template.components.type"))
              .toLowerCase(Locale.ROOT);
      JsonNode parameters = Fields.array(component, "parameters", "components['parameters']");
      switch (type) {
        case "header" -> {
          header(parameters, hasHeader);
          hasHeader = true;
        }
        case "body" -> {
          bodyValues = values("body", parameters, template.body(), template.isNamed(), hasBody);
          hasBody = true;
        }
        case "button" -> button(component, parameters);
        default -> throw mismatch("the template has no component '" + type + "'");
      }
    }
    if (!hasHeader) {
      header(com.fasterxml.jackson.databind.node.MissingNode.getInstance(), false);
    }
    if (!hasBody && template.parameterCount() > 0) {
      throw count("body", 0, template.parameterCount());
    }
    for (int i = 0; i < template.buttons().size(); i++) {
      if (template.buttons().get(i).needsValue() && !buttonValues.containsKey(i)) {
        throw new GraphRefusal(
            GraphError.of(
                131008,
                "buttons: Button at index "
                    + i
                    + " of type "
                    + template.buttons().get(i).type()
                    + " requires a parameter"));
      }
    }
    return filled();
  }

  private Filled filled() {
    Optional<String> heading =
        template
            .header()
            .flatMap(Template.Header::text)
            .map(text -> Template.render(text, headerValues));
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < template.buttons().size(); i++) {
      choices.add(choice(template.buttons().get(i), Optional.ofNullable(buttonValues.get(i))));
    }
    Optional<Menu> menu =
        choices.isEmpty() ? Optional.empty() : Optional.of(new Menu(Optional.empty(), choices));
    return new Filled(
        template,
        Template.render(template.body(), bodyValues),
        new MessageParts(Optional.empty(), heading, template.footer(), menu, Optional.empty()),
        file);
  }

  private static Choice choice(Template.Button button, Optional<String> value) {
    String text = button.text();
    return switch (button.type()) {
      case QUICK_REPLY -> new Choice(Kind.QUICK_REPLY, value.orElse(text), text, Optional.empty());
      case URL -> {
        String url = button.url().orElse("");
        String filled =
            value
                .map(
                    part ->
                        Template.names(url).stream()
                            .findFirst()
                            .map(name -> Template.render(url, Map.of(name, part)))
                            .orElse(url))
                .orElse(url);
        yield new Choice(Kind.URL, filled, text, Optional.empty());
      }
      case PHONE_NUMBER -> new Choice(Kind.URL, "tel:", text, Optional.empty());
      case COPY_CODE -> new Choice(Kind.COPY_CODE, value.orElse(""), text, Optional.empty());
    };
  }

  private void header(JsonNode parameters, boolean again) {
    Template.Format expected =
        template.header().map(Template.Header::format).orElse(Template.Format.TEXT);
    if (expected == Template.Format.TEXT) {
      String text = template.header().flatMap(Template.Header::text).orElse("");
      boolean named = Template.names(text).stream().anyMatch(name -> !name.matches("\\d+"));
      headerValues = values("header", parameters, text, named, again);
      return;
    }
    String wanted = expected.name().toLowerCase(Locale.ROOT);
    JsonNode only = parameters.path(0);
    String type = only.isMissingNode() ? "unknown" : Fields.text(only, "type").orElse("unknown");
    if (!type.equals(wanted) || parameters.size() != 1) {
      throw mismatch(
          "header: Format mismatch, expected "
              + expected
              + ", received "
              + type.toUpperCase(Locale.ROOT));
    }
    Fields.onlyKnown(only, "template.components.parameters", Set.of("type", wanted));
    file = Optional.of(FileReader.read(only, wanted, false));
  }

  private static Map<String, String> values(
      String where, JsonNode parameters, String text, boolean named, boolean again) {
    List<String> names = Template.names(text);
    int expected =
        named ? names.size() : names.stream().mapToInt(Integer::parseInt).max().orElse(0);
    if (again) {
      throw mismatch("the component '" + where + "' is there twice");
    }
    Map<String, String> values = new HashMap<>();
    int place = 0;
    for (JsonNode parameter : parameters) {
      place++;
      Fields.onlyKnown(
          parameter, "template.components.parameters", Set.of("type", "text", "parameter_name"));
      String type = Fields.text(parameter, "type").orElseThrow(() -> Fields.absent("type"));
      if (!type.equals("text")) {
        throw mismatch(where + ": Format mismatch, expected TEXT, received " + type);
      }
      Optional<String> name = Fields.text(parameter, "parameter_name");
      if (name.isPresent() != named && expected > 0) {
        throw notAllowed(
            where
                + (named
                    ? ": parameter_name is missing, the template has named parameters"
                    : ": parameter_name is not allowed, the template has numbered parameters"));
      }
      if (named && !names.contains(name.orElse(""))) {
        throw notAllowed(where + ": the template has no parameter '" + name.orElse("") + "'");
      }
      values.put(name.orElse(Integer.toString(place)), value(parameter));
    }
    if (place != expected || (named && values.size() != expected)) {
      throw count(where, place, expected);
    }
    return values;
  }

  private static String value(JsonNode parameter) {
    String value = Fields.text(parameter, "text").orElseThrow(() -> Fields.absent("text"));
    if (value.isEmpty()) {
      throw Fields.absent("parameters.text");
    }
    if (BAD_PARAMETER.matcher(value).find()) {
      throw notAllowed(
          "Param text cannot have new-line/tab characters or more than 4 consecutive spaces");
    }
    return value;
  }

  private void button(JsonNode component, JsonNode parameters) {
    String subType =
        Fields.text(component, "sub_type")
            .orElseThrow(() -> Fields.absent("components.sub_type"))
            .toLowerCase(Locale.ROOT);
    String index = component.path("index").asText();
    int at = index.matches("\\d") ? Integer.parseInt(index) : -1;
    if (at < 0 || at >= template.buttons().size()) {
      throw notAllowed("buttons: the template has no button at index '" + index + "'");
    }
    Template.Button button = template.buttons().get(at);
    if (!subType.equalsIgnoreCase(button.type().name())) {
      throw mismatch(
          "buttons: Button at index " + at + " is " + button.type() + ", received " + subType);
    }
    boolean optional = button.type() == Template.ButtonType.QUICK_REPLY;
    if (!button.needsValue() && !optional) {
      throw notAllowed("buttons: Button at index " + at + " does not take a parameter");
    }
    if (parameters.size() != 1 || buttonValues.containsKey(at)) {
      throw count("buttons", parameters.size(), 1);
    }
    JsonNode parameter = parameters.get(0);
    String wanted =
        switch (button.type()) {
          case QUICK_REPLY -> "payload";
          case COPY_CODE -> "coupon_code";
          case URL, PHONE_NUMBER -> "text";
        };
    Fields.onlyKnown(parameter, "template.components.parameters", Set.of("type", wanted));
    String type = Fields.text(parameter, "type").orElseThrow(() -> Fields.absent("type"));
    if (!type.equals(wanted)) {
      throw mismatch("buttons: Format mismatch, expected " + wanted + ", received " + type);
    }
    String value = Fields.required(parameter, wanted, "parameters." + wanted);
    int longest =
        switch (button.type()) {
          case QUICK_REPLY -> MAX_PAYLOAD;
          case COPY_CODE -> MAX_CODE;
          case URL, PHONE_NUMBER -> 2000;
        };
    Fields.atMost("parameters['" + wanted + "']", value, longest);
    buttonValues.put(at, value);
  }

  private static GraphRefusal count(String where, int given, int expected) {
    return new GraphRefusal(
        GraphError.of(
            132000,
            where
                + ": number of localizable_params ("
                + given
                + ") does not match the expected number of params ("
                + expected
                + ")"));
  }

  private static GraphRefusal mismatch(String details) {
    return new GraphRefusal(GraphError.of(132012, details));
  }

  private static GraphRefusal notAllowed(String details) {
    return new GraphRefusal(GraphError.of(132018, details));
  }
}
