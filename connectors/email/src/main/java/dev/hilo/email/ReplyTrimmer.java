package dev.hilo.email;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what a mail newly says from the mail it quotes and from its signature. Nothing is lost: the
 * whole is kept beside it, and where answers stand between quoted lines, or nothing would be left,
 * all of it counts as new.
 *
 * <p>Source: the forms that mail programs write, as listed in this folder's README. Lines are
 * looked at one by one and cut at a length, so that no text takes more than linear time.
 */
final class ReplyTrimmer {

  static final int MAX_LINE = 400;
  private static final int SHORT_SIGNATURE = 10;

  /** How the line before a quoted mail says "wrote". */
  private static final Pattern WROTE =
      Pattern.compile(
          "(?iu)(?:^|[\\s,>)])(?:wrote|writes|escribió|escribio|escreveu|escribiu|va escriure|"
              + "a écrit|schrieb|ha scritto|scrive|schreef|geschreven|skrev|kirjoitti|napisał\\(?a?\\)?|"
              + "napisał|napsala?|написала?|пишет|пише|yazdı|έγραψε|a scris|írta|写道|寫道|書きました|"
              + "のメール|작성)(?=[\\s:：,<]|$)");

  private static final Pattern DATE_OR_ADDRESS = Pattern.compile("\\d|@");
  private static final Pattern ISO_ATTRIBUTION =
      Pattern.compile(
          "^\\d{4}[-/年]\\d{1,2}[-/月]\\d{1,2}.{0,200}<[^<>]{3,200}@[^<>]{3,200}>\\s?:?$");

  static final Pattern ORIGINAL =
      Pattern.compile(
          "(?iu)^[\\s>]*[-_=*]{2,}\\s*(?:original message|original appointment|mensaje original|"
              + "mensagem original|message d'origine|message original|ursprüngliche nachricht|"
              + "originalnachricht|originalmeddelande|oprindelig meddelelse|messaggio originale|"
              + "oorspronkelijk bericht|reply message|reply above this line|original|原始邮件|原始郵件|"
              + "元のメッセージ|исходное сообщение|wiadomość oryginalna|alkuperäinen viesti)"
              + "\\s*[-_=*]{2,}\\s*$");

  static final Pattern FORWARDED =
      Pattern.compile(
          "(?iu)^[\\s>]*-{2,}\\s*(?:forwarded message|begin forwarded message|mensaje reenviado|"
              + "mensagem encaminhada|message transféré|weitergeleitete nachricht|"
              + "messaggio inoltrato|doorgestuurd bericht)\\s*-{0,}\\s*$");

  private static final Pattern RULE = Pattern.compile("^[\\s>]*_{20,}\\s*$");

  private static final Set<String> FROM =
      Set.of("from", "de", "von", "da", "van", "från", "fra", "od", "от", "发件人", "寄件者", "差出人");
  private static final Set<String> OTHER_FIELDS =
      Set.of(
          "sent",
          "date",
          "to",
          "cc",
          "subject",
          "enviado",
          "enviado el",
          "enviada em",
          "enviado em",
          "enviada",
          "fecha",
          "data",
          "para",
          "asunto",
          "assunto",
          "envoyé",
          "à",
          "objet",
          "gesendet",
          "datum",
          "an",
          "betreff",
          "inviato",
          "a",
          "oggetto",
          "verzonden",
          "aan",
          "onderwerp",
          "skickat",
          "till",
          "ämne",
          "sendt",
          "til",
          "emne",
          "wysłano",
          "do",
          "temat",
          "отправлено",
          "кому",
          "тема",
          "дата",
          "发送时间",
          "收件人",
          "主题",
          "抄送",
          "寄件日期",
          "收件者",
          "主旨",
          "送信日時",
          "宛先",
          "件名",
          "reply-to",
          "importance",
          "importancia",
          "copia");

  static final Pattern FOOTER =
      Pattern.compile(
          "(?iu)^(?:sent from (?:my |mail for|outlook|yahoo|proton|samsung|a |the )?.{0,60}|"
              + "sent (?:with|via) .{0,60}|get outlook for .{0,20}(?:<.{0,200}>)?|"
              + "enviado (?:desde|con|do|de|a partir) .{0,80}|enviada do .{0,60}|"
              + "obtener outlook para .{0,20}(?:<.{0,200}>)?|obter o outlook para .{0,200}|"
              + "envoyé (?:de|depuis) .{0,60}|(?:von meinem|gesendet (?:von|mit)) .{0,60}|"
              + "inviato (?:da|dal) .{0,60}|verzonden (?:vanaf|met) .{0,60}|"
              + "skickat från .{0,60}|télécharger outlook pour .{0,200}|"
              + "holen sie sich outlook für .{0,200}|发自我的.{0,30}|从我的.{0,30}发送)[.!]?$");

  private ReplyTrimmer() {}

  /** What is new in a plain text; the text itself when nothing can be told apart. */
  static String text(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    int cut = quoteStart(lines);
    if (cut < lines.size() && answersBetween(lines, cut)) {
      return text;
    }
    int end = withoutSignature(lines, cut);
    String rest = String.join("\n", lines.subList(0, end)).strip();
    if (rest.isEmpty()) {
      rest = String.join("\n", lines.subList(0, cut)).strip();
    }
    return rest.isEmpty() ? text : rest;
  }

  /** Index of the first line of the quoted mail; the number of lines when none is quoted. */
  private static int quoteStart(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = shown(lines, i);
      if (FORWARDED.matcher(line).matches()) {
        return lines.size();
      }
      if (line.isEmpty() || (line.startsWith(">") && i > 0)) {
        continue;
      }
      if (ORIGINAL.matcher(line).matches()
          || (RULE.matcher(line).matches() && headerBlock(lines, next(lines, i)))
          || headerBlock(lines, i)
          || attribution(lines, i)) {
        return i;
      }
    }
    return trailingQuote(lines);
  }

  /** The line that introduces a quoted mail, over up to three lines. */
  private static boolean attribution(List<String> lines, int at) {
    String joined = "";
    for (int i = at; i < Math.min(at + 3, lines.size()); i++) {
      String line = shown(lines, i);
      if (line.isEmpty() || (i > at && line.startsWith(">"))) {
        break;
      }
      joined = joined.isEmpty() ? line : joined + " " + line;
      if (joined.length() > MAX_LINE) {
        return false;
      }
      if (isAttribution(joined)) {
        return true;
      }
    }
    return false;
  }

  static boolean isAttribution(String line) {
    if (ISO_ATTRIBUTION.matcher(line).matches()) {
      return true;
    }
    boolean ends = line.endsWith(":") || line.endsWith("：") || line.endsWith(": >");
    return ends
        && DATE_OR_ADDRESS.matcher(line).find()
        && WROTE.matcher(line).find()
        && line.length() > 12;
  }

  /** {@code From: ... Sent: ... To: ... Subject: ...}, as Outlook puts it before the mail. */
  private static boolean headerBlock(List<String> lines, int at) {
    if (at >= lines.size() || !FROM.contains(field(shown(lines, at)))) {
      return false;
    }
    int others = 0;
    for (int i = at + 1, seen = 0; i < lines.size() && seen < 7; i++) {
      String line = shown(lines, i);
      if (!line.isEmpty()) {
        seen++;
        others += OTHER_FIELDS.contains(field(line)) ? 1 : 0;
      }
    }
    return others >= 2;
  }

  /** The name of a field line in lower case, without asterisks of bold type. */
  private static String field(String line) {
    int colon = Math.max(line.indexOf(':'), -1);
    int wide = line.indexOf('：');
    int end = colon < 0 ? wide : wide < 0 ? colon : Math.min(colon, wide);
    if (end <= 0 || end > 25) {
      return "";
    }
    return line.substring(0, end)
        .replaceAll("[*>\\s\u00A0]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Quoted lines at the end that nothing introduces. */
  private static int trailingQuote(List<String> lines) {
    int start = lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = shown(lines, i);
      if (line.startsWith(">")) {
        start = i;
      } else if (!line.isEmpty()) {
        break;
      }
    }
    return start == 0 ? lines.size() : start;
  }

  /** Whether own words follow quoted ones: then the answers stand between them. */
  private static boolean answersBetween(List<String> lines, int cut) {
    int last = lines.size();
    boolean quoted = false;
    boolean marked = false;
    int own = 0;
    for (int i = cut + 1; i < last; i++) {
      String line = shown(lines, i);
      if (line.startsWith(">")) {
        marked = true;
        quoted = true;
      } else if (line.equals("--") || FOOTER.matcher(line).matches()) {
        break;
      } else if (quoted && !line.isEmpty() && !attribution(lines, i)) {
        own++;
      }
    }
    return marked && own > 0 && isMarkedQuote(lines, cut);
  }

  /**
   * Below an attribution comes a {@code >}; below Outlook's block older mails may have some too.
   */
  private static boolean isMarkedQuote(List<String> lines, int cut) {
    for (int i = cut; i < Math.min(cut + 6, lines.size()); i++) {
      if (shown(lines, i).startsWith(">")) {
        return true;
      }
    }
    return false;
  }

  private static int withoutSignature(List<String> lines, int end) {
    int signature = end;
    for (int i = 1; i < end; i++) {
      String line = lines.get(i);
      boolean dashes = line.equals("-- ") || line.equals("--\u00A0");
      if (dashes || (line.strip().equals("--") && end - i <= SHORT_SIGNATURE)) {
        signature = i;
        break;
      }
    }
    int last = signature - 1;
    for (int seen = 0; last > 0 && seen < 3; last--) {
      String line = shown(lines, last);
      if (line.isEmpty()) {
        continue;
      }
      seen++;
      if (FOOTER.matcher(line).matches()) {
        signature = last;
      } else if (seen > 1 || !line.startsWith("<http")) {
        break;
      }
    }
    return signature;
  }

  private static int next(List<String> lines, int at) {
    int i = at + 1;
    while (i < lines.size() && shown(lines, i).isEmpty()) {
      i++;
    }
    return i;
  }

  private static String shown(List<String> lines, int at) {
    String line = lines.get(at);
    return (line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line).strip();
  }

  static String start(String words) {
    String text = words.strip();
    return text.length() > MAX_LINE ? text.substring(0, MAX_LINE) : text;
  }
}
