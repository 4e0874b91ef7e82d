package dev.hilo.simulators.meta;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in {@code X-Hub-Signature-256}.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/webhooks/getting-started: HMAC-SHA256 with the
 * app secret over the raw body, lower-case hexadecimal, after {@code sha256=}.
 */
public final class Signature {

  public static final String HEADER = "X-Hub-Signature-256";

  private Signature() {}

  /** The header's value for these bytes. */
  public static String of(byte[] body, String appSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
