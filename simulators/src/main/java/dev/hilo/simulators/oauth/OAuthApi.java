package dev.hilo.simulators.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Token and consent addresses under {@code /oauth}: Microsoft's with a tenant, Google's without.
 *
 * <p>Source: RFC 6749, RFC 7636; learn.microsoft.com/entra/identity-platform, read 2026-11-20.
 */
public final class OAuthApi {

  private final Tokens tokens;
  private final InstantSource clock;
  private final String clientId;
  private final String clientSecret;
  private final List<String> mailboxes;

  /**
   * One application may ask for tokens.
   *
   * @param mailboxes whose owners can agree
   */
  public OAuthApi(
      Tokens tokens,
      InstantSource clock,
      String clientId,
      String clientSecret,
      List<String> mailboxes) {
    this.tokens = tokens;
    this.clock = clock;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.mailboxes = List.copyOf(mailboxes);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    String microsoft = "/oauth/{tenant}/oauth2/v2.0/";
    routes.on("POST", microsoft + "token", call -> token(TokenProvider.MICROSOFT, call));
    routes.on("GET", microsoft + "authorize", this::ask);
    routes.on("POST", microsoft + "authorize", call -> decide(TokenProvider.MICROSOFT, call));
    routes.on("POST", "/oauth/google/token", call -> token(TokenProvider.GOOGLE, call));
    routes.on("GET", "/oauth/google/auth", this::ask);
    routes.on("POST", "/oauth/google/auth", call -> decide(TokenProvider.GOOGLE, call));
  }

  private Reply token(TokenProvider provider, Call call) {
    try {
      Form form = form(call);
      requireClient(form, call);
      String grantType = form.need("grant_type");
      Tokens.Granted granted =
          switch (grantType) {
            case "refresh_token" -> tokens.refresh(provider, form.need("refresh_token"));
            case "authorization_code" ->
                tokens.exchange(
                    provider,
                    form.need("code"),
                    form.need("redirect_uri"),
                    form.get("code_verifier"));
            case "client_credentials" -> tokens.ofApplication(provider, form.need("scope"));
            default ->
                throw new TokenRefusal(
                    400, "unsupported_grant_type", 70_003, "The grant type is not supported.");
          };
      ObjectNode answer = Json.MAPPER.createObjectNode();
      answer.put("token_type", "Bearer");
      answer.put("scope", granted.scope());
      answer.put("expires_in", granted.expiresIn());
      if (provider == TokenProvider.MICROSOFT) {
        answer.put("ext_expires_in", granted.expiresIn());
      }
      answer.put("access_token", granted.accessToken());
      granted.refreshToken().ifPresent(token -> answer.put("refresh_token", token));
      return withoutCache(200, answer);
    } catch (TokenRefusal refusal) {
      return withoutCache(refusal.status(), describe(provider, refusal));
    }
  }

  private static Form form(Call call) throws TokenRefusal {
    try {
      return Form.of(call.body());
    } catch (IllegalArgumentException e) {
      throw TokenRefusal.invalidRequest("The request body is not well encoded.");
    }
  }

  /** In the body, or as RFC 6749 section 2.3.1 prefers in the header. */
  private void requireClient(Form form, Call call) throws TokenRefusal {
    String given =
        call.header("Authorization")
            .filter(header -> header.startsWith("Basic "))
            .map(header -> decoded(header.substring("Basic ".length()).strip()))
            .orElse(form.get("client_id").orElse("") + ":" + form.get("client_secret").orElse(""));
    if (!given.equals(clientId + ":" + clientSecret)) {
      throw new TokenRefusal(401, "invalid_client", 7_000_215, "Invalid client or client secret.");
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private ObjectNode describe(TokenProvider provider, TokenRefusal refusal) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("error", refusal.error());
    if (provider == TokenProvider.GOOGLE) {
      return answer.put("error_description", refusal.description());
    }
    String trace = UUID.randomUUID().toString();
    answer.put("error_description", "AADSTS" + refusal.code() + ": " + refusal.description());
    answer.putArray("error_codes").add(refusal.code());
    return answer
        .put("timestamp", clock.instant().toString())
        .put("trace_id", trace)
        .put("correlation_id", trace);
  }

  private static Reply withoutCache(int status, ObjectNode body) {
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json; charset=utf-8",
            "Cache-Control",
            "no-store",
            "Pragma",
            "no-cache");
    return new Reply.Content(status, headers, Json.bytes(body));
  }

  /** The page on which the owner of a mailbox agrees or not. */
  private Reply ask(Call call) {
    String redirect = redirect(call.query("redirect_uri"));
    if (!call.query("client_id").equals(Optional.of(clientId))) {
      throw new BadRequest("client_id: expected '" + clientId + "'");
    }
    if (!call.query("response_type").equals(Optional.of("code"))) {
      throw new BadRequest("response_type: expected 'code'");
    }
    boolean spanish = call.query("lang").orElse("es").startsWith("es");
    String hint = call.query("login_hint").orElse("");
    String options =
        mailboxes.stream()
            .map(
                box ->
                    "<option%s>%s</option>"
                        .formatted(box.equalsIgnoreCase(hint) ? " selected" : "", escaped(box)))
            .collect(Collectors.joining());
    String page =
        resource("consent.html")
            .replace("${lang}", spanish ? "es" : "en")
            .replace("${title}", spanish ? "Permitir el acceso al correo" : "Allow access to mail")
            .replace(
                "${question}",
                spanish
                    ? "Hilo quiere leer y enviar el correo de este buzón:"
                    : "Hilo wants to read and send the mail of this mailbox:")
            .replace("${allow}", spanish ? "Permitir" : "Allow")
            .replace("${deny}", spanish ? "Rechazar" : "Deny")
            .replace("${options}", options)
            .replace("${redirect}", escaped(redirect))
            .replace("${state}", escaped(call.query("state").orElse("")))
            .replace("${challenge}", escaped(call.query("code_challenge").orElse("")));
    return Reply.html(page);
  }

  private Reply decide(TokenProvider provider, Call call) {
    try {
      Form form = form(call);
      String redirect = redirect(form.get("redirect_uri"));
      String state = form.get("state").map(value -> "&state=" + encoded(value)).orElse("");
      String joint = redirect.contains("?") ? "&" : "?";
      if (!form.get("decision").equals(Optional.of("allow"))) {
        return goTo(redirect + joint + "error=access_denied" + state);
      }
      String mailbox = form.need("mailbox");
      if (!mailboxes.contains(mailbox)) {
        throw new BadRequest("mailbox: there is no '" + mailbox + "'");
      }
      String code = tokens.code(provider, mailbox, redirect, form.get("code_challenge"));
      return goTo(redirect + joint + "code=" + encoded(code) + state);
    } catch (TokenRefusal refusal) {
      throw new BadRequest(refusal.description());
    }
  }

  private static Reply goTo(String address) {
    return new Reply.Content(302, Map.of("Location", address), new byte[0]);
  }

  private static String redirect(Optional<String> value) {
    String text = value.orElseThrow(() -> new BadRequest("redirect_uri: is missing"));
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri.toASCIIString();
      }
    } catch (java.net.URISyntaxException e) {
      // Said below.
    }
    throw new BadRequest("redirect_uri: expected an address, got '" + text + "'");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }

  private static String resource(String file) {
    try (InputStream in = OAuthApi.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
