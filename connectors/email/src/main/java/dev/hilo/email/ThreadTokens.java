package dev.hilo.email;

import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The marks that we put into our mails so that an answer finds its way back, signed so that nobody
 * can make one for somebody else's conversation. A token says where an answer belongs, not who
 * wrote it: that is checked apart.
 *
 * <ul>
 *   <li>message id: {@code hilo.<outbound id>.<signature>@<domain>};
 *   <li>address: {@code support+hilo.<conversation>.<signature>@<domain>};
 *   <li>subject: {@code [#<conversation>.<signature>]}.
 * </ul>
 *
 * <p>All in lower case, for mail programs change the case of addresses and ids. Signature:
 * HMAC-SHA256 over kind and id, cut to 80 bits (40 in subjects), compared in constant time.
 */
final class ThreadTokens {

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int SIGNATURE = 16;
  private static final int SUBJECT_SIGNATURE = 8;
  private static final int MAX_LOCAL_PART = 64;
  private static final int MAX_BODY = 200_000;

  /** An id that can stand as it is; any other is written as {@code ~} and base 32. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-]{1,120}");

  private static final Pattern MESSAGE_ID =
      Pattern.compile("hilo\\.(~?[a-z0-9_-]{1,300})\\.([a-z2-7]{16})@");
  private static final Pattern LOCAL_PART =
      Pattern.compile("\\+hilo\\.(~?[a-z0-9_-]{1,60})\\.([a-z2-7]{16})@");
  private static final Pattern SUBJECT =
      Pattern.compile("\\[#(~?[A-Za-z0-9_-]{1,120})\\.([A-Za-z2-7]{8})]");

  private final SecretKeySpec key;
  private final String domain;

  /**
   * Tokens of one installation.
   *
   * @param secret any text; changing it makes older marks unknown
   * @param domain right side of our message ids
   */
  ThreadTokens(Secret secret, String domain) {
    this.key = new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.domain = domain.toLowerCase(Locale.ROOT);
  }

  /** Where a mark was found; in the order in which they are trusted. */
  enum Source {
    ADDRESS,
    IN_REPLY_TO,
    REFERENCES,
    SUBJECT,
    BODY
  }

  /** What a mark names. */
  enum Kind {
    /** A mail of ours. */
    OUTBOUND,
    CONVERSATION
  }

  /** A mark whose signature is ours. */
  record Mark(Source source, Kind kind, String id) {}

  /** Our message id for an outbound mail, without angle brackets; the same at every call. */
  String messageId(String outboundId) {
    String id = written(outboundId);
    return "hilo." + id + "." + sign("message", id, SIGNATURE) + "@" + domain;
  }

  /** The outbound id in a message id of ours; empty for any other and for a forged one. */
  Optional<String> outboundId(String messageId) {
    Matcher ours = MESSAGE_ID.matcher(messageId.toLowerCase(Locale.ROOT));
    return ours.find() ? verified("message", ours.group(1), ours.group(2)) : Optional.empty();
  }

  /** Whether it has the form of ours, forged or not. */
  static boolean looksOurs(String messageId) {
    return MESSAGE_ID.matcher(messageId.toLowerCase(Locale.ROOT)).find();
  }

  /** The mailbox with the conversation's mark; the mailbox itself when that would be too long. */
  String address(String mailbox, String conversation) {
    int at = mailbox.lastIndexOf('@');
    String id = written(conversation);
    String local =
        mailbox.substring(0, Math.max(at, 0))
            + "+hilo."
            + id
            + "."
            + sign("address", id, SIGNATURE);
    return at < 1 || local.length() > MAX_LOCAL_PART ? mailbox : local + mailbox.substring(at);
  }

  /** The subject with the conversation's mark at its end, once. */
  String subject(String subject, String conversation) {
    String id = written(conversation);
    String mark = "[#" + id + "." + sign("subject", id, SUBJECT_SIGNATURE) + "]";
    return subject.toLowerCase(Locale.ROOT).contains(mark)
        ? subject
        : (withoutToken(subject) + " " + mark).strip();
  }

  /** The subject without any mark of this form, ours or not. */
  static String withoutToken(String subject) {
    return SUBJECT.matcher(subject).replaceAll("").replaceAll(" {2,}", " ").strip();
  }

  /** Every mark of ours in a mail, the most trusted first; empty when none is there. */
  List<Mark> marks(Mail mail) {
    List<Mark> marks = new ArrayList<>();
    for (List<MailAddress> addresses :
        List.of(mail.to(), mail.cc(), mail.deliveredTo(), mail.forwardedFor())) {
      for (MailAddress address : addresses) {
        find(LOCAL_PART, "address", address.address())
            .ifPresent(id -> marks.add(new Mark(Source.ADDRESS, Kind.CONVERSATION, id)));
      }
    }
    for (String id : mail.inReplyTo()) {
      outboundId(id).ifPresent(out -> marks.add(new Mark(Source.IN_REPLY_TO, Kind.OUTBOUND, out)));
    }
    // The newest reference is the last.
    for (String id : mail.references().reversed()) {
      outboundId(id).ifPresent(out -> marks.add(new Mark(Source.REFERENCES, Kind.OUTBOUND, out)));
    }
    find(SUBJECT, "subject", mail.subject())
        .ifPresent(id -> marks.add(new Mark(Source.SUBJECT, Kind.CONVERSATION, id)));
    String text = mail.body().text();
    String start = text.length() > MAX_BODY ? text.substring(0, MAX_BODY) : text;
    find(SUBJECT, "subject", start)
        .ifPresent(id -> marks.add(new Mark(Source.BODY, Kind.CONVERSATION, id)));
    find(LOCAL_PART, "address", start)
        .ifPresent(id -> marks.add(new Mark(Source.BODY, Kind.CONVERSATION, id)));
    return marks.stream().distinct().toList();
  }

  private Optional<String> find(Pattern form, String kind, String text) {
    Matcher mark = form.matcher(text.toLowerCase(Locale.ROOT));
    while (mark.find()) {
      Optional<String> id = verified(kind, mark.group(1), mark.group(2));
      if (id.isPresent()) {
        return id;
      }
    }
    return Optional.empty();
  }

  private Optional<String> verified(String kind, String id, String signature) {
    byte[] expected = sign(kind, id, signature.length()).getBytes(StandardCharsets.US_ASCII);
    byte[] given = signature.getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, given) ? read(id) : Optional.empty();
  }

  private static String written(String id) {
    return PLAIN.matcher(id).matches() ? id : "~" + base32(id.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> read(String written) {
    if (!written.startsWith("~")) {
      return Optional.of(written);
    }
    byte[] bytes = new byte[(written.length() - 1) * 5 / 8];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 1; i < written.length(); i++) {
      int digit = BASE32.indexOf(written.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      bits = (bits << 5 | digit) & 0xFFF;
      held += 5;
      if (held >= 8 && at < bytes.length) {
        held -= 8;
        bytes[at++] = (byte) (bits >> held);
      }
    }
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private String sign(String kind, String id, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] digest = mac.doFinal((kind + ":" + id).getBytes(StandardCharsets.UTF_8));
      return base32(digest).substring(0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String base32(byte[] bytes) {
    StringBuilder digits = new StringBuilder(bytes.length * 8 / 5 + 1);
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      bits = (bits << 8 | (b & 0xFF)) & 0xFFFF;
      held += 8;
      while (held >= 5) {
        held -= 5;
        digits.append(BASE32.charAt(bits >> held & 31));
      }
    }
    return held > 0
        ? digits.append(BASE32.charAt(bits << (5 - held) & 31)).toString()
        : digits.toString();
  }

  @Override
  public String toString() {
    return "ThreadTokens[" + domain + "]";
  }
}
