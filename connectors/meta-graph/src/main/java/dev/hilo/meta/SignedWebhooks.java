package dev.hilo.meta;

import dev.hilo.channel.ParseResult.Refused;
import dev.hilo.channel.PushChannel.Handshake;
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
 * Who a webhook is from: HMAC-SHA256 over the raw bytes, keyed with the app secret. And the
 * handshake before the first one.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, read 2026-11-20.
 */
public final class SignedWebhooks {

  /** Why a delivery is refused that nobody of ours signed. */
  public static final String MISMATCH = "X-Hub-Signature-256 matches the app secret of no account";

  private static final String HEADER = "X-Hub-Signature-256";
  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  private final Secret verifyToken;
  private final Map<Secret, List<MetaAccount>> accountsBySecret = new LinkedHashMap<>();

  /** Takes the app secrets and the word of the handshake. */
  public SignedWebhooks(MetaSettings settings) {
    this.verifyToken = settings.verifyToken();
    for (MetaAccount account : settings.accounts()) {
      accountsBySecret.computeIfAbsent(account.appSecret(), key -> new ArrayList<>()).add(account);
    }
  }

  /** Whether one of our apps signed it. */
  public Verification verify(RawDelivery delivery) {
    if (delivery.header(HEADER).isEmpty()) {
      return new Refused(Refusal.BAD_SIGNATURE, "the header " + HEADER + " is missing");
    }
    return accountsVouchedFor(delivery).isEmpty()
        ? new Refused(Refusal.BAD_SIGNATURE, MISMATCH)
        : new Verification.Verified();
  }

  /**
   * The accounts whose app secret made the signature; none when it is wrong or missing. If the
   * delivery's address names an account, only that one.
   */
  public List<MetaAccount> accountsVouchedFor(RawDelivery delivery) {
    String header = delivery.header(HEADER).orElse("");
    if (!header.startsWith(PREFIX)) {
      return List.of();
    }
    byte[] got = header.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
    List<MetaAccount> accounts = new ArrayList<>();
    accountsBySecret.forEach(
        (secret, owners) -> {
          byte[] expected = hexHmac(secret, delivery.body()).getBytes(StandardCharsets.UTF_8);
          if (MessageDigest.isEqual(expected, got)) {
            accounts.addAll(owners);
          }
        });
    return delivery
        .account()
        .map(named -> accounts.stream().filter(account -> account.id().equals(named)).toList())
        .orElse(accounts);
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

  /** Answers {@code hub.mode=subscribe}: the challenge back, if the word is ours. */
  public Handshake handshake(RawDelivery delivery) {
    String challenge = delivery.query().getOrDefault("hub.challenge", "");
    if (!delivery.query().getOrDefault("hub.mode", "").equals("subscribe") || challenge.isEmpty()) {
      return new Handshake.Denied(
          Refusal.MALFORMED, "expected hub.mode=subscribe and a hub.challenge");
    }
    byte[] expected = verifyToken.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] got =
        delivery.query().getOrDefault("hub.verify_token", "").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, got)
        ? new Handshake.Granted(challenge)
        : new Handshake.Denied(
            Refusal.WRONG_VERIFY_TOKEN, "hub.verify_token is not the one in the settings");
  }
}
