package dev.hilo.inbox.channels;

import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.Secret;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Credentials that providers change by themselves, encrypted in the store with AES-256-GCM (NIST SP
 * 800-38D); the document's id is authenticated with it, so that one cannot stand in for another.
 */
@Component
class StoredCredentials implements CredentialStore {

  private static final Logger LOG = LoggerFactory.getLogger(StoredCredentials.class);
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int SHORTEST_KEY = 32;

  private final Documents<Encrypted> documents;
  private final SecretKey key;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * One credential.
   *
   * @param value nonce and ciphertext, Base64
   */
  record Encrypted(String value, Instant changedAt) {}

  StoredCredentials(Store store, Clock clock, @Value("${hilo.secret-key:}") String secretKey) {
    this.documents = store.documents(Indexes.CREDENTIALS, Encrypted.class);
    this.clock = clock;
    if (!secretKey.isEmpty() && secretKey.length() < SHORTEST_KEY) {
      throw new dev.hilo.channel.InvalidSettingsException(
          "hilo.secret-key: expected at least " + SHORTEST_KEY + " characters, or none");
    }
    byte[] bytes = new byte[32];
    if (secretKey.isEmpty()) {
      LOG.warn(
          "hilo.secret-key is not set: credentials that providers change cannot be read again after"
              + " a restart");
      random.nextBytes(bytes);
    } else {
      bytes = sha256(secretKey);
    }
    this.key = new SecretKeySpec(bytes, "AES");
  }

  @Override
  public Optional<Secret> read(String name) {
    return documents.get(name).flatMap(known -> decrypt(name, known));
  }

  @Override
  public boolean write(String name, Optional<Secret> expected, Secret next) {
    Encrypted fresh = encrypt(name, next);
    return documents
        .change(
            name,
            known -> {
              Optional<String> now =
                  known == null ? Optional.empty() : decrypt(name, known).map(Secret::reveal);
              return now.equals(expected.map(Secret::reveal)) ? fresh : known;
            })
        .filter(fresh::equals)
        .isPresent();
  }

  private Encrypted encrypt(String name, Secret secret) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      byte[] text = cipher.doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(NONCE + text.length).put(nonce).put(text).array();
      return new Encrypted(Base64.getEncoder().encodeToString(all), clock.instant());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private Optional<Secret> decrypt(String name, Encrypted encrypted) {
    byte[] all = Base64.getDecoder().decode(encrypted.value());
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, NONCE));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      byte[] text = cipher.doFinal(all, NONCE, all.length - NONCE);
      return Optional.of(new Secret(new String(text, StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      LOG.warn("the credential {} cannot be read with this hilo.secret-key", name);
      return Optional.empty();
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
