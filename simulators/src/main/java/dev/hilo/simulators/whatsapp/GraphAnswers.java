package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.meta.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What every call of the Graph API has in common: the token, faults, usage headers. */
final class GraphAnswers {

  private static final String BEARER = "Bearer ";

  private final Platform platform;

  GraphAnswers(Platform platform) {
    this.platform = platform;
  }

  static Optional<String> token(Call call) {
    return call.header("Authorization")
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  /** Whose token it is, if it is good. */
  BusinessNumber bearer(Call call) {
    String token = token(call).orElseThrow(() -> new GraphRefusal(GraphError.missingToken()));
    BusinessNumber number =
        platform.numbers().stream()
            .filter(one -> one.accessToken().equals(token))
            .findFirst()
            .orElseThrow(() -> new GraphRefusal(GraphError.wrongToken()));
    if (number.tokenExpired()) {
      throw new GraphRefusal(GraphError.expiredToken());
    }
    return number;
  }

  /** Whether a call bears the token of that number. */
  static boolean bears(Call call, BusinessNumber number) {
    return token(call).filter(number.accessToken()::equals).isPresent();
  }

  /** The number of that id, if the call bears its token and the token is good. */
  BusinessNumber authorised(Call call, String id) {
    String token = token(call).orElseThrow(() -> new GraphRefusal(GraphError.missingToken()));
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

  Reply failing(BusinessNumber number, Fault fault) {
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

  static Reply breaking(Optional<Fault> fault, Reply answer) {
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

  Reply refused(GraphError error, Optional<BusinessNumber> number) {
    return answered(error.httpStatus(), error.body(), number);
  }

  Reply answered(int status, ObjectNode body, BusinessNumber number) {
    return answered(status, body, Optional.of(number));
  }

  Reply answered(int status, ObjectNode body, Optional<BusinessNumber> number) {
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
}
