package dev.hilo.webchat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes and reads visitors' tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256.
 *
 * <p>The algorithm is fixed here and never taken from the token; signatures are compared in
 * constant time by the library.
 */
final class VisitorTokens {

  private static final int MAX_LENGTH = 4096;
  private static final String WIDGET_CLAIM = "widget";
  private static final String REALM_CLAIM = "realm";
  private static final String CUSTOMER_CLAIM = "customer";
  private static final Pattern VISITOR = Pattern.compile("[0-9a-f]{32}");

  private final MACSigner signer;
  private final MACVerifier verifier;

  VisitorTokens(Secret secret) {
    byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      signer = new MACSigner(key);
      verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalStateException("the settings allow no key shorter than 256 bits", e);
    }
  }

  Secret write(VisitorToken token) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .claim(WIDGET_CLAIM, token.widget().value())
            .subject(token.visitor())
            .expirationTime(Date.from(token.expiresAt()));
    token.identity().ifPresent(identity -> write(identity, claims));
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("HMAC-SHA256 is always available", e);
    }
    return new Secret(jwt.serialize());
  }

  private static void write(Identity identity, JWTClaimsSet.Builder claims) {
    claims.claim(REALM_CLAIM, identity.realm()).claim(CUSTOMER_CLAIM, identity.id());
    identity.name().ifPresent(name -> claims.claim("name", name));
    identity.email().ifPresent(email -> claims.claim("email", email));
    identity.phone().ifPresent(phone -> claims.claim("phone_number", phone));
    claims.claim("email_verified", identity.emailVerified() ? true : null);
    claims.claim("phone_number_verified", identity.phoneVerified() ? true : null);
  }

  private static Optional<Identity> identity(JWTClaimsSet claims) throws ParseException {
    String realm = claims.getStringClaim(REALM_CLAIM);
    String id = claims.getStringClaim(CUSTOMER_CLAIM);
    return realm == null || id == null
        ? Optional.empty()
        : Optional.of(
            new Identity(
                realm,
                id,
                Optional.ofNullable(claims.getStringClaim("name")),
                Optional.ofNullable(claims.getStringClaim("email")),
                Boolean.TRUE.equals(claims.getClaim("email_verified")),
                Optional.ofNullable(claims.getStringClaim("phone_number")),
                Boolean.TRUE.equals(claims.getClaim("phone_number_verified"))));
  }

  /**
   * Reads a token that we signed; whether it has expired is the caller's question.
   *
   * @return empty when it is not ours, whatever the reason
   */
  Optional<VisitorToken> read(String serialized) {
    if (serialized.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(serialized);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !isCanonical(jwt.getSignature())
          || !jwt.verify(verifier)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      String widget = claims.getStringClaim(WIDGET_CLAIM);
      String visitor = claims.getSubject();
      Date expiresAt = claims.getExpirationTime();
      if (widget == null
          || widget.isBlank()
          || visitor == null
          || !VISITOR.matcher(visitor).matches()
          || expiresAt == null) {
        return Optional.empty();
      }
      return Optional.of(
          new VisitorToken(
              new AccountId(widget), visitor, expiresAt.toInstant(), identity(claims)));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Base64 leaves spare bits in its last character; one signature must have one spelling only. */
  private static boolean isCanonical(Base64URL signature) {
    return Base64URL.encode(signature.decode()).equals(signature);
  }
}
