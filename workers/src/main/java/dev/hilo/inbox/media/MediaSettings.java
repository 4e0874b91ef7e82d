package dev.hilo.inbox.media;

import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.channel.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where files lie, how large they may be, who looks for viruses in them.
 *
 * @param store a folder or the S3 API
 * @param path the folder
 * @param bucket of the S3 store; must exist
 * @param region of the S3 store
 * @param endpoint of another S3 store than Amazon's; empty: Amazon's
 * @param pathStyle whether the bucket is part of the path instead of the host's name, as most other
 *     S3 stores want it
 * @param accessKey empty: as the environment or the machine's role gives it
 * @param secretKey goes with {@code accessKey}
 * @param maxSize largest file in either direction
 * @param maxPixels largest picture that a small one is made of
 * @param giveUpAfter attempts to get one file
 * @param clamd host:port of clamd; empty: files are not scanned
 * @param clamdTimeout longest silence of clamd
 * @param linkSecret key of signed links, at least 32 characters; empty: one is made at start, and
 *     links end with the process
 * @param publicUrl where providers reach Hilo, for links to files; empty: they do not
 */
@ConfigurationProperties("hilo.media")
public record MediaSettings(
    @DefaultValue("folder") Kind store,
    @DefaultValue(".hilo/data/media") Path path,
    @DefaultValue("") String bucket,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("") String endpoint,
    @DefaultValue("false") boolean pathStyle,
    @DefaultValue("") Secret accessKey,
    @DefaultValue("") Secret secretKey,
    @DefaultValue("100MB") DataSize maxSize,
    @DefaultValue("50000000") long maxPixels,
    @DefaultValue("12") int giveUpAfter,
    @DefaultValue("") String clamd,
    @DefaultValue("60s") Duration clamdTimeout,
    @DefaultValue("") Secret linkSecret,
    @DefaultValue("") String publicUrl) {

  private static final int LINK_SECRET = 32;

  /** The two kinds of blob store. */
  public enum Kind {
    FOLDER,
    S3
  }

  public MediaSettings {
    if (store == Kind.S3 && bucket.isBlank()) {
      throw invalid("bucket", "the name of a bucket, because hilo.media.store is s3");
    }
    if (accessKey.reveal().isBlank() != secretKey.reveal().isBlank()) {
      throw invalid("access-key", "both access-key and secret-key, or neither");
    }
    if (maxSize.toBytes() < 1) {
      throw invalid("max-size", "at least one byte");
    }
    if (maxPixels < 1) {
      throw invalid("max-pixels", "at least one pixel");
    }
    if (giveUpAfter < 1) {
      throw invalid("give-up-after", "at least one attempt");
    }
    if (!linkSecret.reveal().isEmpty() && linkSecret.reveal().length() < LINK_SECRET) {
      throw invalid("link-secret", "at least " + LINK_SECRET + " characters, or none");
    }
    if (!clamd.isBlank() && !clamd.matches("[^:\\s]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+]:[0-9]{1,5}")) {
      throw invalid("clamd", "host:port");
    }
    requireWeb("endpoint", endpoint);
    requireWeb("public-url", publicUrl);
  }

  private static void requireWeb(String key, String value) {
    if (!value.isBlank()) {
      boolean web;
      try {
        URI uri = URI.create(value);
        web = uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?");
      } catch (IllegalArgumentException e) {
        web = false;
      }
      if (!web) {
        throw invalid(key, "an address that begins with https:// or http://");
      }
    }
  }

  private static InvalidSettingsException invalid(String key, String expected) {
    return new InvalidSettingsException("hilo.media." + key + ": expected " + expected);
  }
}
