package dev.hilo.simulators.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What machines write: notices of failure and delay, complaints, receipts, answers of the absent.
 *
 * <p>Source: RFC 3464 (delivery status), RFC 5965 (abuse reports), RFC 8098 (receipts), RFC 3834
 * (automatic answers).
 */
final class MailReports {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ROOT);
  private static final Pattern STATUS = Pattern.compile("\\d{3} (\\d\\.\\d{1,3}\\.\\d{1,3})?.*");

  private final InstantSource clock;

  MailReports(InstantSource clock) {
    this.clock = clock;
  }

  /** A moment as in a Date header. */
  static String date(Instant at) {
    return DATE.format(at.atOffset(ZoneOffset.UTC));
  }

  byte[] failed(String from, String to, byte[] mail, String reply) {
    String text =
        "This message was created automatically by mail delivery software.\r\n\r\n"
            + "A message that you sent could not be delivered to one or more of its\r\n"
            + "recipients. This is a permanent error. The following address failed:\r\n\r\n  "
            + to
            + "\r\n    "
            + reply
            + "\r\n";
    return status(
        "Mail delivery failed: returning message to sender", from, to, mail, "failed", reply, text);
  }

  byte[] delayed(String from, String to, byte[] mail, String reply) {
    String text =
        "This message was created automatically by mail delivery software.\r\n\r\n"
            + "A message that you sent has not yet been delivered to\r\n\r\n  "
            + to
            + "\r\n\r\nNo action is required on your part. Delivery attempts will continue.\r\n";
    return status("Warning: message delayed 4 hours", from, to, mail, "delayed", reply, text);
  }

  private byte[] status(
      String subject,
      String from,
      String to,
      byte[] mail,
      String action,
      String reply,
      String text) {
    String machine =
        "Reporting-MTA: dns; "
            + PostOffice.HOST
            + "\r\nArrival-Date: "
            + date(clock.instant())
            + "\r\n\r\nFinal-Recipient: rfc822; "
            + to
            + "\r\nAction: "
            + action
            + "\r\nStatus: "
            + enhanced(reply)
            + "\r\nRemote-MTA: dns; mx."
            + to.replaceAll(".*@", "")
            + "\r\nDiagnostic-Code: smtp; "
            + reply
            + "\r\n";
    return report(
        head(
            "Mail Delivery System <mailer-daemon@" + PostOffice.HOST + ">",
            from,
            subject,
            "replied"),
        "delivery-status",
        text,
        "message/delivery-status",
        machine,
        "message/rfc822",
        mail);
  }

  /** The enhanced code in a reply, or the general one of its class. */
  private static String enhanced(String reply) {
    Matcher status = STATUS.matcher(reply);
    return status.matches() && status.group(1) != null ? status.group(1) : reply.charAt(0) + ".0.0";
  }

  byte[] complaint(String from, String to, byte[] mail) {
    String domain = to.replaceAll(".*@", "");
    String machine =
        "Feedback-Type: abuse\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n"
            + "Original-Mail-From: <"
            + from
            + ">\r\nOriginal-Rcpt-To: <"
            + to
            + ">\r\nArrival-Date: "
            + date(clock.instant())
            + "\r\nReported-Domain: "
            + from.replaceAll(".*@", "")
            + "\r\n";
    return report(
        head("Feedback Loop <fbl@" + domain + ">", from, "FW: abuse report", "generated"),
        "feedback-report",
        "This is an email abuse report for a message received from your server.\r\n",
        "message/feedback-report",
        machine,
        "message/rfc822",
        mail);
  }

  byte[] readReceipt(MailOwner owner, byte[] mail) {
    String subject = PostOffice.header(mail, "Subject");
    String machine =
        "Reporting-UA: "
            + owner.address().replaceAll(".*@", "")
            + "; Mail\r\nFinal-Recipient: rfc822;"
            + owner.address()
            + "\r\nOriginal-Message-ID: "
            + PostOffice.header(mail, "Message-ID")
            + "\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n";
    String sender = PostOffice.header(mail, "From");
    return report(
        head(owner.name() + " <" + owner.address() + ">", sender, "Read: " + subject, "replied"),
        "disposition-notification",
        "Your message was displayed. This is no guarantee that it was read or understood.\r\n",
        "message/disposition-notification",
        machine,
        "text/rfc822-headers",
        headersOf(mail));
  }

  byte[] away(MailOwner owner, String from, byte[] mail) {
    String id = PostOffice.header(mail, "Message-ID");
    String usual =
        switch (owner.language()) {
          case "en" -> "I am out of the office until Monday and will answer when I am back.";
          case "pt" -> "Estou fora do escritório até segunda-feira. Respondo quando voltar.";
          default -> "Estoy fuera de la oficina hasta el lunes. Respondo a mi regreso.";
        };
    String prefix =
        switch (owner.language()) {
          case "en" -> "Automatic reply: ";
          case "pt" -> "Resposta automática: ";
          default -> "Respuesta automática: ";
        };
    String text =
        head(
                owner.name() + " <" + owner.address() + ">",
                from,
                encoded(prefix) + PostOffice.header(mail, "Subject"),
                "replied")
            + "In-Reply-To: "
            + id
            + "\r\nReferences: "
            + id
            + "\r\nX-Auto-Response-Suppress: All\r\nX-MS-Exchange-Inbox-Rules-Loop: "
            + owner.address()
            + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n\r\n"
            + owner.away().filter(own -> !own.isBlank()).orElse(usual)
            + "\r\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    boolean plain = text.chars().allMatch(letter -> letter >= ' ' && letter < 127);
    return plain ? text : "=?UTF-8?B?" + MailLogin.base64(text) + "?=";
  }

  private String head(String from, String to, String subject, String how) {
    return "From: "
        + asciiName(from)
        + "\r\nTo: "
        + to
        + "\r\nSubject: "
        + subject
        + "\r\nDate: "
        + date(clock.instant())
        + "\r\nMessage-ID: <"
        + UUID.randomUUID()
        + "@"
        + PostOffice.HOST
        + ">\r\nAuto-Submitted: auto-"
        + how
        + "\r\nMIME-Version: 1.0\r\n";
  }

  private static String asciiName(String from) {
    int bracket = from.indexOf(" <");
    return encoded(from.substring(0, bracket)) + from.substring(bracket);
  }

  private static byte[] headersOf(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? mail : text.substring(0, end + 2).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A {@code multipart/report} of three parts: for people, for machines, what it is about. */
  private static byte[] report(
      String head,
      String type,
      String text,
      String machineType,
      String machine,
      String originalType,
      byte[] original) {
    String boundary = "report-" + UUID.randomUUID();
    String before =
        head
            + "Content-Type: multipart/report; report-type="
            + type
            + ";\r\n boundary=\""
            + boundary
            + "\"\r\n\r\n--"
            + boundary
            + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            + text
            + "\r\n--"
            + boundary
            + "\r\nContent-Type: "
            + machineType
            + "\r\n\r\n"
            + machine
            + "\r\n--"
            + boundary
            + "\r\nContent-Type: "
            + originalType
            + "\r\n\r\n";
    byte[] first = PostOffice.joined(before.getBytes(StandardCharsets.UTF_8), original);
    return PostOffice.joined(
        first, ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
