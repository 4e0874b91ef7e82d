package dev.hilo.inbox.media;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Blobs in a bucket, on any store that speaks the S3 API. A blob of up to 8 MiB is one request, a
 * larger one a multipart upload whose parts are sent as they fill: one part is in memory at a time.
 * Each request carries a digest of its bytes, which the store checks; by {@code Content-MD5},
 * because that is what every S3 store knows.
 */
public final class S3Blobs implements Blobs, AutoCloseable {

  /** Bytes of one part; 10,000 parts of it are 80 GB. */
  static final int PART = 8 * 1024 * 1024;

  private static final String FOLDER = "media/";

  private final S3Client s3;
  private final String bucket;

  /** Blobs in a bucket that exists. */
  public S3Blobs(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public BlobWriter begin(BlobKey key) {
    return new PartWriter(key);
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return get(key, Optional.empty());
  }

  @Override
  public Optional<InputStream> open(BlobKey key, ByteRange range) {
    return get(key, Optional.of("bytes=" + range.first() + "-" + range.last()));
  }

  private Optional<InputStream> get(BlobKey key, Optional<String> range) {
    try {
      ResponseInputStream<GetObjectResponse> object =
          s3.getObject(
              r -> {
                r.bucket(bucket).key(name(key));
                range.ifPresent(r::range);
              });
      return Optional.of(new Download(object));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public boolean exists(BlobKey key) {
    try {
      s3.headObject(r -> r.bucket(bucket).key(name(key)));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw failed("look", key, e);
    } catch (SdkException e) {
      throw failed("look", key, e);
    }
  }

  @Override
  public void delete(BlobKey key) {
    try {
      s3.deleteObject(r -> r.bucket(bucket).key(name(key)));
    } catch (NoSuchKeyException e) {
      // As good as deleted.
    } catch (SdkException e) {
      throw failed("delete", key, e);
    }
  }

  @Override
  public int sweep(Instant before) {
    try {
      int removed = 0;
      for (MultipartUpload upload :
          s3.listMultipartUploadsPaginator(l -> l.bucket(bucket).prefix(FOLDER)).uploads()) {
        if (upload.initiated().isBefore(before)) {
          s3.abortMultipartUpload(
              a -> a.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
          removed++;
        }
      }
      return removed;
    } catch (SdkException e) {
      throw new BlobsUnavailableException(
          "unfinished uploads could not be removed: " + e.getClass().getSimpleName(), e);
    }
  }

  @Override
  public void close() {
    s3.close();
  }

  private static String name(BlobKey key) {
    return FOLDER + key.value();
  }

  private static BlobsUnavailableException failed(String what, BlobKey key, SdkException e) {
    return new BlobsUnavailableException(
        "blob " + key + ": " + what + " failed: " + e.getClass().getSimpleName(), e);
  }

  /** Closing it early gives the connection up instead of reading the rest. */
  private static final class Download extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> object;
    private boolean ended;

    private Download(ResponseInputStream<GetObjectResponse> object) {
      super(object);
      this.object = object;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      ended |= b < 0;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      ended |= read < 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        super.close();
      } else {
        object.abort();
      }
    }
  }

  private final class PartWriter extends BlobWriter {
    private final BlobKey key;
    private final byte[] part = new byte[PART];
    private int filled;
    private final List<CompletedPart> sent = new ArrayList<>();
    private Optional<String> upload = Optional.empty();
    private boolean committed;

    private PartWriter(BlobKey key) {
      this.key = key;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int done = 0;
      while (done < length) {
        if (filled == PART) {
          sendPart();
        }
        int some = Math.min(PART - filled, length - done);
        System.arraycopy(bytes, offset + done, part, filled, some);
        filled += some;
        done += some;
      }
    }

    @Override
    public void commit() {
      try {
        if (upload.isEmpty()) {
          s3.putObject(
              r ->
                  r.bucket(bucket)
                      .key(name(key))
                      .contentMD5(md5(part, filled))
                      .contentType("application/octet-stream"),
              body());
        } else {
          sendPart();
          s3.completeMultipartUpload(
              r ->
                  r.bucket(bucket)
                      .key(name(key))
                      .uploadId(upload.get())
                      .multipartUpload(m -> m.parts(sent)));
        }
        committed = true;
      } catch (SdkException e) {
        throw failed("write", key, e);
      }
    }

    private void sendPart() {
      try {
        if (upload.isEmpty()) {
          upload =
              Optional.of(
                  s3.createMultipartUpload(
                          r ->
                              r.bucket(bucket)
                                  .key(name(key))
                                  .contentType("application/octet-stream"))
                      .uploadId());
        }
        int number = sent.size() + 1;
        String etag =
            s3.uploadPart(
                    r ->
                        r.bucket(bucket)
                            .key(name(key))
                            .uploadId(upload.get())
                            .partNumber(number)
                            .contentMD5(md5(part, filled)),
                    body())
                .eTag();
        sent.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        filled = 0;
      } catch (SdkException e) {
        throw failed("write", key, e);
      }
    }

    /** The filled part, without a copy. */
    private RequestBody body() {
      int length = filled;
      return RequestBody.fromContentProvider(
          () -> new ByteArrayInputStream(part, 0, length), length, "application/octet-stream");
    }

    @Override
    public void close() {
      if (!committed && upload.isPresent()) {
        try {
          s3.abortMultipartUpload(r -> r.bucket(bucket).key(name(key)).uploadId(upload.get()));
        } catch (SdkException e) {
          throw failed("give up", key, e);
        }
      }
    }
  }

  private static String md5(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes, 0, length);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
