package dev.hilo.email;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks a provider for tokens. Source: RFC 6749 §4.4, §5 and §6. */
final class OAuthEndpoint {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration USUAL_LIFETIME = Duration.ofHours(1);
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,60}");
  private static final Pattern MICROSOFT_CODE = Pattern.compile("AADSTS\\d{4,9}");

  /** Errors of RFC 6749 §5.2 that the same request will get again. */
  private static final List<String> FINAL =
      List.of(
          "invalid_grant",
          "invalid_client",
          "unauthorized_client",
          "invalid_scope",
          "unsupported_grant_type",
          "invalid_request",
          "interaction_required",
          "consent_required");

  private final ProviderHttp http;

  OAuthEndpoint(ProviderHttp http) {
    this.http = http;
  }

  /** What the provider said. */
  sealed interface Answer {
    /** Tokens; a refresh token when the old one was replaced. */
    record Tokens(String accessToken, Optional<String> refreshToken, Duration lifetime)
        implements Answer {
      @Override
      public String toString() {
        return "Tokens[]";
      }
    }

    /** No, and no again. */
    record Refused(String reason) implements Answer {}

    /** No answer, or none of use. */
    record Failed(String reason) implements Answer {}
  }

  Answer ask(OAuthSettings settings, Optional<String> refreshToken) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", settings.clientId());
    form.put("client_secret", settings.clientSecret().reveal());
    if (settings.refreshToken().isPresent()) {
      form.put("grant_type", "refresh_token");
      form.put(
          "refresh_token",
          refreshToken.or(() -> settings.refreshToken().map(Secret::reveal)).orElse(""));
    } else {
      form.put("grant_type", "client_credentials");
    }
    settings.scope().ifPresent(scope -> form.put("scope", scope));
    Call call =
        new Call(
            "POST",
            settings.tokenAddress(),
            Map.of(
                "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
            encoded(form));
    return switch (http.call(call)) {
      case Outcome.NotSent none -> new Answer.Failed("the token endpoint cannot be reached");
      case Outcome.AnswerLost lost -> new Answer.Failed("the token endpoint did not answer");
      case Outcome.TooLarge large -> new Answer.Failed("the token endpoint's answer is too large");
      case Outcome.Answered answered -> read(answered);
    };
  }

  private static Answer read(Outcome.Answered answered) {
    JsonNode body = json(answered.body());
    String access = body.path("access_token").asText("");
    if (answered.status() / 100 == 2) {
      return access.isEmpty()
          ? new Answer.Failed("the token endpoint's answer holds no token")
          : new Answer.Tokens(
              access,
              Optional.of(body.path("refresh_token").asText("")).filter(text -> !text.isEmpty()),
              lifetime(body));
    }
    String error = body.path("error").asText("");
    // The description may quote the request; only the provider's own code is taken out of it.
    Matcher code = MICROSOFT_CODE.matcher(body.path("error_description").asText(""));
    String reason =
        "the token endpoint answered "
            + answered.status()
            + (ERROR.matcher(error).matches() ? " " + error : "")
            + (code.find() ? " " + code.group() : "");
    return answered.status() / 100 == 4 && FINAL.contains(error)
        ? new Answer.Refused(reason + ": connect the mailbox again")
        : new Answer.Failed(reason);
  }

  private static Duration lifetime(JsonNode body) {
    // Some give the seconds as a string.
    long seconds = body.path("expires_in").asLong(0);
    return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, 86_400)) : USUAL_LIFETIME;
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }

  private static byte[] encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
