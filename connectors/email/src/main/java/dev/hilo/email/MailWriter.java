package dev.hilo.email;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/**
 * Writes a mail: text (format=flowed) with a simple HTML form beside it, files behind. It has no
 * blind copies, and nothing in a name, a subject or an id can start another header.
 *
 * <p>Source: RFC 5322 §3.6.4 (References), RFC 3834 §3 and MS-OXCMAIL (automatic mail), RFC 3676.
 */
final class MailWriter {

  private static final int MAX_REFERENCES = 20;
  private static final int MAX_SUBJECT = 500;
  private static final int MAX_QUOTED = 20_000;
  private static final Pattern LINK =
      Pattern.compile("\\bhttps?://[^\\s<>\"']{1,1000}[^\\s<>\"'.,;:!?)]");
  private static final Pattern MESSAGE_ID = Pattern.compile("[^\\s<>\\p{Cntrl}]{1,400}");
  private static final Pattern MIME_TYPE =
      Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,100}/[a-zA-Z0-9!#$&^_.+-]{1,100}");

  private MailWriter() {}

  /**
   * Makes the mail, ready for {@code Transport.sendMessage}; its recipients are To and Cc.
   *
   * @param session whose properties the transport needs
   * @throws IllegalArgumentException when an address or id is not fit for a header
   */
  static MimeMessage write(OutboundMail mail, Session session) {
    try {
      FixedIdMessage message = new FixedIdMessage(session, id(mail.messageId()));
      message.setFrom(internet(mail.from()));
      if (mail.replyTo().isPresent()) {
        message.setReplyTo(new InternetAddress[] {internet(mail.replyTo().get())});
      }
      message.setRecipients(Message.RecipientType.TO, internet(mail.to(), Set.of()));
      message.setRecipients(Message.RecipientType.CC, internet(mail.cc(), Set.copyOf(mail.to())));
      message.setSubject(oneLine(mail.subject(), MAX_SUBJECT), "UTF-8");
      message.setSentDate(Date.from(mail.date()));
      thread(mail, message);
      if (mail.automatic()) {
        message.setHeader("Auto-Submitted", "auto-replied");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("Precedence", "bulk");
      }
      content(mail, message);
      message.saveChanges();
      return message;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new IllegalArgumentException("mail cannot be written: " + e.getClass().getName(), e);
    }
  }

  /** The same without a session of its own, for tests and for keeping a copy. */
  static MimeMessage write(OutboundMail mail) {
    return write(mail, Session.getInstance(new Properties()));
  }

  private static void thread(OutboundMail mail, MimeMessage message) throws MessagingException {
    if (mail.inReplyTo().filter(MailWriter::isId).isPresent()) {
      message.setHeader("In-Reply-To", "<" + mail.inReplyTo().get() + ">");
    }
    Set<String> chain = new LinkedHashSet<>();
    mail.references().stream().filter(MailWriter::isId).forEach(chain::add);
    mail.inReplyTo()
        .filter(MailWriter::isId)
        .ifPresent(
            last -> {
              chain.remove(last);
              chain.add(last);
            });
    if (!chain.isEmpty()) {
      List<String> kept = new ArrayList<>(chain);
      if (kept.size() > MAX_REFERENCES) {
        // RFC 5322 wants all of them; readers need the first and the newest.
        List<String> cut = new ArrayList<>(List.of(kept.get(0)));
        cut.addAll(kept.subList(kept.size() - MAX_REFERENCES + 1, kept.size()));
        kept = cut;
      }
      message.setHeader("References", "<" + String.join(">\r\n <", kept) + ">");
    }
  }

  private static void content(OutboundMail mail, MimeMessage message)
      throws MessagingException, UnsupportedEncodingException {
    MimeMultipart forms = new MimeMultipart("alternative");
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(FlowedText.write(plain(mail)), "UTF-8", "plain; format=flowed");
    plain.setHeader("Content-Type", "text/plain; charset=UTF-8; format=flowed");
    forms.addBodyPart(plain);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(mail), "UTF-8", "html");
    forms.addBodyPart(html);
    if (mail.attachments().isEmpty()) {
      message.setContent(forms);
      return;
    }
    MimeMultipart mixed = new MimeMultipart("mixed");
    MimeBodyPart text = new MimeBodyPart();
    text.setContent(forms);
    mixed.addBodyPart(text);
    for (OutboundMail.Attachment attachment : mail.attachments()) {
      mixed.addBodyPart(file(attachment));
    }
    message.setContent(mixed);
  }

  private static MimeBodyPart file(OutboundMail.Attachment attachment)
      throws MessagingException, UnsupportedEncodingException {
    String type =
        MIME_TYPE.matcher(attachment.mimeType()).matches()
            ? attachment.mimeType()
            : "application/octet-stream";
    String name = oneLine(attachment.fileName(), 200).replaceAll("[/\\\\\"]", "_");
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new FileContent(attachment.content(), type)));
    // Both forms: RFC 2231 for those who read it, an encoded word for the others.
    ParameterList disposition = new ParameterList();
    disposition.set("filename", name, "UTF-8");
    part.setHeader(
        "Content-Disposition",
        "attachment" + disposition.toString("Content-Disposition: attachment".length()));
    part.setHeader(
        "Content-Type", type + ";\r\n name=\"" + MimeUtility.encodeText(name, "UTF-8", "B") + "\"");
    part.setHeader("Content-Transfer-Encoding", "base64");
    part.setDisposition(Part.ATTACHMENT);
    return part;
  }

  private static String plain(OutboundMail mail) {
    StringBuilder text = new StringBuilder(mail.text().stripTrailing());
    mail.quoted()
        .ifPresent(
            quoted -> {
              text.append("\n\n").append(attribution(quoted, mail.language())).append('\n');
              for (String line : cut(quoted.text()).split("\r?\n", -1)) {
                text.append(line.startsWith(">") ? ">" : line.isEmpty() ? ">" : "> ");
                text.append(line).append('\n');
              }
            });
    return text.append('\n').toString();
  }

  private static String html(OutboundMail mail) {
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\r\n<html><body>");
    html.append(paragraphs(mail.text()));
    mail.quoted()
        .ifPresent(
            quoted ->
                html.append("\r\n<div class=\"gmail_quote\"><div class=\"gmail_attr\">")
                    .append(Entities.escape(attribution(quoted, mail.language())))
                    .append("</div>\r\n<blockquote type=\"cite\" style=\"margin: 0 0 0 8px; ")
                    .append("border-left: 2px solid #ccc; padding-left: 8px\">")
                    .append(paragraphs(cut(quoted.text())))
                    .append("</blockquote></div>"));
    return html.append("</body></html>\r\n").toString();
  }

  private static String paragraphs(String text) {
    StringBuilder html = new StringBuilder();
    for (String line : text.strip().split("\r\n|\r|\n", -1)) {
      html.append(html.isEmpty() ? "<div>" : "<br>\r\n").append(linked(line));
    }
    return html.append("</div>").toString();
  }

  private static String linked(String line) {
    StringBuilder html = new StringBuilder();
    java.util.regex.Matcher link = LINK.matcher(line);
    int end = 0;
    while (link.find()) {
      String address = Entities.escape(link.group());
      html.append(Entities.escape(line.substring(end, link.start())));
      html.append("<a href=\"").append(address.replace("\"", "&quot;")).append("\">");
      html.append(address).append("</a>");
      end = link.end();
    }
    return html.append(Entities.escape(line.substring(end))).toString();
  }

  /** As the common mail programs write it, so that they hide the quote again. */
  private static String attribution(OutboundMail.Quoted quoted, Locale language) {
    String name = oneLine(quoted.writer().name().orElse(quoted.writer().address()), 100);
    String who =
        quoted.writer().name().isPresent() ? name + " <" + quoted.writer().address() + ">" : name;
    Optional<String> when = quoted.date().map(date -> day(date, language));
    return switch (language.getLanguage()) {
      case "es" -> when.map(day -> "El " + day + ", ").orElse("") + who + " escribió:";
      case "pt" -> when.map(day -> "Em " + day + ", ").orElse("") + who + " escreveu:";
      default -> when.map(day -> "On " + day + ", ").orElse("") + who + " wrote:";
    };
  }

  private static String day(Instant date, Locale language) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(language)
        .withZone(ZoneOffset.UTC)
        .format(date);
  }

  private static String cut(String text) {
    return text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "\n[...]" : text;
  }

  private static InternetAddress[] internet(List<MailAddress> addresses, Set<MailAddress> without)
      throws UnsupportedEncodingException, MessagingException {
    List<InternetAddress> some = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    without.forEach(address -> seen.add(address.address()));
    for (MailAddress address : addresses) {
      if (seen.add(address.address())) {
        some.add(internet(address));
      }
    }
    return some.toArray(InternetAddress[]::new);
  }

  private static InternetAddress internet(MailAddress address)
      throws UnsupportedEncodingException, MessagingException {
    InternetAddress internet =
        new InternetAddress(
            address.address(),
            address.name().map(name -> oneLine(name, 200)).orElse(null),
            "UTF-8");
    internet.validate();
    return internet;
  }

  private static String oneLine(String text, int maxLength) {
    String line = HeaderText.clean(text.replaceAll("[\\r\\n\\t]+", " "));
    if (line.length() <= maxLength) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return line.substring(0, end);
  }

  private static boolean isId(String id) {
    return MESSAGE_ID.matcher(id).matches();
  }

  private static String id(String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException("message id not fit for a header");
    }
    return id;
  }

  /** Keeps our message id, which Angus Mail would replace by its own when saving. */
  private static final class FixedIdMessage extends MimeMessage {
    private final String id;

    private FixedIdMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }

  /** Content that is opened anew each time it is read. */
  private record FileContent(OutboundMail.Source source, String type) implements DataSource {

    @Override
    public InputStream getInputStream() throws java.io.IOException {
      return source.open();
    }

    @Override
    public OutputStream getOutputStream() {
      throw new UnsupportedOperationException("read only");
    }

    @Override
    public String getContentType() {
      return type;
    }

    @Override
    public String getName() {
      return "";
    }
  }
}
