package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.MultipartForm;
import dev.hilo.simulators.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What every call of the Graph API goes through: token, faults, usage headers, the log. */
final class GraphCalls {

  private static final String BEARER = "Bearer ";
  private static final List<String> JSON_FIELDS =
      List.of("recipient", "message", "payload", "attachment");

  private final Messaging messaging;

  /**
   * What a call says, as JSON or as a form.
   *
   * @param body of a form its fields
   * @param file that came with a form
   */
  record Content(JsonNode body, Optional<MultipartForm.Part> file) {}

  /** What a call does when nothing is wrong. */
  @FunctionalInterface
  interface Work {
    ObjectNode answer(Account account, Content content) throws InterruptedException;
  }

  GraphCalls(Messaging messaging) {
    this.messaging = messaging;
  }

  /** Whether the call is about this provider: by what its address names, or by its token. */
  boolean concerns(Call call, String id) {
    return messaging.accounts().find(id).isPresent()
        || messaging.chats().find(id).isPresent()
        || token(call).flatMap(this::grant).isPresent();
  }

  Optional<Tokens.Grant> grant(String token) {
    return Tokens.read(
        messaging.accounts().all(),
        token,
        messaging.provider().tokenLife(),
        messaging.clock().instant());
  }

  static Optional<String> token(Call call) {
    Optional<String> bearer =
        call.header("Authorization")
            .filter(value -> value.startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()).strip());
    return call.query("access_token").or(() -> bearer).filter(value -> !value.isEmpty());
  }

  /** Whose call it is, if its token is good. */
  Account authorised(Call call) {
    String token = token(call).orElseThrow(() -> new GraphRefusal(GraphError.missingToken()));
    Tokens.Grant grant = grant(token).orElseThrow(() -> new GraphRefusal(GraphError.of(190)));
    if (!grant.valid()) {
      throw new GraphRefusal(GraphError.of(190, 463));
    }
    return grant.account();
  }

  /** Whose call it is, if its token is good and the address names that account, or {@code me}. */
  Account authorisedAs(Call call, String method) {
    Account account = authorised(call);
    String id = call.path("id");
    if (!id.equals("me") && !id.equals(account.id())) {
      throw new GraphRefusal(GraphError.unknownObject(method, id));
    }
    return account;
  }

  /** Answers a call that changes something, with whatever fault was asked for. */
  Reply run(Call call, String kind, Work work) throws InterruptedException {
    String target = call.path("id");
    Content content = content(call);
    Optional<Fault> fault = Optional.empty();
    Optional<GraphError> error = Optional.empty();
    Optional<String> mid = Optional.empty();
    boolean accepted = false;
    Reply reply;
    try {
      Account account = authorisedAs(call, "post");
      fault = messaging.faults().take(kind);
      if (fault.isPresent() && !fault.get().fault().accepts()) {
        Fault one = fault.get();
        error = one.fault() == Fault.Kind.ERROR ? Optional.of(GraphError.of(one)) : error;
        reply = failing(account, one);
      } else {
        ObjectNode answer = work.answer(account, content);
        accepted = true;
        mid = Optional.ofNullable(answer.path("message_id").textValue());
        reply = breaking(fault, answered(200, answer, Optional.of(account)));
      }
    } catch (GraphRefusal refusal) {
      error = Optional.of(refusal.error());
      reply = refused(refusal.error(), target);
    }
    int http = reply instanceof Reply.Content made ? made.status() : 0;
    OptionalInt code = error.map(one -> OptionalInt.of(one.code())).orElse(OptionalInt.empty());
    OptionalInt subcode = error.map(GraphError::subcode).orElse(OptionalInt.empty());
    messaging
        .calls()
        .add(
            messaging.clock().instant(),
            kind,
            target,
            content.body(),
            new CallLog.Outcome(
                accepted, mid, http, code, subcode, fault.map(one -> one.fault().word())));
    // The wait comes after the books are written, so that a test sees a hanging call.
    Duration delay = fault.map(Fault::delay).orElse(Duration.ZERO);
    if (!delay.isZero()) {
      Thread.sleep(delay);
    }
    return reply;
  }

  /** Reads JSON or a form; what is neither is nothing. */
  static Content content(Call call) {
    Optional<MultipartForm> form = MultipartForm.of(call);
    if (form.isEmpty()) {
      return new Content(json(call), Optional.empty());
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    for (String field : JSON_FIELDS) {
      form.get().part(field).ifPresent(part -> body.set(field, parse(part.content())));
    }
    for (String field : List.of("messaging_type", "tag", "platform")) {
      form.get().part(field).ifPresent(part -> body.put(field, part.text()));
    }
    return new Content(body, form.get().part("filedata"));
  }

  /** The real one reads forms too; an integration should send JSON, so only that is taken. */
  private static JsonNode json(Call call) {
    boolean said = call.header("Content-Type").orElse("").startsWith("application/json");
    JsonNode body = said ? parse(call.body()) : Json.MAPPER.createObjectNode();
    return body.isObject() ? body : Json.MAPPER.createObjectNode();
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return bytes.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(bytes);
    } catch (IOException e) {
      return Json.MAPPER.createObjectNode();
    }
  }

  private Reply failing(Account account, Fault fault) {
    Optional<Account> known = Optional.of(account);
    return switch (fault.fault()) {
      case HTTP_500 -> answered(500, GraphError.of(1).body(), known);
      case HTTP_503 -> answered(503, GraphError.of(2).body(), known);
      case HTTP_502_HTML -> html(502, "<html><body>Sorry, something went wrong.</body></html>");
      case ERROR -> refused(GraphError.of(fault), account.id());
      case TIMEOUT, DROP -> new Reply.Dropped();
      case TIMEOUT_AFTER_ACCEPT, DROP_AFTER_ACCEPT, GARBAGE_AFTER_ACCEPT, FAILED_STATUS, SLOW ->
          throw new IllegalArgumentException(fault.fault() + " is no failure before acceptance");
    };
  }

  private static Reply breaking(Optional<Fault> fault, Reply answer) {
    return switch (fault.map(Fault::fault).orElse(Fault.Kind.SLOW)) {
      case TIMEOUT_AFTER_ACCEPT, DROP_AFTER_ACCEPT -> new Reply.Dropped();
      case GARBAGE_AFTER_ACCEPT -> html(200, "<html></html>");
      case TIMEOUT, DROP, HTTP_500, HTTP_503, HTTP_502_HTML, ERROR, FAILED_STATUS, SLOW -> answer;
    };
  }

  private static Reply html(int status, String page) {
    return new Reply.Content(
        status,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        page.getBytes(StandardCharsets.UTF_8));
  }

  Reply refused(GraphError error, String target) {
    return answered(error.httpStatus(), error.body(), messaging.accounts().find(target), error);
  }

  Reply answered(int status, ObjectNode body, Optional<Account> account) {
    return answered(status, body, account, GraphError.of(1));
  }

  /**
   * Source: developers.facebook.com/docs/graph-api/overview/rate-limiting: usage in per cent, for
   * the app and for the business.
   */
  private Reply answered(int status, ObjectNode body, Optional<Account> account, GraphError error) {
    boolean throttled =
        status != 200 && List.of(4, 17, 32, 613, 80002, 80006).contains(error.code());
    int perSecond = messaging.rules().limits().textPerSecond();
    int percent =
        throttled
            ? 100
            : account.map(one -> messaging.rate().percentUsed(one.id(), perSecond)).orElse(0);
    ObjectNode business = Json.MAPPER.createObjectNode();
    ObjectNode usage =
        business
            .putArray(account.map(Account::id).orElse("0"))
            .addObject()
            .put("type", messaging.provider().id());
    usage.setAll(usage(percent));
    usage.put("estimated_time_to_regain_access", throttled ? 1 : 0);
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
            usage(percent).toString(),
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

  /** Names in a list with commas. */
  static List<String> names(Optional<String> list) {
    return list.stream()
        .flatMap(all -> List.of(all.split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** A field of a body or of the query: both are taken where the real one takes both. */
  static Optional<String> parameter(Call call, Content content, String name) {
    Optional<String> inQuery = call.query(name);
    if (inQuery.isPresent()) {
      return inQuery;
    }
    JsonNode value = content.body().path(name);
    if (value.isArray()) {
      StringBuilder all = new StringBuilder();
      for (Iterator<JsonNode> each = value.elements(); each.hasNext(); ) {
        all.append(each.next().asText()).append(',');
      }
      return Optional.of(all.toString());
    }
    return Optional.ofNullable(value.textValue());
  }
}
