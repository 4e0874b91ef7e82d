package dev.hilo.inbox.media;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes small pictures: decoded, turned as the camera says, scaled, and encoded anew, so that
 * nothing of the sender's bytes survives. What cannot be decoded has no small picture, and that is
 * all.
 */
final class Thumbnails {

  /** Longest side in pixels. */
  static final int SIDE = 320;

  /** Larger files are not tried: decoders keep what they have read. */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  /** Decoders of large pictures want hundreds of megabytes: one at a time. */
  private static final Semaphore TURN = new Semaphore(1);

  private final long maxPixels;

  Thumbnails(long maxPixels) {
    this.maxPixels = maxPixels;
    // Here, because decoders are looked for with the class loader of the thread that asks first.
    ImageIO.scanForPlugins();
  }

  /** Opens the picture; it is read twice. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * A small picture.
   *
   * @param type image/jpeg, or image/png where there is transparency
   */
  record Small(byte[] bytes, String type) {}

  /**
   * Makes a small picture.
   *
   * @param type of the bytes, as sniffed
   * @return empty if it cannot be decoded or has too many pixels
   * @throws IOException if the source cannot be read
   */
  Optional<Small> of(String type, Source picture) throws IOException {
    TURN.acquireUninterruptibly();
    try {
      Optional<BufferedImage> decoded;
      try (InputStream in = picture.open()) {
        decoded = decode(type, in);
      }
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      int orientation;
      try (InputStream in = picture.open()) {
        orientation = orientation(type, in);
      }
      return Optional.of(encode(scale(decoded.get(), orientation)));
    } finally {
      TURN.release();
    }
  }

  // Decoders meet hostile bytes and answer with whatever runtime exception comes first.
  private Optional<BufferedImage> decode(String type, InputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type);
    if (!readers.hasNext()) {
      return Optional.empty();
    }
    ImageReader reader = readers.next();
    try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(in)) {
      // Comments and colour profiles are not read: they may be bombs of their own.
      reader.setInput(input, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width < 1 || height < 1 || width * height > maxPixels) {
        return Optional.empty();
      }
      ImageReadParam how = reader.getDefaultReadParam();
      int step = (int) Math.max(1, Math.max(width, height) / (2L * SIDE));
      how.setSourceSubsampling(step, step, 0, 0);
      return Optional.of(reader.read(0, how));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }

  /** Of 1 to 8, as in the EXIF standard; 1 where nothing is said. Source: EXIF 2.32, 4.6.4 A. */
  private static int orientation(String type, InputStream in) {
    if (!type.equals("image/jpeg") && !type.equals("image/webp")) {
      return 1;
    }
    try {
      for (ExifIFD0Directory directory :
          ImageMetadataReader.readMetadata(in).getDirectoriesOfType(ExifIFD0Directory.class)) {
        if (directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)) {
          int orientation = directory.getInt(ExifIFD0Directory.TAG_ORIENTATION);
          return orientation >= 1 && orientation <= 8 ? orientation : 1;
        }
      }
      return 1;
    } catch (ImageProcessingException | MetadataException | IOException | RuntimeException e) {
      return 1;
    }
  }

  private static BufferedImage scale(BufferedImage picture, int orientation) {
    boolean onItsSide = orientation >= 5;
    int width = onItsSide ? picture.getHeight() : picture.getWidth();
    int height = onItsSide ? picture.getWidth() : picture.getHeight();
    double factor = Math.min(1, (double) SIDE / Math.max(width, height));
    BufferedImage small =
        new BufferedImage(
            Math.max(1, (int) Math.round(width * factor)),
            Math.max(1, (int) Math.round(height * factor)),
            picture.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB
                : BufferedImage.TYPE_INT_RGB);
    AffineTransform turn =
        AffineTransform.getScaleInstance(
            (double) small.getWidth() / width, (double) small.getHeight() / height);
    turn.concatenate(upright(orientation, picture.getWidth(), picture.getHeight()));
    Graphics2D canvas = small.createGraphics();
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      canvas.drawImage(picture, turn, null);
    } finally {
      canvas.dispose();
    }
    return small;
  }

  /** Brings a picture of w by h pixels upright. */
  private static AffineTransform upright(int orientation, int w, int h) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
      default -> new AffineTransform();
    };
  }

  private static Small encode(BufferedImage small) throws IOException {
    String format = small.getColorModel().hasAlpha() ? "png" : "jpeg";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(small, format, out)) {
        throw new IllegalStateException("every Java platform writes " + format);
      }
    }
    return new Small(bytes.toByteArray(), "image/" + format);
  }
}
