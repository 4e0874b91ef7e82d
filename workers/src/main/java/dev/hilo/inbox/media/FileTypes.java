package dev.hilo.inbox.media;

import dev.hilo.channel.Content.Media.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/** Says what a file is by its first bytes. */
final class FileTypes {

  static final String UNKNOWN = "application/octet-stream";

  /** Pictures that browsers and our own decoders know; nothing in them can run. */
  private static final Set<String> PICTURES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  /** Containers of sound and film: which of the two is inside, the sender knows better. */
  private static final Set<String> OGG =
      Set.of(
          "application/ogg",
          "audio/ogg",
          "audio/opus",
          "audio/vorbis",
          "audio/speex",
          "video/ogg",
          "audio/x-oggflac",
          "audio/x-oggpcm",
          "video/theora",
          "video/x-oggrgb",
          "video/x-oggyuv",
          "video/x-oggum",
          "video/daala");

  private static final Set<String> MP4 =
      Set.of(
          "application/mp4",
          "video/mp4",
          "audio/mp4",
          "video/quicktime",
          "video/3gpp",
          "audio/3gpp",
          "video/3gpp2",
          "audio/3gpp2",
          "video/x-m4v",
          "audio/x-m4a",
          "audio/aac");

  private static final Set<String> WEBM = Set.of("video/webm", "audio/webm", "video/x-matroska");

  /** Containers whose contents are known by the name alone. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "application/zip",
          "application/x-tika-ooxml",
          "application/x-tika-msoffice",
          "application/xml",
          "text/plain",
          "application/gzip");

  private static final Set<String> RUNS =
      Set.of(
          "application/x-msdownload",
          "application/x-dosexec",
          "application/x-executable",
          "application/x-elf",
          "application/x-sharedlib",
          "application/x-object",
          "application/x-mach-o",
          "application/x-mach-o-executable",
          "application/java-archive",
          "application/java-vm",
          "application/vnd.android.package-archive",
          "application/x-ms-installer",
          "application/x-msi",
          "application/x-ms-shortcut",
          "application/x-bat",
          "application/x-sh",
          "application/javascript",
          "text/javascript",
          "application/hta",
          "text/html",
          "application/xhtml+xml",
          "image/svg+xml",
          "application/xml",
          "text/xml",
          "application/xslt+xml",
          "multipart/related",
          "application/x-shockwave-flash",
          "text/x-python",
          "text/vbscript",
          "text/x-vbscript");

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();
  private final MediaTypeRegistry registry = types.getMediaTypeRegistry();

  /**
   * What the bytes show.
   *
   * @param type MIME type, lower case, without parameters
   * @param active whether it could run somewhere: programs, scripts, pages, SVG
   * @param extension with its dot; empty where none is known
   */
  record Sniffed(String type, boolean active, String extension) {
    /** Whether a small picture can be made of it. */
    boolean picture() {
      return isPicture(type);
    }
  }

  /** Whether a small picture can be made of this type. */
  static boolean isPicture(String type) {
    return PICTURES.contains(type);
  }

  /**
   * Sniffs.
   *
   * @param head the first bytes
   * @param name tells what is in a container; it never makes a picture, sound or film of anything
   * @param declared chooses between sound and film where the container is of both
   */
  Sniffed sniff(byte[] head, String name, Optional<String> declared) {
    String magic = detect(head, new Metadata());
    Metadata named = new Metadata();
    named.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    String type = magic;
    if (CONTAINERS.contains(magic)) {
      String hinted = detect(head, named);
      type = isInert(hinted) ? magic : hinted;
    } else {
      String said = declared.map(FileTypes::bare).orElse("");
      for (Set<String> family : Set.of(OGG, MP4, WEBM)) {
        if (family.contains(magic) && family.contains(said)) {
          type = said;
        }
      }
    }
    return new Sniffed(type, active(type), extension(type));
  }

  /**
   * What a file may be shown as: a picture, sound or film only if its bytes are one, whatever the
   * sender said.
   */
  Form form(Form declared, Sniffed sniffed) {
    return switch (declared) {
      case IMAGE -> sniffed.picture() ? Form.IMAGE : Form.DOCUMENT;
      case STICKER -> sniffed.picture() ? Form.STICKER : Form.DOCUMENT;
      case AUDIO -> isSound(sniffed.type()) ? Form.AUDIO : Form.DOCUMENT;
      case VIDEO -> isFilm(sniffed.type()) ? Form.VIDEO : Form.DOCUMENT;
      case DOCUMENT -> Form.DOCUMENT;
    };
  }

  /** What a file is best shown as when nobody said. */
  Form form(Sniffed sniffed) {
    if (sniffed.picture()) {
      return Form.IMAGE;
    }
    if (sniffed.type().startsWith("audio/")) {
      return Form.AUDIO;
    }
    return sniffed.type().startsWith("video/") ? Form.VIDEO : Form.DOCUMENT;
  }

  private static boolean isSound(String type) {
    return type.startsWith("audio/") || OGG.contains(type) || MP4.contains(type);
  }

  private static boolean isFilm(String type) {
    return type.startsWith("video/") || OGG.contains(type) || MP4.contains(type);
  }

  private static boolean isInert(String type) {
    return (type.startsWith("image/") && !type.equals("image/svg+xml"))
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.equals(UNKNOWN);
  }

  private boolean active(String type) {
    for (MediaType t = MediaType.parse(type); t != null; t = registry.getSupertype(t)) {
      // Many harmless types are XML underneath; only XML as such is shown by browsers.
      boolean asSuch = t.toString().equals(type) || !t.toString().endsWith("xml");
      if (asSuch && RUNS.contains(t.toString())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a type is one that a browser could run; asked where only the type is known. */
  static boolean isActive(String type) {
    return RUNS.contains(type) || type.startsWith("text/") || type.endsWith("xml");
  }

  private String extension(String type) {
    try {
      return types.forName(type).getExtension();
    } catch (MimeTypeException e) {
      return "";
    }
  }

  private String detect(byte[] head, Metadata hints) {
    try {
      return bare(types.detect(new ByteArrayInputStream(head), hints).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  /** Without parameters, lower case. */
  static String bare(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
