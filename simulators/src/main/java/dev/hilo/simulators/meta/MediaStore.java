package dev.hilo.simulators.meta;

import dev.hilo.simulators.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Files that customers and businesses sent, behind addresses that are signed and expire. */
public final class MediaStore {

  private static final long FIRST_ID = 17_900_000_000_000_000L;

  private final Map<String, Asset> assets = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong(FIRST_ID);
  private final String key;
  private final InstantSource clock;

  /**
   * A file.
   *
   * @param type of attachment: image, audio, video, file
   * @param goneAt from when it is not found any more: a story's end
   */
  public record Asset(
      String id,
      String type,
      String name,
      String contentType,
      byte[] content,
      Optional<Instant> goneAt) {}

  public MediaStore(InstantSource clock) {
    this.clock = clock;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.key = HexFormat.of().formatHex(random);
  }

  /** Keeps a file. */
  public Asset keep(
      String type, String name, String contentType, byte[] content, Optional<Instant> goneAt) {
    String id = Long.toString(lastId.incrementAndGet());
    Asset asset = new Asset(id, type, name, contentType, content, goneAt);
    assets.put(id, asset);
    return asset;
  }

  /** Keeps a picture that is part of the simulators, for customers who have none at hand. */
  public Asset sample(String resource, Optional<Instant> goneAt) {
    try (InputStream in = MediaStore.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return keep("image", resource, "image/png", in.readAllBytes(), goneAt);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  public Optional<Asset> find(String id) {
    return Optional.ofNullable(assets.get(id));
  }

  /** What an address of a file bears, so that it works until then and for this file only. */
  public String sign(String asset, String expiry) {
    return Signature.of((asset + '|' + expiry).getBytes(StandardCharsets.UTF_8), key)
        .substring("sha256=".length());
  }

  /** What an address answers: 403 when it is not ours or too old, 404 when the file is gone. */
  Reply serve(String id, String expiry, String signature) {
    byte[] wanted = sign(id, expiry).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(wanted, signature.getBytes(StandardCharsets.UTF_8))) {
      return text(403, "Bad URL hash");
    }
    if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expiry, 16)))) {
      return text(403, "URL signature expired");
    }
    return serve(id);
  }

  /** The file without a signature, for our own pages. */
  public Reply serve(String id) {
    Optional<Asset> asset =
        find(id)
            .filter(one -> one.goneAt().filter(end -> !clock.instant().isBefore(end)).isEmpty());
    return asset
        .<Reply>map(
            one ->
                new Reply.Content(
                    200,
                    Map.of(
                        "Content-Type",
                        one.contentType(),
                        "X-Content-Type-Options",
                        "nosniff",
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; style-src 'unsafe-inline'"),
                    one.content()))
        .orElseGet(() -> text(404, "Not Found"));
  }

  private static Reply text(int status, String line) {
    return new Reply.Content(
        status, Map.of("Content-Type", "text/plain"), line.getBytes(StandardCharsets.UTF_8));
  }

  void clear() {
    assets.clear();
  }
}
