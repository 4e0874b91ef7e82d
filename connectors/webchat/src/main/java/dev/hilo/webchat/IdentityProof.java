package dev.hilo.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks what the page's own server signed about a visitor: a JSON Web Token (RFC 7519, HS256, with
 * {@code sub} and {@code exp}), or {@code hex(HMAC-SHA256(secret, id + "." + expires))}. Both end:
 * a proof that was seen once is of no use later.
 *
 * @param widget its id; a token with an {@code aud} must name it
 * @param realm the widgets that share the business's customer ids
 */
record IdentityProof(String widget, String realm, Secret secret) {

  /** How far the clock of the page's server may be behind or ahead. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private static final int MAX_LENGTH = 4096;
  private static final int MAX_NAME = 100;
  private static final int MAX_EMAIL = 254;
  private static final int MAX_PHONE = 40;
  private static final String FORGED =
      "the identity is not signed with this widget's identity-secret";
  private static final String EXPIRED = "the identity has expired; sign a new one";

  /** What a proof is worth. */
  sealed interface Verdict {
    /** The page's server says so. */
    record Proven(Identity identity) implements Verdict {}

    /** Worth nothing, with one line of why. */
    record Refused(Refusal refusal, String detail) implements Verdict {}
  }

  /**
   * Checks one.
   *
   * @param given {@code {token}} or {@code {id, expires, hash}}, {@code expires} in seconds since
   *     1970
   */
  Verdict check(JsonNode given, Instant now) {
    Optional<String> token = VisitorJson.word(given, "token");
    return token.isPresent() ? token(token.get(), now) : hash(given, now);
  }

  private Verdict token(String serialized, Instant now) {
    if (serialized.length() > MAX_LENGTH) {
      return malformed("the identity's token is too long");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(serialized);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !jwt.verify(new MACVerifier(secret.reveal().getBytes(StandardCharsets.UTF_8)))) {
        return new Verdict.Refused(Refusal.BAD_SIGNATURE, FORGED);
      }
      return claims(jwt.getJWTClaimsSet(), now);
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return new Verdict.Refused(Refusal.BAD_SIGNATURE, FORGED);
    }
  }

  private Verdict claims(JWTClaimsSet claims, Instant now) throws ParseException {
    Date expires = claims.getExpirationTime();
    String subject = claims.getSubject();
    if (expires == null || !isId(subject)) {
      return malformed("the identity's token needs 'sub' (1 to 200 characters) and 'exp'");
    }
    Date notBefore = claims.getNotBeforeTime();
    List<String> audience = claims.getAudience();
    if (!audience.isEmpty() && !audience.contains(widget)) {
      return new Verdict.Refused(
          Refusal.BAD_SIGNATURE, "the identity is for another widget ('aud')");
    }
    if (isOver(expires.toInstant(), now)
        || (notBefore != null && notBefore.toInstant().isAfter(now.plus(SKEW)))) {
      return new Verdict.Refused(Refusal.EXPIRED_TOKEN, EXPIRED);
    }
    return new Verdict.Proven(
        new Identity(
            realm,
            subject.strip(),
            text(claims, "name", MAX_NAME),
            text(claims, "email", MAX_EMAIL),
            Boolean.TRUE.equals(claims.getClaim("email_verified")),
            text(claims, "phone_number", MAX_PHONE).or(() -> text(claims, "phone", MAX_PHONE)),
            Boolean.TRUE.equals(claims.getClaim("phone_number_verified"))));
  }

  private Verdict hash(JsonNode given, Instant now) {
    Optional<String> id = VisitorJson.string(given, "id").filter(IdentityProof::isId);
    Optional<String> hash = VisitorJson.word(given, "hash");
    JsonNode expires = given.path("expires");
    if (id.isEmpty() || hash.isEmpty() || !expires.canConvertToLong()) {
      return malformed("an identity is {token}, or {id, expires, hash} with seconds in 'expires'");
    }
    byte[] signature;
    try {
      signature = HexFormat.of().parseHex(hash.get());
    } catch (IllegalArgumentException e) {
      return new Verdict.Refused(Refusal.BAD_SIGNATURE, FORGED);
    }
    if (!MessageDigest.isEqual(signature, hmac(id.get() + "." + expires.longValue()))) {
      return new Verdict.Refused(Refusal.BAD_SIGNATURE, FORGED);
    }
    if (isOver(Instant.ofEpochSecond(Math.min(expires.longValue(), 1L << 40)), now)) {
      return new Verdict.Refused(Refusal.EXPIRED_TOKEN, EXPIRED);
    }
    return new Verdict.Proven(Identity.of(realm, id.get().strip()));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is always available", e);
    }
  }

  private static boolean isOver(Instant expires, Instant now) {
    return !expires.plus(SKEW).isAfter(now);
  }

  private static boolean isId(@org.jspecify.annotations.Nullable String id) {
    return id != null
        && !id.isBlank()
        && id.length() <= Identity.MAX_ID
        && id.codePoints().noneMatch(Character::isISOControl);
  }

  private static Optional<String> text(JWTClaimsSet claims, String name, int maxLength) {
    return claims.getClaim(name) instanceof String text
        ? VisitorJson.line(text, maxLength)
        : Optional.empty();
  }

  private static Verdict malformed(String detail) {
    return new Verdict.Refused(Refusal.MALFORMED, detail);
  }
}
