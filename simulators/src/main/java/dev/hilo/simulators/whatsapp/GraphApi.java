package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of the Graph API that a WhatsApp integration calls, under {@code /graph/v25.0}.
 *
 * <p>Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, read 2026-11-20;
 * where an answer is not documented the shape was taken from published tests of integrations.
 */
public final class GraphApi {

  private static final String BEARER = "Bearer ";

  private final Platform platform;

  public GraphApi(Platform platform) {
    this.platform = platform;
  }

  /** Adds the API's routes. */
  public void addTo(Routes routes) {
    routes.on("POST", "/graph/{version}/{id}/messages", this::messages);
    routes.on("GET", "/graph/{version}/{id}/message_templates", this::templates);
    routes.on("GET", "/graph/{version}/{id}", this::phoneNumber);
  }

  private Reply messages(Call call) throws InterruptedException {
    String id = call.path("id");
    JsonNode body = parse(call.body());
    String kind = body.has("status") ? "read" : "send";
    Optional<Fault> fault = Optional.empty();
    Optional<String> wamid = Optional.empty();
    OptionalInt code = OptionalInt.empty();
    boolean accepted = false;
    Reply reply;
    try {
      BusinessNumber number = authorised(call, id);
      fault = platform.faults().take(kind);
      if (fault.isPresent() && !fault.get().fault().accepts()) {
        reply = failing(number, fault.get());
      } else {
        SendRequest request = SendRequest.read(jsonOnly(call, body), number, platform.templates());
        ObjectNode answer =
            switch (request) {
              case SendRequest.Read read -> markRead(read);
              case SendRequest.Message message -> accept(number, message, fault);
            };
        accepted = true;
        wamid = Optional.ofNullable(answer.at("/messages/0/id").textValue());
        reply = breaking(fault, answered(200, answer, number));
      }
    } catch (GraphRefusal refusal) {
      code = OptionalInt.of(refusal.error().code());
      reply = refused(refusal.error(), platform.number(id));
    }
    int http = reply instanceof Reply.Content content ? content.status() : 0;
    if (fault.isPresent() && fault.get().fault() == Fault.Kind.ERROR) {
      code = OptionalInt.of(fault.get().errorCode());
    }
    platform
        .calls()
        .add(platform.clock().instant(), id, kind, body, wamid, accepted, http, code, fault);
    hang(fault);
    return reply;
  }

  /** The wait comes after the books are written, so that a test sees a hanging call. */
  private static void hang(Optional<Fault> fault) throws InterruptedException {
    Duration delay = fault.map(Fault::delay).orElse(Duration.ZERO);
    if (!delay.isZero()) {
      Thread.sleep(delay);
    }
  }

  private BusinessNumber authorised(Call call, String id) {
    String authorization = call.header("Authorization").orElse("");
    if (!authorization.startsWith(BEARER)) {
      throw new GraphRefusal(GraphError.missingToken());
    }
    String token = authorization.substring(BEARER.length()).strip();
    if (platform.numbers().stream().noneMatch(number -> number.accessToken().equals(token))) {
      throw new GraphRefusal(GraphError.wrongToken());
    }
    BusinessNumber number =
        platform
            .number(id)
            .filter(one -> one.accessToken().equals(token))
            .orElseThrow(() -> new GraphRefusal(GraphError.unknownObject(id)));
    if (number.tokenExpired()) {
      throw new GraphRefusal(GraphError.expiredToken());
    }
    return number;
  }

  private ObjectNode accept(
      BusinessNumber number, SendRequest.Message message, Optional<Fault> fault) {
    Behaviour behaviour = platform.behaviour();
    platform
        .limits()
        .take(number.id(), message.recipient(), behaviour.limits())
        .ifPresent(
            error -> {
              throw new GraphRefusal(error);
            });
    if (behaviour.window() == Behaviour.Window.ERROR && platform.outsideWindow(number, message)) {
      throw new GraphRefusal(GraphError.of(131047));
    }
    String wamid =
        platform.accept(
            number,
            message,
            fault
                .filter(one -> one.fault() == Fault.Kind.FAILED_STATUS)
                .map(one -> GraphError.of(one.errorCode())));
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("messaging_product", "whatsapp");
    ObjectNode contact = answer.putArray("contacts").addObject().put("input", message.input());
    if (message.toUserId()) {
      contact.put("user_id", message.recipient());
    } else {
      contact.put("wa_id", message.recipient().substring(1));
    }
    ObjectNode sent = answer.putArray("messages").addObject().put("id", wamid);
    if (message.template().isPresent()) {
      sent.put("message_status", "accepted");
    }
    return answer;
  }

  private ObjectNode markRead(SendRequest.Read read) {
    if (!platform.markRead(read.wamid(), read.typing())) {
      throw new GraphRefusal(
          GraphError.of(131009, "message_id is not a message to this number: " + read.wamid()));
    }
    return Json.MAPPER.createObjectNode().put("success", true);
  }

  private Reply failing(BusinessNumber number, Fault fault) {
    return switch (fault.fault()) {
      case HTTP_500 -> answered(500, GraphError.of(1, "An unknown error occurred").body(), number);
      case HTTP_503 -> answered(503, GraphError.of(2).body(), number);
      case HTTP_502_HTML ->
          new Reply.Content(
              502,
              Map.of("Content-Type", "text/html; charset=utf-8"),
              "<html><body>Sorry, something went wrong.</body></html>"
                  .getBytes(StandardCharsets.UTF_8));
      case ERROR -> refused(GraphError.of(fault.errorCode()), Optional.of(number));
      case TIMEOUT, DROP -> new Reply.Dropped();
      case TIMEOUT_AFTER_ACCEPT, DROP_AFTER_ACCEPT, GARBAGE_AFTER_ACCEPT, FAILED_STATUS, SLOW ->
          throw new IllegalArgumentException(fault.fault() + " is no failure before acceptance");
    };
  }

  private static Reply breaking(Optional<Fault> fault, Reply answer) {
    if (fault.isEmpty()) {
      return answer;
    }
    return switch (fault.get().fault()) {
      case TIMEOUT_AFTER_ACCEPT, DROP_AFTER_ACCEPT -> new Reply.Dropped();
      case GARBAGE_AFTER_ACCEPT ->
          new Reply.Content(
              200,
              Map.of("Content-Type", "text/html; charset=utf-8"),
              "<html></html>".getBytes(StandardCharsets.UTF_8));
      case TIMEOUT, DROP, HTTP_500, HTTP_503, HTTP_502_HTML, ERROR, FAILED_STATUS, SLOW -> answer;
    };
  }

  private Reply refused(GraphError error, Optional<BusinessNumber> number) {
    return answered(error.httpStatus(), error.body(), number);
  }

  private Reply answered(int status, ObjectNode body, BusinessNumber number) {
    return answered(status, body, Optional.of(number));
  }

  private Reply answered(int status, ObjectNode body, Optional<BusinessNumber> number) {
    String usage =
        number
            .map(one -> platform.limits().percentUsed(one.id(), platform.behaviour().limits()))
            .map(percent -> usage(percent).toString())
            .orElse(usage(0).toString());
    String account = number.map(BusinessNumber::businessAccount).orElse("0");
    ObjectNode business = Json.MAPPER.createObjectNode();
    business
        .putArray(account)
        .addObject()
        .put("type", "messages")
        .setAll(
            usage(number.isPresent() && status == 429 ? 100 : 0)
                .put("estimated_time_to_regain_access", status == 429 ? 1 : 0));
    return new Reply.Content(
        status,
        Map.of(
            "Content-Type",
            "application/json; charset=UTF-8",
            "facebook-api-version",
            "v25.0",
            "x-fb-trace-id",
            GraphError.traceId(),
            "X-App-Usage",
            usage,
            "X-Business-Use-Case-Usage",
            business.toString()),
        Json.bytes(body));
  }

  private static ObjectNode usage(int percent) {
    return Json.MAPPER
        .createObjectNode()
        .put("call_count", percent)
        .put("total_cputime", percent / 4)
        .put("total_time", percent / 3);
  }

  private Reply phoneNumber(Call call) {
    try {
      BusinessNumber number = authorised(call, call.path("id"));
      ObjectNode answer =
          Json.MAPPER
              .createObjectNode()
              .put("verified_name", number.name())
              .put("display_phone_number", number.displayPhoneNumber())
              .put("quality_rating", "GREEN")
              .put("id", number.id());
      return answered(200, answer, number);
    } catch (GraphRefusal refusal) {
      return refused(refusal.error(), Optional.empty());
    }
  }

  private Reply templates(Call call) {
    String account = call.path("id");
    Optional<BusinessNumber> number =
        platform.numbers().stream()
            .filter(one -> one.businessAccount().equals(account))
            .findFirst();
    try {
      authorised(call, number.map(BusinessNumber::id).orElse(account));
    } catch (GraphRefusal refusal) {
      return refused(refusal.error(), number);
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode data = answer.putArray("data");
    for (Template template : platform.templates().all()) {
      ObjectNode one = data.addObject();
      one.put("name", template.name()).put("language", template.language());
      one.put("status", template.status().name()).put("category", template.category().name());
      one.putArray("components").addObject().put("type", "BODY").put("text", template.body());
    }
    return answered(200, answer, number);
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode tree = Json.MAPPER.readTree(body);
      return tree.isObject() ? tree : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The real one reads forms too; an integration should send JSON, so only that is taken. */
  private static JsonNode jsonOnly(Call call, JsonNode body) {
    String type = call.header("Content-Type").orElse("");
    if (!type.startsWith("application/json")) {
      throw new GraphRefusal(GraphError.parameter("The parameter messaging_product is required."));
    }
    return body;
  }
}
