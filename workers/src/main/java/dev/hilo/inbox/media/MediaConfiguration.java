package dev.hilo.inbox.media;

import dev.hilo.channel.InvalidSettingsException;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Chooses the blob store and the virus scanner. */
@Configuration
class MediaConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(MediaConfiguration.class);

  @Bean
  Blobs blobs(MediaSettings settings) {
    return switch (settings.store()) {
      case FOLDER -> folder(settings);
      case S3 -> new S3Blobs(s3(settings), settings.bucket());
    };
  }

  private static FolderBlobs folder(MediaSettings settings) {
    try {
      return new FolderBlobs(settings.path());
    } catch (BlobsUnavailableException e) {
      throw new InvalidSettingsException(
          "hilo.media.path: expected a folder that can be written, got " + settings.path());
    }
  }

  /** The client, with one connection a call and time limits that a stalled store cannot pass. */
  static S3Client s3(MediaSettings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(Duration.ofSeconds(30)))
            // Each request has its own Content-MD5; trailing checksums are unknown to older stores.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (!settings.endpoint().isBlank()) {
      builder.endpointOverride(URI.create(settings.endpoint()));
    }
    if (!settings.accessKey().reveal().isBlank()) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(
                  settings.accessKey().reveal(), settings.secretKey().reveal())));
    }
    return builder.build();
  }

  @Bean
  VirusScan virusScan(MediaSettings settings) {
    if (settings.clamd().isBlank()) {
      LOG.warn("files are not scanned for viruses: hilo.media.clamd is not set");
      return VirusScan.OFF;
    }
    int colon = settings.clamd().lastIndexOf(':');
    String host = settings.clamd().substring(0, colon).replaceAll("^\\[|]$", "");
    int port = Integer.parseInt(settings.clamd().substring(colon + 1));
    return new ClamdScan(host, port, settings.clamdTimeout());
  }
}
