package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Against a real S3 server in this process. */
class S3BlobsTest implements BlobsContract {

  @TempDir static Path folder;
  private static S3Server server;
  private static S3Client s3;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server(folder);
    s3 = MediaConfiguration.s3(server.settings());
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
    server.close();
  }

  @Override
  public Blobs blobs() {
    return new S3Blobs(s3, S3Server.BUCKET);
  }

  @Override
  public int leftovers() {
    return s3.listObjectsV2(l -> l.bucket(S3Server.BUCKET)).contents().size()
        + s3.listMultipartUploads(l -> l.bucket(S3Server.BUCKET)).uploads().size();
  }

  @Override
  public long outside() {
    long sum = 0;
    for (MultipartUpload upload :
        s3.listMultipartUploads(l -> l.bucket(S3Server.BUCKET)).uploads()) {
      sum +=
          s3
              .listParts(
                  p -> p.bucket(S3Server.BUCKET).key(upload.key()).uploadId(upload.uploadId()))
              .parts()
              .stream()
              .mapToLong(part -> part.size())
              .sum();
    }
    return sum;
  }

  @Test
  void shouldSayThatTheStoreRefusesWhenTheKeyIsWrong() {
    try (S3Client wrong = MediaConfiguration.s3(server.settings("another-secret-key"))) {
      Blobs blobs = new S3Blobs(wrong, S3Server.BUCKET);
      assertThatThrownBy(() -> blobs.put(BlobKey.fresh(), new ByteArrayInputStream(new byte[1]), 1))
          .isInstanceOf(BlobsUnavailableException.class)
          .hasMessageNotContaining("another-secret-key");
    }
  }

  @Test
  void shouldUploadSmallBlobsWithOneRequest() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();

    // when
    blobs().put(key, new CountedBytes(8L * MIB), 8L * MIB);
    BlobKey larger = BlobKey.fresh();
    blobs().put(larger, new CountedBytes(8L * MIB + 1), 9L * MIB);

    // then: the tag of a multipart upload ends with the number of its parts
    assertThat(s3.headObject(h -> h.bucket(S3Server.BUCKET).key("media/" + key)).eTag())
        .doesNotContain("-");
    assertThat(s3.headObject(h -> h.bucket(S3Server.BUCKET).key("media/" + larger)).eTag())
        .contains("-2");
  }
}
