package dev.hilo.simulators.mail;

import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.BodyPart;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail as a customer's program shows it. What cannot be read is left out.
 *
 * @param text the plain text; empty when there is none
 * @param html the HTML as it came
 * @param files attachments and inline images, in order
 */
record ReadMail(
    long uid,
    boolean seen,
    Instant at,
    String from,
    String fromName,
    List<String> to,
    List<String> cc,
    List<String> replyTo,
    String subject,
    String messageId,
    List<String> references,
    String autoSubmitted,
    String text,
    Optional<String> html,
    List<File> files) {

  /**
   * A part that is no text.
   *
   * @param contentId without brackets; empty when it has none
   */
  record File(String name, String type, String contentId, byte[] bytes) {}

  static ReadMail of(StoredMessage stored) {
    Reading reading = new Reading();
    MimeMessage mail = stored.getMimeMessage();
    try {
      reading.walk(mail);
    } catch (MessagingException | IOException | RuntimeException e) {
      // Broken mail: the rest is shown as far as it was read.
      reading.text.append("(…)");
    }
    List<InternetAddress> from = addresses(mail, "From");
    String sender = from.isEmpty() ? "" : String.valueOf(from.getFirst().getAddress());
    List<String> replyTo = plain(addresses(mail, "Reply-To"));
    return new ReadMail(
        stored.getUid(),
        stored.isSet(Flags.Flag.SEEN),
        stored.getReceivedDate().toInstant(),
        sender,
        from.isEmpty() ? "" : Optional.ofNullable(from.getFirst().getPersonal()).orElse(sender),
        plain(addresses(mail, "To")),
        plain(addresses(mail, "Cc")),
        replyTo.isEmpty() ? List.of(sender) : replyTo,
        decoded(header(mail, "Subject")),
        header(mail, "Message-ID"),
        Arrays.stream(header(mail, "References").split("\\s+"))
            .filter(id -> !id.isEmpty())
            .toList(),
        header(mail, "Auto-Submitted"),
        reading.text.toString(),
        reading.html.isEmpty() ? Optional.empty() : Optional.of(reading.html.toString()),
        List.copyOf(reading.files));
  }

  /** The text, made of the HTML when there is no other. */
  String plainText() {
    if (!text.isBlank() || html.isEmpty()) {
      return text;
    }
    return html.get()
        .replaceAll("(?is)<(style|script|head)\\b.*?</\\1>", "")
        .replaceAll("(?i)<br[^>]*>|</(p|div|tr|li|h[1-6])>", "\n")
        .replaceAll("<[^>]*>", "")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replaceAll("[ \\t]*\n\\s*\n\\s*", "\n\n")
        .strip();
  }

  private static String header(MimeMessage mail, String name) {
    try {
      return Optional.ofNullable(mail.getHeader(name, ", "))
          .map(value -> value.replaceAll("\\s+", " ").strip())
          .orElse("");
    } catch (MessagingException e) {
      return "";
    }
  }

  private static String decoded(String header) {
    try {
      return MimeUtility.decodeText(header);
    } catch (UnsupportedEncodingException e) {
      return header;
    }
  }

  private static List<InternetAddress> addresses(MimeMessage mail, String name) {
    try {
      return List.of(InternetAddress.parseHeader(header(mail, name), false));
    } catch (AddressException e) {
      return List.of();
    }
  }

  private static List<String> plain(List<InternetAddress> addresses) {
    return addresses.stream().map(one -> String.valueOf(one.getAddress())).toList();
  }

  /** Collects while going through the parts. */
  private static final class Reading {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<File> files = new ArrayList<>();

    void walk(MimePart part) throws MessagingException, IOException {
      boolean attached = Part.ATTACHMENT.equalsIgnoreCase(disposition(part));
      if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          BodyPart child = parts.getBodyPart(i);
          if (child instanceof MimePart mimePart) {
            walk(mimePart);
          }
        }
      } else if (!attached && part.isMimeType("text/plain")) {
        text.append(content(part));
      } else if (!attached && part.isMimeType("text/html")) {
        html.append(content(part));
      } else {
        files.add(file(part));
      }
    }

    private static String disposition(MimePart part) throws MessagingException {
      return Optional.ofNullable(part.getDisposition()).orElse("");
    }

    private static String content(MimePart part) throws MessagingException, IOException {
      try {
        return String.valueOf(part.getContent());
      } catch (UnsupportedEncodingException e) {
        try (InputStream in = part.getInputStream()) {
          return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
      }
    }

    private File file(MimePart part) throws MessagingException, IOException {
      byte[] bytes;
      try (InputStream in = part.getInputStream()) {
        bytes = in.readAllBytes();
      }
      String type = part.getContentType().replaceAll("[;\\s].*", "").toLowerCase(Locale.ROOT);
      String name =
          Optional.ofNullable(part.getFileName())
              .map(ReadMail::decoded)
              .orElse("part-" + (files.size() + 1));
      String id = Optional.ofNullable(part.getContentID()).orElse("").replaceAll("[<>]", "");
      return new File(name, type, id, bytes);
    }
  }
}
