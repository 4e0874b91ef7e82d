package dev.hilo.whatsapp;

import dev.hilo.channel.ParseResult.Refused;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Secret;
import dev.hilo.channel.Verification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who a delivery is from: HMAC-SHA256 over the raw bytes, keyed with the app secret.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, "Validating
 * Payloads", read 2026-11-20.
 */
final class Signatures {

  static final String MISMATCH = "X-Hub-Signature-256 matches the app secret of no account";

  private static final String HEADER = "X-Hub-Signature-256";
  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  private final Map<Secret, List<WhatsAppSettings.Account>> accountsBySecret =
      new LinkedHashMap<>();

  Signatures(List<WhatsAppSettings.Account> accounts) {
    for (WhatsAppSettings.Account account : accounts) {
      accountsBySecret.computeIfAbsent(account.appSecret(), key -> new ArrayList<>()).add(account);
    }
  }

  Verification verify(RawDelivery delivery) {
    if (delivery.header(HEADER).isEmpty()) {
      return new Refused(Refusal.BAD_SIGNATURE, "the header " + HEADER + " is missing");
    }
    return accountsVouchedFor(delivery).isEmpty()
        ? new Refused(Refusal.BAD_SIGNATURE, MISMATCH)
        : new Verification.Verified();
  }

  /** The accounts whose app secret made the signature; none when it is wrong or missing. */
  List<WhatsAppSettings.Account> accountsVouchedFor(RawDelivery delivery) {
    String header = delivery.header(HEADER).orElse("");
    if (!header.startsWith(PREFIX)) {
      return List.of();
    }
    byte[] got = header.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
    List<WhatsAppSettings.Account> accounts = new ArrayList<>();
    accountsBySecret.forEach(
        (secret, owners) -> {
          byte[] expected = hexHmac(secret, delivery.body()).getBytes(StandardCharsets.UTF_8);
          if (MessageDigest.isEqual(expected, got)) {
            accounts.addAll(owners);
          }
        });
    return accounts;
  }

  private static String hexHmac(Secret secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
