package dev.hilo.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a mail of ours, as a mail server, a program or a complaint desk tells.
 *
 * <p>Source: RFC 3464 (delivery status), RFC 3463 (status codes), RFC 5965 (complaints), RFC 8098
 * (read receipts); texts of qmail, Exim, Postfix and Exchange for mails without such parts.
 *
 * @param recipients whom it concerns; may be empty when the report names nobody
 * @param originalMessageId of the mail it is about, without brackets
 */
record Bounce(Kind kind, List<Recipient> recipients, Optional<String> originalMessageId) {

  private static final int MAX_TEXT = 50_000;
  private static final int MAX_DIAGNOSTIC = 500;

  /** The outcome. */
  enum Kind {
    /** Will never arrive. */
    FAILED_PERMANENTLY,
    /** Given up for now; another attempt may succeed. */
    FAILED_TEMPORARILY,
    /** The server still tries. */
    DELAYED,
    DELIVERED,
    /** The reader called it spam: write no more to them unasked. */
    COMPLAINT,
    /** The reader's program confirms reading, or refuses to. */
    READ,
    DELETED_UNREAD
  }

  /**
   * One recipient's outcome.
   *
   * @param address lower case
   * @param status RFC 3463, {@code 5.1.1}
   * @param diagnostic the server's words, one line
   */
  record Recipient(
      String address, Kind kind, Optional<String> status, Optional<String> diagnostic) {

    @Override
    public String toString() {
      return "Recipient[" + kind + " " + status.orElse("-") + "]";
    }
  }

  private static final Pattern STATUS = Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");
  private static final Pattern REPLY =
      Pattern.compile("(?:^|[^\\d.])([45])\\d\\d(?:[ -]|$)", Pattern.MULTILINE);
  private static final Pattern MESSAGE_ID =
      Pattern.compile("(?im)^[\\s>]{0,10}Message-ID:\\s{0,10}<([^<>\\s]{3,500})>");
  private static final Pattern ANGLED = Pattern.compile("<([^<>\\s@]{1,64}@[^<>\\s@]{3,255})>");
  private static final Pattern LINE_ADDRESS =
      Pattern.compile(
          "(?m)^\\s{0,12}([^\\s<>@:\"()]{1,64}@[^\\s<>@:\"(),;]{3,255}?)[:.]?(?:\\s|$)");
  private static final Pattern ORIGINAL_BELOW =
      Pattern.compile(
          "(?im)^(?:-{2,}.{0,80}(?:copy|original|body).{0,80}|Original message headers:.*|"
              + "Reporting-MTA:.*|Received:.*|Return-Path:.*)$");
  private static final Pattern DELAY =
      Pattern.compile(
          "(?iu)\\b(?:delay(?:ed)?|will (?:be retried|keep trying|continue)|not yet been delivered|"
              + "retrasad[oa]|demora(?:do)?|warning: could not send|still being retried|"
              + "en retard|verzögert)\\b");
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?iu)(?:undeliver|delivery (?:status|failure|has failed|to the following)|failure notice|"
              + "returned mail|mail delivery (?:failed|system|subsystem)|could not be delivered|"
              + "couldn't be delivered|wasn't able to deliver|no se (?:pudo|ha podido) entregar|"
              + "no entregado|devuelto|não (?:foi )?entregue|falha na entrega|unzustellbar|"
              + "non remis|rejected|mancata consegna|address not found|user unknown|"
              + "mailbox (?:unavailable|full)|quota exceeded|over quota)");
  private static final Pattern DAEMON =
      Pattern.compile(
          "^(?:mailer-daemon|mailer_daemon|mail-daemon|postmaster|mdaemon|"
              + "microsoftexchange[0-9a-f]{10,40})(?:@.*)?$");

  Bounce {
    recipients = List.copyOf(recipients);
  }

  /** Reads a report; empty when the mail is none. */
  static Optional<Bounce> of(Mail mail) {
    Optional<Report> report = mail.report();
    if (report.isPresent()) {
      return switch (report.get().type()) {
        case "feedback-report" -> Optional.of(complaint(mail, report.get()));
        case "disposition-notification" -> Optional.of(receipt(report.get()));
        default -> Optional.of(deliveryStatus(mail, report.get()));
      };
    }
    boolean failed = mail.headers().has("X-Failed-Recipients");
    boolean daemon =
        mail.from().stream().anyMatch(from -> DAEMON.matcher(from.address()).matches())
            || mail.returnPath().filter(String::isEmpty).isPresent();
    boolean says = FAILURE.matcher(mail.subject() + "\n" + start(mail)).find();
    boolean delayed = DELAY.matcher(mail.subject()).find();
    return failed || (daemon && (says || delayed))
        ? Optional.of(fromText(mail, delayed))
        : Optional.empty();
  }

  private static Bounce deliveryStatus(Mail mail, Report report) {
    List<Recipient> recipients = new ArrayList<>();
    Optional<String> envelope = Optional.empty();
    for (MailHeaders block : report.blocks()) {
      Optional<String> address =
          block
              .first("Original-Recipient")
              .or(() -> block.first("Final-Recipient"))
              .or(() -> block.first("X-Actual-Recipient"))
              .map(Bounce::typed);
      Optional<String> last = block.first("Final-Recipient").map(Bounce::typed);
      Optional<String> status = block.first("Status").flatMap(Bounce::status);
      if (envelope.isEmpty()) {
        envelope = block.first("X-Original-Message-ID");
      }
      if (address.isEmpty() && block.first("Action").isEmpty()) {
        continue;
      }
      Optional<String> diagnostic = block.first("Diagnostic-Code").map(Bounce::diagnostic);
      String action =
          block.first("Action").orElse("").replaceAll("[^A-Za-z].*", "").toLowerCase(Locale.ROOT);
      Optional<String> best =
          status
              .filter(code -> !code.endsWith(".0.0"))
              .or(() -> diagnostic.flatMap(Bounce::status))
              .or(() -> status);
      recipients.add(
          new Recipient(
              address.filter(text -> text.contains("@")).or(() -> last).orElse(""),
              kind(action, best, diagnostic),
              best,
              diagnostic));
    }
    if (recipients.isEmpty()) {
      return fromText(mail, DELAY.matcher(mail.subject()).find());
    }
    return new Bounce(worst(recipients), recipients, originalId(mail, report, envelope));
  }

  private static Kind kind(String action, Optional<String> status, Optional<String> diagnostic) {
    char type = status.map(code -> code.charAt(0)).orElse('?');
    if (type == '?' && diagnostic.isPresent()) {
      Matcher reply = REPLY.matcher(diagnostic.get());
      type = reply.find() ? reply.group(1).charAt(0) : '?';
    }
    return switch (action) {
      case "delayed" -> Kind.DELAYED;
      case "delivered", "relayed", "expanded" -> Kind.DELIVERED;
      case "failed" -> type == '4' ? Kind.FAILED_TEMPORARILY : Kind.FAILED_PERMANENTLY;
      default ->
          type == '2'
              ? Kind.DELIVERED
              : type == '4' ? Kind.FAILED_TEMPORARILY : Kind.FAILED_PERMANENTLY;
    };
  }

  private static Bounce complaint(Mail mail, Report report) {
    List<Recipient> recipients = new ArrayList<>();
    for (MailHeaders block : report.blocks()) {
      for (String name : List.of("Original-Rcpt-To", "Removal-Recipient")) {
        for (MailAddress address : block.addresses(name)) {
          recipients.add(
              new Recipient(
                  address.address(),
                  Kind.COMPLAINT,
                  Optional.empty(),
                  block.first("Feedback-Type")));
        }
      }
    }
    if (recipients.isEmpty()) {
      report
          .original()
          .map(original -> original.addresses("To"))
          .orElse(List.of())
          .forEach(
              to ->
                  recipients.add(
                      new Recipient(
                          to.address(), Kind.COMPLAINT, Optional.empty(), Optional.empty())));
    }
    return new Bounce(Kind.COMPLAINT, recipients, originalId(mail, report, Optional.empty()));
  }

  private static Bounce receipt(Report report) {
    Kind kind = Kind.READ;
    List<Recipient> recipients = new ArrayList<>();
    Optional<String> original = Optional.empty();
    for (MailHeaders block : report.blocks()) {
      String disposition = block.first("Disposition").orElse("").toLowerCase(Locale.ROOT);
      if (disposition.contains("deleted")
          || disposition.contains("denied")
          || disposition.contains("failed")) {
        kind = Kind.DELETED_UNREAD;
      }
      original = original.or(() -> firstId(block.first("Original-Message-ID")));
      Kind outcome = kind;
      block
          .first("Final-Recipient")
          .map(Bounce::typed)
          .ifPresent(
              to -> recipients.add(new Recipient(to, outcome, Optional.empty(), Optional.empty())));
    }
    Optional<String> known = original;
    return new Bounce(
        kind,
        recipients,
        known.or(() -> report.original().flatMap(header -> firstId(header.first("Message-ID")))));
  }

  /** No part for programs: the server's words are all there is. */
  private static Bounce fromText(Mail mail, boolean delayed) {
    String whole = start(mail);
    Matcher below = ORIGINAL_BELOW.matcher(whole);
    String words = below.find() && below.start() > 40 ? whole.substring(0, below.start()) : whole;
    Optional<String> status = status(words);
    Matcher reply = REPLY.matcher(words);
    char type =
        status
            .map(code -> code.charAt(0))
            .orElseGet(() -> reply.find() ? reply.group(1).charAt(0) : '5');
    Kind kind =
        delayed || DELAY.matcher(mail.subject()).find()
            ? Kind.DELAYED
            : type == '4' ? Kind.FAILED_TEMPORARILY : Kind.FAILED_PERMANENTLY;
    List<String> addresses =
        new ArrayList<>(
            mail.headers().addresses("X-Failed-Recipients").stream()
                .map(MailAddress::address)
                .toList());
    for (Pattern form : List.of(ANGLED, LINE_ADDRESS)) {
      Matcher address = form.matcher(words);
      while (addresses.isEmpty() && address.find()) {
        addresses.add(MailAddress.normalise(address.group(1)));
      }
    }
    Optional<String> diagnostic =
        words
            .lines()
            .map(String::strip)
            .filter(line -> STATUS.matcher(line).find() || REPLY.matcher(line).find())
            .findFirst()
            .map(Bounce::diagnostic);
    List<Recipient> recipients =
        addresses.stream().map(to -> new Recipient(to, kind, status, diagnostic)).toList();
    Optional<String> id =
        mail.report()
            .flatMap(Report::original)
            .flatMap(header -> firstId(header.first("Message-ID")));
    Matcher inText = MESSAGE_ID.matcher(whole);
    return new Bounce(
        kind,
        recipients,
        id.or(() -> inText.find() ? Optional.of(inText.group(1)) : Optional.empty())
            .or(() -> reference(mail)));
  }

  private static Optional<String> originalId(
      Mail mail, Report report, Optional<String> fromEnvelope) {
    Matcher inText = MESSAGE_ID.matcher(start(mail));
    return report
        .original()
        .flatMap(header -> firstId(header.first("Message-ID")))
        .or(() -> firstId(fromEnvelope))
        .or(() -> inText.find() ? Optional.of(inText.group(1)) : Optional.empty())
        .or(() -> reference(mail));
  }

  private static Optional<String> reference(Mail mail) {
    return mail.inReplyTo().stream()
        .findFirst()
        .or(() -> mail.references().reversed().stream().findFirst());
  }

  private static Kind worst(List<Recipient> recipients) {
    return recipients.stream().map(Recipient::kind).min(Kind::compareTo).orElseThrow();
  }

  /** {@code rfc822; jane@example.com}. */
  private static String typed(String value) {
    String address = value.substring(value.indexOf(';') + 1);
    return MailAddress.normalise(address.replaceAll("\\([^()]*\\)", ""));
  }

  private static Optional<String> status(String text) {
    Matcher status = STATUS.matcher(text);
    return status.find() ? Optional.of(status.group()) : Optional.empty();
  }

  private static String diagnostic(String value) {
    String line =
        HeaderText.clean(value.replaceFirst("(?i)^\\s*(?:smtp|x-[a-z0-9-]+)\\s*;\\s*", ""));
    return line.length() > MAX_DIAGNOSTIC ? line.substring(0, MAX_DIAGNOSTIC) : line;
  }

  private static Optional<String> firstId(Optional<String> value) {
    return value.flatMap(text -> MailReader.messageIds(text).stream().findFirst());
  }

  private static String start(Mail mail) {
    String text = mail.body().text();
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }

  @Override
  public String toString() {
    return "Bounce[" + kind + ", " + recipients.size() + " recipients]";
  }
}
