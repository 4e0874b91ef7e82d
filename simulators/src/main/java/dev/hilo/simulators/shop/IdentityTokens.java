package dev.hilo.simulators.shop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells the chat who is signed in, as any shop's server does: a JSON Web Token, HS256, that ends
 * soon. Source: RFC 7515 section 3.1, RFC 7519 section 4.1.
 */
final class IdentityTokens {

  /** Long enough for a browser to pass it on. */
  static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String ALGORITHM = "HmacSHA256";

  private final String widget;
  private final byte[] secret;
  private final InstantSource clock;

  /**
   * Tokens for one widget.
   *
   * @param widget its id
   * @param secret the widget's identity secret
   * @param clock real time, which Hilo checks tokens by
   */
  IdentityTokens(String widget, String secret, InstantSource clock) {
    this.widget = widget;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  String of(ShopCustomer customer) {
    Instant now = clock.instant();
    ObjectNode claims = Json.MAPPER.createObjectNode();
    claims.put("sub", customer.id()).put("name", customer.name()).put("aud", widget);
    claims.put("iat", now.getEpochSecond()).put("exp", now.plus(LIFETIME).getEpochSecond());
    customer
        .email()
        .ifPresent(
            email -> claims.put("email", email).put("email_verified", customer.emailVerified()));
    ObjectNode header = Json.MAPPER.createObjectNode().put("alg", "HS256").put("typ", "JWT");
    String signed = encoded(Json.bytes(header)) + "." + encoded(Json.bytes(claims));
    return signed + "." + encoded(hmac(signed));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}
