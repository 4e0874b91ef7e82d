package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An error as the Graph API words it.
 *
 * <p>Source: codes, titles and shape from
 * developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (2026-05).
 * The HTTP statuses stood in its older tables and are repeated by resellers; for 130429 some say
 * 400, newer ones 429: an integration must decide on the code.
 *
 * @param httpStatus when it is the answer to a call
 * @param subcode Graph's own refinement; WhatsApp's errors have none since v16.0
 * @param title the code's name
 * @param details what is wrong in this case; empty: the answer has no {@code error_data}
 */
record GraphError(
    int httpStatus,
    int code,
    OptionalInt subcode,
    String type,
    String title,
    Optional<String> details) {

  private static final String OAUTH = "OAuthException";
  private static final String HELP =
      "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Known(int httpStatus, String title, String details) {}

  /** What is documented, for faults on request and for failed statuses. */
  private static final Map<Integer, Known> KNOWN =
      Map.ofEntries(
          known(1, 400, "API Unknown", "Invalid request or possible server error."),
          known(2, 503, "API Service", "Temporary due to downtime or due to being overloaded."),
          known(4, 400, "API Too Many Calls", "The app has reached its API call rate limit."),
          known(10, 403, "Permission Denied", "Permission is either not granted or removed."),
          known(33, 400, "Parameter value is not valid", "The phone number has been deleted."),
          known(100, 400, "Invalid parameter", "Unsupported or misspelled parameters."),
          known(190, 401, "Access token has expired", "Your access token has expired."),
          known(368, 403, "Temporarily blocked for policies violations", "Account restricted."),
          known(80007, 400, "Rate limit issues", "The account has reached its rate limit."),
          known(130429, 429, "Rate limit hit", "Cloud API message throughput has been reached."),
          known(130472, 400, "User's number is part of an experiment", "Message was not sent."),
          known(130497, 403, "Business account is restricted in this country", "Restricted."),
          known(131000, 500, "Something went wrong", "Message failed to send: unknown error."),
          known(131005, 403, "Access denied", "Permission is either not granted or removed."),
          known(131008, 400, "Required parameter is missing", "A required parameter is missing."),
          known(131009, 400, "Parameter value is not valid", "A parameter value is not valid."),
          known(131016, 500, "Service unavailable", "A service is temporarily unavailable."),
          known(131021, 400, "Recipient cannot be sender", "Sender and recipient are the same."),
          known(131026, 400, "Message undeliverable", "Message Undeliverable."),
          known(131031, 403, "Account has been locked", "The account has been restricted."),
          known(131037, 400, "Display name approval needed", "The number has no approved name."),
          known(131042, 400, "Business eligibility payment issue", "Payment method error."),
          known(131045, 500, "Incorrect certificate", "Phone number registration error."),
          known(
              131047,
              400,
              "Re-engagement message",
              "Message failed to send because more than 24 hours have passed since the customer"
                  + " last replied to this number."),
          known(131048, 400, "Spam rate limit hit", "Too many messages were blocked or flagged."),
          known(131049, 400, "Meta chose not to deliver", "Kept back for a healthy ecosystem."),
          known(131050, 400, "User has stopped marketing messages", "The user opted out."),
          known(131052, 400, "Media download error", "The customer's file cannot be fetched."),
          known(131053, 400, "Media upload error", "The file of the message cannot be used."),
          known(131051, 400, "Unsupported message type", "Unsupported message type."),
          known(
              131056,
              400,
              "(Business Account, Consumer Account) pair rate limit hit",
              "Message failed to send because there were too many messages sent from this phone"
                  + " number to the same phone number in a short period of time."),
          known(131057, 500, "Account in maintenance mode", "The account is being upgraded."),
          known(131062, 400, "Business-scoped recipient not supported", "Send to the number."),
          known(
              132000,
              400,
              "Number of parameters does not match the expected number of params",
              "The number of parameters does not match."),
          known(
              132001,
              404,
              "Template name does not exist in the translation",
              "The template does not exist in the language or is not approved."),
          known(132005, 400, "Translated text too long", "The text is too long."),
          known(132007, 400, "Template format character policy violated", "Policy violated."),
          known(132012, 400, "Template parameter format mismatch", "Wrong format."),
          known(132015, 400, "Template is paused", "Paused due to low quality."),
          known(132016, 400, "Template is disabled", "Disabled due to low quality."),
          known(132018, 400, "There's an issue with the parameters", "Parameter not allowed."),
          known(133010, 400, "Account not registered", "The number is not registered."));

  private static Map.Entry<Integer, Known> known(
      int code, int httpStatus, String title, String details) {
    return Map.entry(code, new Known(httpStatus, title, details));
  }

  /** A documented error with its usual details; a code that is not documented gets HTTP 400. */
  static GraphError of(int code) {
    Known known = KNOWN.getOrDefault(code, new Known(400, "Unexpected error", "No details."));
    return new GraphError(
        known.httpStatus(),
        code,
        OptionalInt.empty(),
        OAUTH,
        known.title(),
        Optional.of(known.details()));
  }

  /** A documented error with the details of this case. */
  static GraphError of(int code, String details) {
    GraphError usual = of(code);
    return new GraphError(
        usual.httpStatus, code, usual.subcode, usual.type, usual.title, Optional.of(details));
  }

  /** {@code (#100)} in Graph's own wording, without details. */
  static GraphError parameter(String message) {
    return new GraphError(400, 100, OptionalInt.empty(), OAUTH, message, Optional.empty());
  }

  static GraphError missingToken() {
    return new GraphError(
        401, 190, OptionalInt.empty(), OAUTH, "Authentication Error", Optional.empty());
  }

  static GraphError wrongToken() {
    return new GraphError(
        401,
        190,
        OptionalInt.empty(),
        OAUTH,
        "Invalid OAuth access token - Cannot parse access token",
        Optional.empty());
  }

  static GraphError expiredToken() {
    return new GraphError(
        401,
        190,
        OptionalInt.of(463),
        OAUTH,
        "Error validating access token: Session has expired",
        Optional.empty());
  }

  static GraphError unknownObject(String id) {
    return unknownObject("post", id);
  }

  static GraphError unknownObject(String method, String id) {
    return new GraphError(
        400,
        100,
        OptionalInt.of(33),
        "GraphMethodException",
        "Unsupported "
            + method
            + " request. Object with ID '"
            + id
            + "' does not exist, cannot be loaded due to missing permissions, or does not support"
            + " this operation",
        Optional.empty());
  }

  /** The answer's body. Token and object errors stand without their number in the message. */
  ObjectNode body() {
    ObjectNode error = Json.MAPPER.createObjectNode();
    error.put("message", subcode.isPresent() || code == 190 ? title : numberedTitle());
    error.put("type", type);
    error.put("code", code);
    subcode.ifPresent(value -> error.put("error_subcode", value));
    details.ifPresent(
        value ->
            error
                .putObject("error_data")
                .put("messaging_product", "whatsapp")
                .put("details", value));
    error.put("fbtrace_id", traceId());
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set("error", error);
    return body;
  }

  /** As it stands in the {@code errors} of a failed status. */
  ObjectNode asStatusError() {
    ObjectNode error = Json.MAPPER.createObjectNode();
    error.put("code", code).put("title", title).put("message", title);
    error.putObject("error_data").put("details", details.orElse(title));
    return error.put("href", HELP);
  }

  private String numberedTitle() {
    return "(#" + code + ") " + title;
  }

  static String traceId() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
