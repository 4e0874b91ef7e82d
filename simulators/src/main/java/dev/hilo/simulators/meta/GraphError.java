package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An error of the Graph API for Messenger and Instagram: the subcode says more than the code.
 *
 * <p>Source: codes and subcodes of
 * developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
 * (2026-03-18), read 2026-11-20. HTTP statuses are not documented beside 401 for tokens: an
 * integration must decide on the codes.
 *
 * @param message begins with the code in brackets, as Graph words it, except for tokens
 */
public record GraphError(
    int httpStatus, int code, OptionalInt subcode, String type, String message) {

  private static final String OAUTH = "OAuthException";
  private static final String WINDOW =
      "This message is sent outside of allowed window. Learn more about the new policy here:"
          + " https://developers.facebook.com/docs/messenger-platform/policy-overview";
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Known(int httpStatus, String text) {}

  /** By code and, where there is one, subcode. */
  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          Map.entry("1", new Known(500, "An unknown error has occurred.")),
          Map.entry("2", new Known(503, "Service temporarily unavailable")),
          Map.entry("4", new Known(400, "Application request limit reached")),
          Map.entry("4/2018022", new Known(400, "Application request limit reached")),
          Map.entry("10", new Known(403, "Application does not have permission for this action")),
          Map.entry("10/2018065", new Known(400, WINDOW)),
          Map.entry("10/2018108", new Known(400, "This person isn't receiving messages from you")),
          Map.entry("10/2018278", new Known(400, WINDOW)),
          Map.entry("10/2018300", new Known(400, "Another app is controlling this thread now.")),
          Map.entry("10/2534022", new Known(400, WINDOW)),
          Map.entry("17", new Known(400, "User request limit reached")),
          Map.entry("32", new Known(400, "Page request limit reached")),
          Map.entry("100", new Known(400, "Invalid parameter")),
          Map.entry("100/33", new Known(400, "Unsupported request")),
          Map.entry("100/2018001", new Known(400, "No matching user found")),
          Map.entry("100/2018008", new Known(400, "Failed to fetch the file from the url")),
          Map.entry(
              "100/2018034",
              new Known(400, "Message cannot be empty, must provide valid attachment or text")),
          Map.entry("100/2018074", new Known(400, "Invalid attachment id")),
          Map.entry("100/2018109", new Known(400, "Attachment size exceeds allowable limit")),
          Map.entry("100/2534014", new Known(400, "No matching user found")),
          Map.entry("190", new Known(401, "Invalid OAuth access token.")),
          Map.entry(
              "190/460",
              new Known(
                  401,
                  "Error validating access token: The session has been invalidated because the user"
                      + " changed their password")),
          Map.entry(
              "190/463", new Known(401, "Error validating access token: Session has expired")),
          Map.entry(
              "190/467",
              new Known(
                  401,
                  "Error validating access token: The session is invalid because the user logged"
                      + " out")),
          Map.entry("200", new Known(403, "Permissions error")),
          Map.entry("200/1545041", new Known(403, "This person isn't available right now.")),
          Map.entry(
              "200/2018028", new Known(403, "Cannot message users who are not admins or testers")),
          Map.entry(
              "200/2534041",
              new Known(
                  403, "The account owner has disabled access to instagram direct messages.")),
          Map.entry("230", new Known(400, "User consent is required to access user profile")),
          Map.entry(
              "368",
              new Known(403, "The action attempted has been deemed abusive or is disallowed")),
          Map.entry("551", new Known(400, "This person isn't available right now.")),
          Map.entry("551/1545041", new Known(400, "This person isn't available right now.")),
          Map.entry("613", new Known(400, "Calls to this api have exceeded the rate limit.")),
          Map.entry(
              "613/2534040", new Known(400, "Calls to this api have exceeded the rate limit.")),
          Map.entry("1200", new Known(500, "Temporary send message failure. Please try again")),
          Map.entry("9010", new Known(400, "No matching Instagram user")),
          Map.entry("80002", new Known(400, "There have been too many calls to this account.")),
          Map.entry("80006", new Known(400, "There have been too many calls to this page.")));

  /** A documented error; one that is not documented gets HTTP 400. */
  public static GraphError of(int code) {
    return of(code, OptionalInt.empty());
  }

  /** A documented error; one that is not documented gets HTTP 400. */
  public static GraphError of(int code, int subcode) {
    return of(code, OptionalInt.of(subcode));
  }

  private static GraphError of(int code, OptionalInt subcode) {
    String key = subcode.isPresent() ? code + "/" + subcode.getAsInt() : String.valueOf(code);
    Known unknown = new Known(400, "Unexpected error");
    Known known = KNOWN.getOrDefault(key, KNOWN.getOrDefault(String.valueOf(code), unknown));
    String message = code == 190 ? known.text() : "(#" + code + ") " + known.text();
    return new GraphError(known.httpStatus(), code, subcode, OAUTH, message);
  }

  /** What a fault asked for. */
  static GraphError of(Fault fault) {
    Integer subcode = fault.subcode();
    return of(fault.errorCode(), subcode == null ? OptionalInt.empty() : OptionalInt.of(subcode));
  }

  /** The error 100, which says what is wrong with a parameter. */
  public static GraphError parameter(String text) {
    return new GraphError(400, 100, OptionalInt.empty(), OAUTH, "(#100) " + text);
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
            + " this operation");
  }

  static GraphError missingToken() {
    return new GraphError(
        401,
        190,
        OptionalInt.empty(),
        OAUTH,
        "An access token is required to request this resource.");
  }

  /** The answer's body. */
  ObjectNode body() {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ObjectNode error = body.putObject("error");
    error.put("message", message).put("type", type).put("code", code);
    subcode.ifPresent(value -> error.put("error_subcode", value));
    if (httpStatus >= 500) {
      error.put("is_transient", true);
    }
    error.put("fbtrace_id", traceId());
    return body;
  }

  static String traceId() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
