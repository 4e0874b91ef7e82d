package dev.hilo.simulators.whatsapp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Message ids that look like the real ones: base64 of the customer's number and a random part.
 *
 * <p>Source: the form of the ids in restfb's and Meta's examples, taken apart; it is opaque to
 * integrations and undocumented.
 */
final class Wamid {

  private Wamid() {}

  /** The id of a customer's message. */
  static String inbound(String userDigits, RandomGenerator random) {
    return wamid(userDigits, 0x12, 10, random);
  }

  /** The id of a business's message. */
  static String outbound(String userDigits, RandomGenerator random) {
    return wamid(userDigits, 0x11, 9, random);
  }

  private static String wamid(String user, int kind, int bytes, RandomGenerator random) {
    byte[] tail = new byte[bytes];
    random.nextBytes(tail);
    byte[] hex = HexFormat.of().withUpperCase().formatHex(tail).getBytes(StandardCharsets.US_ASCII);
    byte[] name = user.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1C, 0x18, (byte) name.length});
    out.writeBytes(name);
    out.writeBytes(new byte[] {0x15, 0x02, 0x00, (byte) kind, 0x18, (byte) hex.length});
    out.writeBytes(hex);
    out.write(0);
    return "wamid." + Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
