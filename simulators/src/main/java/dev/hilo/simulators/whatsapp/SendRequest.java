package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call of {@code POST /{phone-number-id}/messages}, checked as strictly as the real one where its
 * strictness is known, and more strictly where it is not: unknown fields are refused.
 *
 * <p>Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, read 2026-11-20.
 */
sealed interface SendRequest {

  /** Source: Cloud API reference, text object: at most 4096 characters. Counted in UTF-16 units. */
  int MAX_TEXT = 4096;

  /** Source: Cloud API reference, {@code biz_opaque_callback_data}: at most 512 characters. */
  int MAX_OPAQUE = 512;

  /**
   * A message.
   *
   * @param input the recipient as given
   * @param recipient E.164 number or business-scoped user id
   * @param shown the text that the customer will read
   * @param template its name, when it is one
   */
  record Message(
      String input,
      String recipient,
      String shown,
      Optional<Template> template,
      Optional<String> opaque)
      implements SendRequest {
    boolean toUserId() {
      return !recipient.startsWith("+");
    }
  }

  /** The customer's message was read; perhaps an answer is being typed. */
  record Read(String wamid, boolean typing) implements SendRequest {}

  /**
   * Reads a body.
   *
   * @throws GraphRefusal with the error that the platform answers
   */
  static SendRequest read(JsonNode body, BusinessNumber from, Templates templates) {
    return new Reader(body, from, templates).read();
  }

  /** Checks one body. */
  final class Reader {

    private static final Set<String> FIELDS =
        Set.of(
            "messaging_product",
            "recipient_type",
            "to",
            "recipient",
            "type",
            "text",
            "template",
            "context",
            "biz_opaque_callback_data",
            "status",
            "message_id",
            "typing_indicator");
    private static final Pattern DIGITS = Pattern.compile("\\+?\\d{5,20}");
    private static final Pattern TEMPLATE_NAME = Pattern.compile("[a-z0-9_]{1,512}");

    /** Source: Meta's error text of 132018: no line breaks, tabs or more than four spaces. */
    private static final Pattern BAD_PARAMETER = Pattern.compile("[\\n\\r\\t]| {5,}");

    private final JsonNode body;
    private final BusinessNumber from;
    private final Templates templates;

    Reader(JsonNode body, BusinessNumber from, Templates templates) {
      this.body = body;
      this.from = from;
      this.templates = templates;
    }

    SendRequest read() {
      String product =
          text(body, "messaging_product").orElseThrow(() -> missing("messaging_product"));
      if (!product.equals("whatsapp")) {
        throw new GraphRefusal(
            GraphError.parameter(
                "Param messaging_product must be one of {WHATSAPP} - got \"" + product + "\"."));
      }
      onlyKnown(body, "the message", FIELDS);
      return body.has("status") ? readMark() : readMessage();
    }

    private Read readMark() {
      String status = text(body, "status").orElse("");
      if (!status.equals("read")) {
        throw new GraphRefusal(
            GraphError.parameter("Param status must be one of {READ} - got \"" + status + "\"."));
      }
      String wamid = text(body, "message_id").orElseThrow(() -> missing("message_id"));
      JsonNode typing = object(body, "typing_indicator");
      if (!typing.isMissingNode()) {
        onlyKnown(typing, "typing_indicator", Set.of("type"));
        String type = text(typing, "type").orElse("");
        if (!type.equals("text")) {
          throw new GraphRefusal(
              GraphError.of(131009, "typing_indicator.type must be 'text', got '" + type + "'"));
        }
      }
      return new Read(wamid, !typing.isMissingNode());
    }

    private Message readMessage() {
      String recipientType = text(body, "recipient_type").orElse("individual");
      if (!recipientType.equals("individual")) {
        throw new GraphRefusal(
            GraphError.parameter(
                "Param recipient_type must be one of {INDIVIDUAL} - got \""
                    + recipientType
                    + "\"."));
      }
      JsonNode context = object(body, "context");
      if (!context.isMissingNode()) {
        onlyKnown(context, "context", Set.of("message_id"));
        String quoted = text(context, "message_id").orElseThrow(() -> absent("context.message_id"));
        if (!quoted.startsWith("wamid.")) {
          throw new GraphRefusal(
              GraphError.of(131009, "context.message_id is not a message id: " + quoted));
        }
      }
      Optional<String> opaque = text(body, "biz_opaque_callback_data");
      opaque.ifPresent(value -> atMost("biz_opaque_callback_data", value, MAX_OPAQUE));
      // Source: Meta's page on business-scoped user ids: if both are given, the phone wins.
      Optional<String> to = text(body, "to");
      String input = to.or(() -> text(body, "recipient")).orElseThrow(() -> missing("to"));
      String recipient = to.isPresent() ? number(input) : userId(input);
      if (recipient.equals("+" + from.digits())) {
        throw new GraphRefusal(GraphError.of(131021));
      }
      String type = text(body, "type").orElse("text");
      return switch (type) {
        case "text" -> new Message(input, recipient, textBody(), Optional.empty(), opaque);
        case "template" -> {
          Template template = template();
          String shown = template.render(parameters(template));
          yield new Message(input, recipient, shown, Optional.of(template), opaque);
        }
        default ->
            throw new GraphRefusal(
                GraphError.of(131051, "this stand-in sends text and template, not '" + type + "'"));
      };
    }

    /**
     * Source: Meta's page on sending messages: without a plus, the business's own country code is
     * put before the number, and the message goes astray.
     */
    private String number(String input) {
      String compact = input.replaceAll("[\\s().-]", "");
      if (!DIGITS.matcher(compact).matches()) {
        throw new GraphRefusal(GraphError.of(131009, "to is not a phone number: " + input));
      }
      return compact.startsWith("+") ? compact : "+" + from.countryCode() + compact;
    }

    private static String userId(String input) {
      if (!Customer.USER_ID.matcher(input).matches()) {
        throw new GraphRefusal(GraphError.of(131009, "recipient is not a user id: " + input));
      }
      return input;
    }

    private String textBody() {
      JsonNode text = object(body, "text");
      if (text.isMissingNode()) {
        throw absent("text");
      }
      onlyKnown(text, "text", Set.of("body", "preview_url"));
      if (text.has("preview_url") && !text.get("preview_url").isBoolean()) {
        throw new GraphRefusal(
            GraphError.parameter("Param text['preview_url'] must be a boolean."));
      }
      String value = text(text, "body").orElseThrow(() -> absent("text.body"));
      if (value.isBlank()) {
        throw absent("text.body");
      }
      atMost("text['body']", value, MAX_TEXT);
      return value;
    }

    private Template template() {
      JsonNode template = object(body, "template");
      if (template.isMissingNode()) {
        throw absent("template");
      }
      onlyKnown(template, "template", Set.of("name", "language", "components"));
      String name = text(template, "name").orElseThrow(() -> absent("template.name"));
      JsonNode language = object(template, "language");
      onlyKnown(language, "template.language", Set.of("code", "policy"));
      String code = text(language, "code").orElseThrow(() -> absent("template.language.code"));
      if (!TEMPLATE_NAME.matcher(name).matches()) {
        throw new GraphRefusal(GraphError.of(131009, "template.name is not valid: " + name));
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

    private List<String> parameters(Template template) {
      List<String> values = new ArrayList<>();
      JsonNode components = body.path("template").path("components");
      if (!components.isMissingNode() && !components.isArray()) {
        throw new GraphRefusal(
            GraphError.parameter("Param template['components'] must be an array."));
      }
      for (JsonNode component : components) {
        onlyKnown(component, "template.components", Set.of("type", "parameters"));
        String type = text(component, "type").orElseThrow(() -> absent("template.components.type"));
        if (!type.equalsIgnoreCase("body")) {
          throw new GraphRefusal(
              GraphError.of(132012, "the template has no component '" + type + "'"));
        }
        for (JsonNode parameter : component.path("parameters")) {
          values.add(parameter(parameter));
        }
      }
      if (values.size() != template.parameterCount()) {
        throw new GraphRefusal(
            GraphError.of(
                132000,
                "body: number of localizable_params ("
                    + values.size()
                    + ") does not match the expected number of params ("
                    + template.parameterCount()
                    + ")"));
      }
      return values;
    }

    private static String parameter(JsonNode parameter) {
      onlyKnown(parameter, "template.components.parameters", Set.of("type", "text"));
      String type = text(parameter, "type").orElseThrow(() -> absent("parameters.type"));
      if (!type.equals("text")) {
        throw new GraphRefusal(GraphError.of(132012, "expected a text parameter, got " + type));
      }
      String value = text(parameter, "text").orElseThrow(() -> absent("parameters.text"));
      if (value.isEmpty()) {
        throw absent("parameters.text");
      }
      if (BAD_PARAMETER.matcher(value).find()) {
        throw new GraphRefusal(
            GraphError.of(
                132018,
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"));
      }
      return value;
    }

    private static Optional<String> text(JsonNode parent, String field) {
      JsonNode value = parent.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return Optional.empty();
      }
      if (!value.isTextual()) {
        throw new GraphRefusal(GraphError.parameter("Param " + field + " must be a string."));
      }
      return Optional.of(value.textValue());
    }

    private static JsonNode object(JsonNode parent, String field) {
      JsonNode value = parent.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return MissingNode.getInstance();
      }
      if (!value.isObject()) {
        throw new GraphRefusal(GraphError.parameter("Param " + field + " must be a JSON object."));
      }
      return value;
    }

    private static void onlyKnown(JsonNode node, String where, Set<String> known) {
      for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!known.contains(name)) {
          throw new GraphRefusal(
              GraphError.parameter("Unexpected key \"" + name + "\" on param \"" + where + "\"."));
        }
      }
    }

    private static void atMost(String param, String value, int longest) {
      if (value.length() > longest) {
        throw new GraphRefusal(
            GraphError.parameter(
                "Param " + param + " must be at most " + longest + " characters long."));
      }
    }

    private static GraphRefusal missing(String parameter) {
      return new GraphRefusal(GraphError.parameter("The parameter " + parameter + " is required."));
    }

    private static GraphRefusal absent(String parameter) {
      return new GraphRefusal(GraphError.of(131008, "Parameter '" + parameter + "' is mandatory"));
    }
  }
}
