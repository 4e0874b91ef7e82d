package dev.hilo.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as the provider does: HMAC-SHA256 over the raw bytes.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, "Validating
 * Payloads".
 */
final class Signature {

  static final String HEADER = "X-Hub-Signature-256";

  private final SecretKeySpec key;

  Signature(String appSecret) {
    this.key = new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /** The header's value for this body. */
  String of(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
