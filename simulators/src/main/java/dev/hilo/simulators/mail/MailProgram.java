package dev.hilo.simulators.mail;

import dev.hilo.simulators.http.BadRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How a customer's mail program writes: its quotes, its signature, its headers. Written after mails
 * of these programs; the words are theirs, as a parser has to know them.
 */
public enum MailProgram {
  /** Gmail in a browser. */
  GMAIL,
  /** Outlook, on the web or new for Windows. */
  OUTLOOK,
  /** Mail on an iPhone. */
  IPHONE;

  private static final ZoneId ZONE = ZoneId.of("America/Bogota");

  /** A body in both forms. */
  record Body(String text, String html) {}

  /** By its name in lower case. */
  static MailProgram of(String word) {
    return Arrays.stream(values())
        .filter(program -> program.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new BadRequest("program: one of gmail, outlook, iphone, got '" + word + "'"));
  }

  /** An id in the program's own form. */
  String messageId() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return switch (this) {
      case GMAIL -> "<CA+" + random + "=" + random.substring(0, 8) + "@mail.gmail.com>";
      case OUTLOOK -> "<" + random.toUpperCase(Locale.ROOT) + "@AUR1PR01MB0001.prod.outlook.com>";
      case IPHONE -> "<" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT) + "@icloud.com>";
    };
  }

  /** The headers that only this program writes. */
  Map<String, String> headers(String subject) {
    return switch (this) {
      case GMAIL -> Map.of();
      case OUTLOOK ->
          Map.of(
              "Thread-Topic",
              subject.replaceFirst("(?i)^re: *", ""),
              "Thread-Index",
              "Adtc" + UUID.randomUUID().toString().replace("-", "").substring(0, 24) + "==",
              "Accept-Language",
              "es-CO, en-US",
              "X-MS-Has-Attach",
              "");
      case IPHONE -> Map.of("X-Mailer", "iPhone Mail (22F76)");
    };
  }

  /** The body: what is written, and below it what is answered. */
  Body body(Letter letter) {
    String text = letter.text().replace("\r\n", "\n").stripTrailing();
    String own = letter.html().orElse(paragraphs(text));
    if (letter.answered().isEmpty()) {
      return switch (this) {
        case GMAIL -> new Body(text + "\n", "<div dir=\"ltr\">" + own + "</div>\n");
        case OUTLOOK ->
            new Body(text + "\n", outlook("<div class=\"elementToProof\">" + own + "</div>"));
        case IPHONE -> {
          String sent = sentFromPhone(letter.from().language());
          yield new Body(
              text + "\n\n" + sent + "\n", iphone(own + "<div><br>" + escaped(sent) + "</div>"));
        }
      };
    }
    ReadMail old = letter.answered().get();
    String language = letter.from().language();
    String oldHtml = old.html().map(MailProgram::inner).orElse(paragraphs(old.text().strip()));
    return switch (this) {
      case GMAIL -> gmailAnswer(text, own, old, oldHtml, language);
      case OUTLOOK -> outlookAnswer(text, own, old, oldHtml, language);
      case IPHONE -> iphoneAnswer(text, own, old, oldHtml, language);
    };
  }

  private static Body gmailAnswer(
      String text, String own, ReadMail old, String oldHtml, String language) {
    String who = who(old);
    String line =
        switch (language) {
          case "en" ->
              "On " + at(old.at(), "EEE, MMM d, yyyy 'at' h:mm a", "en") + " " + who + " wrote:";
          case "pt" ->
              "Em "
                  + at(old.at(), "EEE., d 'de' MMM 'de' yyyy 'às' HH:mm", "pt")
                  + ", "
                  + who
                  + " escreveu:";
          default ->
              "El "
                  + at(old.at(), "EEE, d MMM yyyy 'a las' H:mm", "es")
                  + ", "
                  + who
                  + " escribió:";
        };
    String html =
        "<div dir=\"ltr\">"
            + own
            + "</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\""
            + " class=\"gmail_attr\">"
            + escaped(line)
            + "<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px"
            + " 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\">"
            + oldHtml
            + "</blockquote></div>\n";
    return new Body(text + "\n\n" + folded(line) + "\n\n" + quoted(old.plainText()) + "\n", html);
  }

  /** Gmail breaks the line above a quote before the address when it is long. */
  private static String folded(String line) {
    int address = line.indexOf(" <");
    return line.length() > 78 && address > 0
        ? line.substring(0, address) + "\n" + line.substring(address + 1)
        : line;
  }

  private static Body outlookAnswer(
      String text, String own, ReadMail old, String oldHtml, String language) {
    List<String> words =
        switch (language) {
          case "en" -> List.of("From", "Sent", "To", "Subject");
          case "pt" -> List.of("De", "Enviado", "Para", "Assunto");
          default -> List.of("De", "Enviado", "Para", "Asunto");
        };
    String sent = at(old.at(), "EEEE, d MMMM yyyy H:mm", language);
    List<String> values = List.of(who(old), sent, String.join("; ", old.to()), old.subject());
    StringBuilder lines = new StringBuilder();
    StringBuilder bold = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      lines.append(words.get(i)).append(": ").append(values.get(i)).append('\n');
      bold.append("<b>").append(words.get(i)).append(":</b> ");
      bold.append(escaped(values.get(i))).append("<br>\n");
    }
    String html =
        outlook(
            "<div class=\"elementToProof\" style=\"font-family: Aptos, Calibri, sans-serif;"
                + " font-size: 12pt;\">"
                + own
                + "</div>\n<div id=\"appendonsend\"></div>\n<hr style=\"display:inline-block;"
                + "width:98%\" tabindex=\"-1\">\n<div id=\"divRplyFwdMsg\" dir=\"ltr\"><font"
                + " face=\"Calibri, sans-serif\" style=\"font-size:11pt\" color=\"#000000\">"
                + bold
                + "</font><div>&nbsp;</div></div>\n<div>"
                + oldHtml
                + "</div>");
    String rule = "_".repeat(32);
    return new Body(text + "\n" + rule + "\n" + lines + "\n" + old.plainText() + "\n", html);
  }

  private static Body iphoneAnswer(
      String text, String own, ReadMail old, String oldHtml, String language) {
    String who = who(old);
    String line =
        switch (language) {
          case "en" ->
              "On " + at(old.at(), "MMM d, yyyy, 'at' h:mm a", "en") + ", " + who + " wrote:";
          case "pt" ->
              "Em "
                  + at(old.at(), "d 'de' MMM 'de' yyyy, 'à(s)' HH:mm", "pt")
                  + ", "
                  + who
                  + " escreveu:";
          default ->
              "El "
                  + at(old.at(), "d MMM yyyy, 'a la(s)' h:mm a", "es")
                  + ", "
                  + who
                  + " escribió:";
        };
    String sent = sentFromPhone(language);
    String html =
        iphone(
            own
                + "<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">"
                + escaped(sent)
                + "</div><div dir=\"ltr\"><br><blockquote type=\"cite\">"
                + escaped(line)
                + "<br><br></blockquote></div><blockquote type=\"cite\"><div dir=\"ltr\">"
                + oldHtml
                + "</div></blockquote>");
    return new Body(
        text + "\n\n" + sent + "\n\n" + quoted(line + "\n\n" + old.plainText()) + "\n", html);
  }

  private static String sentFromPhone(String language) {
    return switch (language) {
      case "en" -> "Sent from my iPhone";
      case "pt" -> "Enviado do meu iPhone";
      default -> "Enviado desde mi iPhone";
    };
  }

  private static String outlook(String body) {
    return "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n"
        + "<style type=\"text/css\" style=\"display:none;\"> P {margin-top:0;margin-bottom:0;} </style>\n"
        + "</head>\n<body dir=\"ltr\">\n"
        + body
        + "\n</body>\n</html>\n";
  }

  private static String iphone(String body) {
    return "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head>"
        + "<body dir=\"auto\">"
        + body
        + "</body></html>\n";
  }

  private static String who(ReadMail old) {
    return old.fromName().isBlank() || old.fromName().equals(old.from())
        ? "<" + old.from() + ">"
        : old.fromName() + " <" + old.from() + ">";
  }

  private static String at(Instant time, String pattern, String language) {
    return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(language))
        .format(time.atZone(ZONE));
  }

  private static String quoted(String text) {
    return text.strip()
        .lines()
        .map(line -> line.isEmpty() || line.startsWith(">") ? ">" + line : "> " + line)
        .collect(Collectors.joining("\n"));
  }

  /** Only what is between the body's tags. */
  private static String inner(String html) {
    return html.replaceAll("(?is)^.*?<body\\b[^>]*>|</body>.*$", "").strip();
  }

  private static String paragraphs(String text) {
    return text.lines()
        .map(line -> "<div>" + (line.isBlank() ? "<br>" : escaped(line)) + "</div>")
        .collect(Collectors.joining());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
