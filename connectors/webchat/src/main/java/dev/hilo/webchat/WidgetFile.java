package dev.hilo.webchat;

import dev.hilo.channel.VisitorChannel.Asset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The widget's script, as it lies in the jar. */
record WidgetFile(Asset asset) {

  static final String NAME = "hilo-webchat.js";

  static WidgetFile load() {
    try (InputStream file = WidgetFile.class.getResourceAsStream(NAME)) {
      if (file == null) {
        throw new IllegalStateException(NAME + " is missing in the jar of the webchat channel");
      }
      byte[] body = file.readAllBytes();
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
      return new WidgetFile(new Asset(body, "text/javascript; charset=utf-8", '"' + digest + '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(NAME + " cannot be read from the jar", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
