package dev.hilo.inbox.media;

import dev.hilo.channel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Links that open one file, for one purpose, until a moment, without a login: for providers that
 * fetch what we send, and for visitors. HMAC-SHA256 over id, purpose and expiry.
 */
@Component
public class SignedLinks {

  private static final Logger LOG = LoggerFactory.getLogger(SignedLinks.class);
  private static final String ALGORITHM = "HmacSHA256";

  private final Secret key;
  private final String publicUrl;
  private final Clock clock;

  public SignedLinks(MediaSettings settings, Clock clock) {
    this.publicUrl = settings.publicUrl().replaceAll("/+$", "");
    this.clock = clock;
    if (settings.linkSecret().reveal().isEmpty()) {
      LOG.warn(
          "hilo.media.link-secret is not set: links to files end with this process, and other nodes"
              + " refuse them");
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      this.key = new Secret(HexFormat.of().formatHex(bytes));
    } else {
      this.key = settings.linkSecret();
    }
  }

  /** What a link is for. */
  public enum Purpose {
    /** A provider fetches what we send. */
    PROVIDER,
    /** A visitor downloads a file. */
    VISITOR,
    /** A page shows the small picture. */
    THUMBNAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A link relative to Hilo's own address. */
  public URI path(String id, Purpose purpose, Duration validFor) {
    long expires = clock.instant().plus(validFor).getEpochSecond();
    return URI.create(
        "/media/%s?expires=%d&purpose=%s&signature=%s"
            .formatted(id, expires, purpose.word(), signature(id, purpose.word(), expires)));
  }

  /** A whole link; empty when {@code hilo.media.public-url} is not set. */
  public Optional<URI> link(String id, Purpose purpose, Duration validFor) {
    return publicUrl.isEmpty()
        ? Optional.empty()
        : Optional.of(URI.create(publicUrl + path(id, purpose, validFor)));
  }

  /**
   * What a link opens a file for.
   *
   * @return empty if it was not made by us for this file and purpose, or has expired
   */
  Optional<Purpose> check(String id, String expires, String purpose, String signature) {
    long until;
    try {
      until = Long.parseLong(expires);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    byte[] expected = signature(id, purpose, until).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    try {
      if (!clock.instant().isBefore(Instant.ofEpochSecond(until))) {
        return Optional.empty();
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    for (Purpose known : Purpose.values()) {
      if (known.word().equals(purpose)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private String signature(String id, String purpose, long expires) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      // The lengths before the parts keep ("ab", "c") and ("a", "bc") apart.
      String signed =
          "hilo-media:%d:%s:%d:%s:%d"
              .formatted(id.length(), id, purpose.length(), purpose, expires);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
