package dev.hilo.email;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * That a mail was written by a program, or runs in a circle: nothing automatic may answer it.
 *
 * <p>Source: RFC 3834 §2 and §5, RFC 2919 (List-Id), RFC 2369 (List-*), MS-OXCMAIL
 * (X-Auto-Response-Suppress), and the headers that mail programs write.
 *
 * @param reason the rule that told, for people; no address or text of the mail in it
 * @param certain false when only the subject says so: enough not to answer by machine, not enough
 *     to hide it from an agent
 */
record Robot(Kind kind, String reason, boolean certain) {

  private static final int MAX_TEXT = 5_000;

  /** What wrote it. */
  enum Kind {
    /** We did. */
    OWN_LOOP,
    /** A mail server tells what became of a mail; see {@link Bounce}. */
    REPORT,
    OUT_OF_OFFICE,
    /** A machine confirms that a mail came in. */
    AUTO_REPLY,
    /** A list or a campaign. */
    BULK,
    /** Any other program. */
    NOTIFICATION
  }

  private static final Set<String> SUPPRESS = Set.of("all", "autoreply", "oof", "dr", "rn", "nrn");

  private static final Pattern ABSENCE =
      Pattern.compile(
          "(?iu)\\b(?:out of (?:the )?office|fuera de (?:la )?oficina|fora do escritório|"
              + "ausência|ausencia (?:temporal|de la oficina)|absence du bureau|absent du bureau|"
              + "abwesenheit(?:snotiz|sassistent)?|nicht im büro|fuori (?:sede|ufficio)|"
              + "assente|afwezig(?:heid)?|frånvaro|vacation|on holiday|de vacaciones|de férias|"
              + "en congés?|im urlaub|in ferie)\\b");

  private static final Pattern AUTOMATIC =
      Pattern.compile(
          "(?iu)^\\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|auto:|autoreply|"
              + "respuesta autom[aá]tica|resposta autom[aá]tica|réponse automatique|"
              + "automatische (?:antwort|nachricht)|risposta automatica|automatisch antwoord|"
              + "automatiskt? svar|autosvar|自动回复|自動回覆|自動応答|автоответ|автоматический ответ|"
              + "otomatik yanıt|automatyczna odpowiedź)");

  private static final Pattern DAEMON =
      Pattern.compile("^(?:mailer-daemon|mailer_daemon|mail-daemon|postmaster|mdaemon)(?:@.*)?$");
  private static final Pattern NO_REPLY =
      Pattern.compile(
          "^(?:no-?_?\\.?reply|do-?not-?reply|noresponder|no-responder|nao-?responda)\\b.*");

  /**
   * Judges a mail; empty when a person may have written it.
   *
   * @param ownAddresses our mailboxes, in lower case
   * @param ownDomain the right side of our message ids
   */
  static Optional<Robot> of(Mail mail, Set<String> ownAddresses, String ownDomain) {
    return own(mail, ownAddresses, ownDomain)
        .or(() -> report(mail))
        .or(() -> declared(mail))
        .or(() -> bulk(mail))
        .or(() -> sender(mail))
        .or(() -> subject(mail));
  }

  private static Optional<Robot> own(Mail mail, Set<String> ownAddresses, String ownDomain) {
    if (ThreadTokens.looksOurs(mail.messageId())
        || (isOfDomain(mail.messageId(), ownDomain) && isMarkedBulk(mail.headers()))) {
      return found(Kind.OWN_LOOP, "message id of our own");
    }
    if (mail.headers().has("X-Loop")) {
      return found(Kind.OWN_LOOP, "X-Loop");
    }
    boolean own =
        mail.from().stream().anyMatch(from -> ownAddresses.contains(from.address()))
            || mail.sender().filter(sender -> ownAddresses.contains(sender.address())).isPresent();
    return own ? found(Kind.OWN_LOOP, "sent by one of our mailboxes") : Optional.empty();
  }

  private static boolean isOfDomain(String messageId, String domain) {
    return messageId.toLowerCase(Locale.ROOT).endsWith("@" + domain);
  }

  /** A colleague's mail has an id of our domain, too; only a program's mail says to be bulk. */
  private static boolean isMarkedBulk(MailHeaders headers) {
    return keyword(headers, "Precedence").startsWith("bulk");
  }

  private static Optional<Robot> report(Mail mail) {
    if (mail.report().isPresent()) {
      return found(Kind.REPORT, "report part");
    }
    if (mail.headers().has("X-Failed-Recipients")) {
      return found(Kind.REPORT, "X-Failed-Recipients");
    }
    return mail.from().stream().anyMatch(from -> DAEMON.matcher(from.address()).matches())
        ? found(Kind.REPORT, "sent by a mail server")
        : Optional.empty();
  }

  private static Optional<Robot> declared(Mail mail) {
    MailHeaders headers = mail.headers();
    boolean absent = isAbsence(mail);
    String auto = keyword(headers, "Auto-Submitted");
    if (!auto.isEmpty() && !auto.equals("no")) {
      if (auto.startsWith("auto-replied") || auto.startsWith("auto-responded")) {
        boolean vacation = auto.contains("vacation") || absent;
        return found(vacation ? Kind.OUT_OF_OFFICE : Kind.AUTO_REPLY, "Auto-Submitted");
      }
      return found(absent ? Kind.OUT_OF_OFFICE : Kind.NOTIFICATION, "Auto-Submitted");
    }
    if (headers.has("X-MS-Exchange-Inbox-Rules-Loop")) {
      return found(absent ? Kind.OUT_OF_OFFICE : Kind.AUTO_REPLY, "X-MS-Exchange-Inbox-Rules-Loop");
    }
    for (String name :
        new String[] {
          "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply"
        }) {
      String value = keyword(headers, name);
      if (!value.isEmpty() && !value.equals("no")) {
        return found(absent ? Kind.OUT_OF_OFFICE : Kind.AUTO_REPLY, name);
      }
    }
    for (String name : new String[] {"Precedence", "X-Precedence"}) {
      if (keyword(headers, name).startsWith("auto_reply")
          || keyword(headers, name).startsWith("auto-reply")) {
        return found(absent ? Kind.OUT_OF_OFFICE : Kind.AUTO_REPLY, name);
      }
    }
    for (String word : keyword(headers, "X-Auto-Response-Suppress").split("[,;\\s]+", -1)) {
      if (SUPPRESS.contains(word)) {
        return found(absent ? Kind.OUT_OF_OFFICE : Kind.NOTIFICATION, "X-Auto-Response-Suppress");
      }
    }
    return Optional.empty();
  }

  private static Optional<Robot> bulk(Mail mail) {
    MailHeaders headers = mail.headers();
    for (String name : new String[] {"Precedence", "X-Precedence"}) {
      String value = keyword(headers, name);
      if (Set.of("bulk", "list", "junk").contains(value.split("[\\s;,]", 2)[0])) {
        return found(isAbsence(mail) ? Kind.OUT_OF_OFFICE : Kind.BULK, name);
      }
    }
    for (String name :
        new String[] {"List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID", "X-Campaign-Id"}) {
      if (headers.first(name).isPresent()) {
        return found(Kind.BULK, name);
      }
    }
    return Optional.empty();
  }

  private static Optional<Robot> sender(Mail mail) {
    if (mail.returnPath().filter(String::isEmpty).isPresent()) {
      return found(isAbsence(mail) ? Kind.OUT_OF_OFFICE : Kind.NOTIFICATION, "empty Return-Path");
    }
    boolean noReply =
        mail.writer().filter(from -> NO_REPLY.matcher(from.address()).matches()).isPresent();
    return noReply ? found(Kind.NOTIFICATION, "address that takes no answers") : Optional.empty();
  }

  private static Optional<Robot> subject(Mail mail) {
    if (AUTOMATIC.matcher(mail.subject()).find()) {
      Kind kind = isAbsence(mail) ? Kind.OUT_OF_OFFICE : Kind.AUTO_REPLY;
      return Optional.of(new Robot(kind, "subject", false));
    }
    return ABSENCE.matcher(Subjects.strip(mail.subject())).find()
            && !mail.subject().toLowerCase(Locale.ROOT).startsWith("re:")
        ? Optional.of(new Robot(Kind.OUT_OF_OFFICE, "subject", false))
        : Optional.empty();
  }

  private static boolean isAbsence(Mail mail) {
    String text = mail.body().newText();
    return ABSENCE.matcher(mail.subject()).find()
        || ABSENCE.matcher(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text).find();
  }

  private static String keyword(MailHeaders headers, String name) {
    return headers.first(name).orElse("").strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Robot> found(Kind kind, String reason) {
    return Optional.of(new Robot(kind, reason, true));
  }
}
