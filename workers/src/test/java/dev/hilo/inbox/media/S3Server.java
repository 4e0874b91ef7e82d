package dev.hilo.inbox.media;

import dev.hilo.channel.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.springframework.util.unit.DataSize;

/** A real S3 server over a folder, which checks signatures and digests. */
final class S3Server implements AutoCloseable {

  static final String BUCKET = "hilo-test";
  private static final String ACCESS_KEY = "test-access-key";
  private static final String SECRET_KEY = "test-secret-key";

  private final S3Proxy server;

  S3Server(Path folder) throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
    try (var s3 = MediaConfiguration.s3(settings())) {
      s3.createBucket(b -> b.bucket(BUCKET));
    }
  }

  MediaSettings settings() {
    return settings(SECRET_KEY);
  }

  MediaSettings settings(String secretKey) {
    return settings(URI.create("http://127.0.0.1:" + server.getPort()), secretKey);
  }

  static MediaSettings settings(URI endpoint) {
    return settings(endpoint, SECRET_KEY);
  }

  private static MediaSettings settings(URI endpoint, String secretKey) {
    return new MediaSettings(
        MediaSettings.Kind.S3,
        Path.of("unused"),
        BUCKET,
        "us-east-1",
        endpoint.toString(),
        true,
        new Secret(ACCESS_KEY),
        new Secret(secretKey),
        DataSize.ofMegabytes(100),
        50_000_000,
        12,
        "",
        Duration.ofSeconds(5),
        new Secret(""),
        "");
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
