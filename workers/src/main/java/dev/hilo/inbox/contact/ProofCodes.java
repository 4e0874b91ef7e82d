package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * One-time codes: shown to a visitor, sent by the visitor from another channel, and so the proof
 * that both are the same person. Only a digest is stored.
 */
@Component
public class ProofCodes {

  /** How long a code may be used. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  /** No letters or digits that look alike; 30^8 codes, which nobody guesses in 15 minutes. */
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final Pattern FORM = Pattern.compile("\\bHILO-([2-9A-HJKMNP-TV-Z]{8})\\b");

  private final SecureRandom random = new SecureRandom();
  private final Documents<CodeRecord> codes;
  private final Clock clock;

  public ProofCodes(Store store, Clock clock) {
    this.codes = store.documents(Indexes.PROOFS, CodeRecord.class);
    this.clock = clock;
  }

  /**
   * A code as it is stored.
   *
   * @param visitor who was shown the code
   * @param usedBy id of the message that brought it
   */
  record CodeRecord(ContactAddress visitor, Instant expiresAt, Optional<String> usedBy) {}

  /** A new code. */
  public record Issued(String code, Instant expiresAt) {}

  public Issued issue(ContactAddress visitor) {
    Instant expiresAt = clock.instant().plus(LIFETIME);
    while (true) {
      StringBuilder code = new StringBuilder("HILO-");
      for (int i = 0; i < 8; i++) {
        code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      String text = code.toString();
      if (codes.create(digest(text), new CodeRecord(visitor, expiresAt, Optional.empty()))) {
        return new Issued(text, expiresAt);
      }
    }
  }

  /**
   * Uses the code in a message, if there is a good one. The same message may use it again.
   *
   * @param messageId the message that brought it
   * @return the visitor who was shown the code
   */
  public Optional<ContactAddress> redeem(String text, String messageId) {
    Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.find()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return codes
        .change(
            digest(matcher.group()),
            code ->
                code == null || code.usedBy().isPresent() || !now.isBefore(code.expiresAt())
                    ? code
                    : new CodeRecord(code.visitor(), code.expiresAt(), Optional.of(messageId)))
        .filter(code -> code.usedBy().filter(messageId::equals).isPresent())
        .map(CodeRecord::visitor);
  }

  private static String digest(String code) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
