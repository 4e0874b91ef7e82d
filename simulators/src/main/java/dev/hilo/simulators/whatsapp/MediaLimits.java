package dev.hilo.simulators.whatsapp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which files may be sent as what, and how large.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/
 * business-phone-numbers/media, read 2026-11-20. A megabyte is taken as 1024 times 1024 bytes.
 */
final class MediaLimits {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int STATIC_STICKER = 100 * 1024;
  private static final int ANIMATED_STICKER = 500 * 1024;
  private static final int EXTENDED_HEADER = 21;

  private record Limit(int maxBytes, List<String> mimeTypes) {}

  private static final Map<String, Limit> BY_TYPE =
      Map.of(
          "image",
          new Limit(5 * MEGABYTE, List.of("image/jpeg", "image/png")),
          "audio",
          new Limit(
              16 * MEGABYTE,
              List.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")),
          "video",
          new Limit(16 * MEGABYTE, List.of("video/mp4", "video/3gpp")),
          "sticker",
          new Limit(ANIMATED_STICKER, List.of("image/webp")),
          "document",
          new Limit(
              100 * MEGABYTE,
              List.of(
                  "text/plain",
                  "application/pdf",
                  "application/msword",
                  "application/vnd.ms-excel",
                  "application/vnd.ms-powerpoint",
                  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  "application/vnd.openxmlformats-officedocument.presentationml.presentation")));

  private MediaLimits() {}

  /** Every kind of file that is known here. */
  static java.util.Set<String> types() {
    return BY_TYPE.keySet();
  }

  /** As what a file of that MIME type is sent; empty when it cannot be. */
  static Optional<String> typeOf(String mimeType) {
    return BY_TYPE.entrySet().stream()
        .filter(entry -> entry.getValue().mimeTypes().contains(bare(mimeType)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Every MIME type that can be uploaded, in order. */
  static String allMimeTypes() {
    TreeSet<String> all = new TreeSet<>();
    BY_TYPE.values().forEach(limit -> all.addAll(limit.mimeTypes()));
    return String.join(", ", all);
  }

  /** How many bytes such a file may have. */
  static int maxBytes(String type) {
    return limit(type).maxBytes();
  }

  /** What is wrong with a file to be sent as that; empty when nothing is. */
  static Optional<String> problem(String type, String mimeType, byte[] content) {
    Limit limit = limit(type);
    if (!limit.mimeTypes().contains(bare(mimeType))) {
      return Optional.of(
          "Unsupported "
              + type
              + " mime type "
              + mimeType
              + ". Please use one of: "
              + String.join(", ", limit.mimeTypes()));
    }
    int most = type.equals("sticker") && !isAnimated(content) ? STATIC_STICKER : limit.maxBytes();
    if (content.length == 0 || content.length > most) {
      return Optional.of(
          "expected 1 to " + most + " bytes for " + type + ", got " + content.length);
    }
    return Optional.empty();
  }

  /** Source: WebP container specification: the flag of animation in the extended header. */
  static boolean isAnimated(byte[] webp) {
    return webp.length >= EXTENDED_HEADER
        && new String(webp, 12, 4, StandardCharsets.US_ASCII).equals("VP8X")
        && (webp[20] & 2) != 0;
  }

  /** Without parameters, in lower case. */
  static String bare(String mimeType) {
    return mimeType.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
  }

  private static Limit limit(String type) {
    Limit limit = BY_TYPE.get(type);
    if (limit == null) {
      throw new IllegalArgumentException("there are no files of the type " + type);
    }
    return limit;
  }
}
