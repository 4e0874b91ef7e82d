package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the Graph API tells of numbers, business accounts and tokens.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account,
 * .../message_templates, .../subscribed_apps and .../debug_token, read 2026-11-20.
 */
public final class AccountGraph {

  private static final int USUAL_PAGE = 25;
  private static final String APP = "600000000000001";
  private static final Set<String> TEMPLATE_FIELDS =
      Set.of(
          "id",
          "name",
          "language",
          "status",
          "category",
          "components",
          "parameter_format",
          "quality_score",
          "rejected_reason");
  private static final List<String> USUAL_NUMBER_FIELDS =
      List.of("verified_name", "display_phone_number", "quality_rating", "throughput");

  private final Platform platform;
  private final GraphAnswers answers;

  public AccountGraph(Platform platform) {
    this.platform = platform;
    this.answers = new GraphAnswers(platform);
  }

  /** Adds the routes; before those of whoever answers for tokens that nobody knows. */
  public void addTo(Routes routes) {
    routes.on("GET", "/graph/{version}/debug_token", this::isOurToken, this::debugToken);
    routes.on("GET", "/graph/{version}/{id}/message_templates", this::templates);
    routes.on(
        "GET",
        "/graph/{version}/{id}/subscribed_apps",
        call -> ofAccount(call.path("id")).isPresent(),
        this::subscribedApps);
  }

  private Optional<BusinessNumber> ofAccount(String account) {
    return platform.numbers().stream()
        .filter(one -> one.businessAccount().equals(account))
        .findFirst();
  }

  private Optional<BusinessNumber> ofToken(String token) {
    return platform.numbers().stream().filter(one -> one.accessToken().equals(token)).findFirst();
  }

  private boolean isOurToken(Call call) {
    return call.query("input_token").flatMap(this::ofToken).isPresent();
  }

  /** What {@code GET /{phone-number-id}} answers. */
  Reply describe(Call call, String id) {
    try {
      BusinessNumber number = answers.authorised(call, id);
      List<String> fields = names(call.query("fields"));
      ObjectNode answer = Json.MAPPER.createObjectNode();
      for (String field : fields.isEmpty() ? USUAL_NUMBER_FIELDS : fields) {
        put(answer, field, number);
      }
      return answers.answered(200, answer.put("id", number.id()), number);
    } catch (GraphRefusal refusal) {
      return answers.refused(refusal.error(), Optional.empty());
    }
  }

  private static void put(ObjectNode answer, String field, BusinessNumber number) {
    BusinessNumber.Condition now = number.condition();
    switch (field) {
      case "id" -> answer.put(field, number.id());
      case "verified_name" -> answer.put(field, number.name());
      case "display_phone_number" -> answer.put(field, number.displayPhoneNumber());
      case "quality_rating" -> answer.put(field, now.quality());
      case "status" -> answer.put(field, now.status());
      case "name_status" -> answer.put(field, now.nameStatus());
      case "throughput" -> answer.putObject(field).put("level", now.throughput());
      case "whatsapp_business_manager_messaging_limit" -> answer.put(field, now.messagingLimit());
      case "code_verification_status" -> answer.put(field, "VERIFIED");
      case "platform_type" -> answer.put(field, "CLOUD_API");
      case "account_mode" -> answer.put(field, "LIVE");
      default -> throw nonexisting(field, "WhatsAppBusinessPhoneNumber");
    }
  }

  private static GraphRefusal nonexisting(String field, String type) {
    return new GraphRefusal(
        GraphError.parameter(
            "Tried accessing nonexisting field (" + field + ") on node type (" + type + ")"));
  }

  private static List<String> names(Optional<String> list) {
    return list.stream()
        .flatMap(all -> List.of(all.split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private Reply templates(Call call) {
    String account = call.path("id");
    Optional<BusinessNumber> number = ofAccount(account);
    try {
      BusinessNumber owner = authorisedFor(call, account);
      return answers.answered(200, templatePage(call), owner);
    } catch (GraphRefusal refusal) {
      return answers.refused(refusal.error(), number);
    }
  }

  private BusinessNumber authorisedFor(Call call, String account) {
    String id =
        platform.numbers().stream()
            .filter(one -> one.businessAccount().equals(account))
            .filter(one -> GraphAnswers.bears(call, one))
            .map(BusinessNumber::id)
            .findFirst()
            .orElse(account);
    return answers.authorised(call, id);
  }

  private ObjectNode templatePage(Call call) {
    Set<String> fields = new TreeSet<>(names(call.query("fields")));
    for (String field : fields) {
      if (!TEMPLATE_FIELDS.contains(field)) {
        throw nonexisting(field, "WhatsAppMessageTemplate");
      }
    }
    Set<String> shown = fields.isEmpty() ? TEMPLATE_FIELDS : fields;
    int limit = number(call.query("limit"), USUAL_PAGE, "limit");
    int from = call.query("after").map(AccountGraph::place).orElse(0);
    List<Template> all =
        platform.templates().all().stream()
            .filter(one -> call.query("name").filter(name -> !one.name().contains(name)).isEmpty())
            .filter(one -> is(call.query("language"), one.language()))
            .filter(one -> is(call.query("status"), one.status().name()))
            .toList();
    int to = Math.min(all.size(), from + limit);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode data = answer.putArray("data");
    all.subList(Math.min(from, to), to).forEach(one -> data.add(describe(one, shown)));
    if (!data.isEmpty()) {
      ObjectNode paging = answer.putObject("paging");
      paging.putObject("cursors").put("before", cursor(from)).put("after", cursor(to));
      if (to < all.size()) {
        // The real address bears the caller's token; nobody should follow it.
        paging.put(
            "next",
            "https://graph.facebook.com/v25.0/"
                + call.path("id")
                + "/message_templates?limit="
                + limit
                + "&after="
                + cursor(to));
      }
    }
    return answer;
  }

  private static boolean is(Optional<String> wanted, String value) {
    return wanted.isEmpty() || wanted.get().equalsIgnoreCase(value);
  }

  private static int number(Optional<String> text, int fallback, String name) {
    if (text.filter(value -> !value.matches("[1-9]\\d{0,3}")).isPresent()) {
      throw new GraphRefusal(GraphError.parameter("Param " + name + " must be a number."));
    }
    return text.map(Integer::parseInt).orElse(fallback);
  }

  private static String cursor(int place) {
    return Base64.getEncoder()
        .encodeToString(("place:" + place).getBytes(StandardCharsets.US_ASCII));
  }

  private static int place(String cursor) {
    for (int place = 0; place < 10_000; place++) {
      if (cursor(place).equals(cursor)) {
        return place;
      }
    }
    throw new GraphRefusal(GraphError.parameter("Param after is not a cursor."));
  }

  private static ObjectNode describe(Template template, Set<String> fields) {
    ObjectNode all = Json.MAPPER.createObjectNode();
    all.put("name", template.name()).put("language", template.language());
    all.put("status", template.status().name()).put("category", template.category().name());
    all.put("parameter_format", template.isNamed() ? "NAMED" : "POSITIONAL");
    all.putObject("quality_score").put("score", "UNKNOWN");
    all.put("rejected_reason", "NONE");
    ArrayNode components = all.putArray("components");
    template
        .header()
        .ifPresent(
            header -> {
              ObjectNode one = components.addObject().put("type", "HEADER");
              one.put("format", header.format().name());
              header.text().ifPresent(text -> one.put("text", text));
            });
    components.addObject().put("type", "BODY").put("text", template.body());
    template
        .footer()
        .ifPresent(text -> components.addObject().put("type", "FOOTER").put("text", text));
    if (!template.buttons().isEmpty()) {
      ArrayNode buttons = components.addObject().put("type", "BUTTONS").putArray("buttons");
      for (Template.Button button : template.buttons()) {
        ObjectNode one = buttons.addObject().put("type", button.type().name());
        one.put("text", button.text());
        button.url().ifPresent(url -> one.put("url", url));
      }
    }
    all.retain(fields);
    String key = template.name() + ' ' + template.language().toLowerCase(Locale.ROOT);
    return all.put(
        "id", Long.toString(1_000_000_000_000L + Integer.toUnsignedLong(key.hashCode())));
  }

  private Reply subscribedApps(Call call) {
    String account = call.path("id");
    try {
      BusinessNumber number = authorisedFor(call, account);
      ObjectNode answer = Json.MAPPER.createObjectNode();
      ArrayNode data = answer.putArray("data");
      if (number.condition().subscribed()) {
        data.addObject()
            .putObject("whatsapp_business_api_data")
            .put("link", "https://hilo.example/")
            .put("name", "Hilo")
            .put("id", APP);
      }
      return answers.answered(200, answer, number);
    } catch (GraphRefusal refusal) {
      return answers.refused(refusal.error(), ofAccount(account));
    }
  }

  private Reply debugToken(Call call) {
    try {
      // A token that has expired may still ask: it is told so.
      if (GraphAnswers.token(call).flatMap(this::ofToken).isEmpty()) {
        throw new GraphRefusal(GraphError.wrongToken());
      }
    } catch (GraphRefusal refusal) {
      return answers.refused(refusal.error(), Optional.empty());
    }
    BusinessNumber number = call.query("input_token").flatMap(this::ofToken).orElseThrow();
    BusinessNumber.Condition now = number.condition();
    boolean over =
        now.tokenExpiresAt().filter(end -> !platform.clock().instant().isBefore(end)).isPresent();
    boolean valid = !number.tokenExpired() && !over;
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ObjectNode data = answer.putObject("data");
    data.put("app_id", APP).put("type", "SYSTEM_USER").put("application", "Hilo");
    data.put("expires_at", now.tokenExpiresAt().map(Instant::getEpochSecond).orElse(0L));
    data.put("is_valid", valid);
    now.scopes().forEach(data.putArray("scopes")::add);
    if (!valid) {
      data.putObject("error")
          .put("code", 190)
          .put("message", "Error validating access token: Session has expired")
          .put("subcode", 463);
    }
    return answers.answered(200, answer, number);
  }
}
