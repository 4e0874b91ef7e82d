package dev.hilo.email;

import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ParseResult.Skipped;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Sender;
import dev.hilo.email.EmailSettings.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mail of one mailbox means. A pure function of the raw mail and the folder it lay in. */
final class MailboxEvents {

  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final int MOST_REFERENCES = 50;
  private static final int MOST_OTHERS = 100;
  private static final int LONGEST_ID = 512;

  /** For a mail that names nobody. */
  static final MailAddress NOBODY = new MailAddress(Optional.empty(), "unknown@no-sender.invalid");

  private final Mailbox mailbox;
  private final ThreadTokens tokens;
  private final MailboxMarks marks;
  private final MailboxReports reports;

  MailboxEvents(Mailbox mailbox, ThreadTokens tokens) {
    this.mailbox = mailbox;
    this.tokens = tokens;
    this.marks = new MailboxMarks(mailbox);
    this.reports = new MailboxReports(this, tokens);
  }

  ParseResult of(RawDelivery delivery) {
    Mail mail = MailReader.read(delivery.body());
    String folder = delivery.header(ImapPass.FOLDER).orElse("inbox");
    MailAddress writer = writer(mail);
    if (tokens.outboundId(mail.messageId()).isPresent()) {
      return skipped("own-mail", "Hilo sent it");
    }
    if (folder.equals("sent")) {
      return sentElsewhere(mail, delivery);
    }
    Optional<ParseResult> report =
        Bounce.of(mail).flatMap(bounce -> reports.of(bounce, mail, delivery));
    if (report.isPresent()) {
      return report.get();
    }
    return mailbox.isOurs(writer.address())
        ? skipped("own-mail", "it is from this mailbox itself")
        : event(received(mail, writer, folder, delivery));
  }

  static ParseResult skipped(String kind, String reason) {
    return new ParseResult.Events(List.of(), List.of(new Skipped(kind, reason)));
  }

  private static ParseResult event(ChannelEvent event) {
    return new ParseResult.Events(List.of(event), List.of());
  }

  private MessageReceived received(
      Mail mail, MailAddress writer, String folder, RawDelivery delivery) {
    MailboxContent content = MailboxContent.of(mail);
    List<MailAddress> others = others(mail, writer);
    Optional<ExternalId> answers = mail.inReplyTo().stream().findFirst().map(this::externalId);
    String context = MailboxReplyContext.of(mail, writer, others, content.newText()).write();
    Envelope envelope =
        new Envelope(
            marks.of(mail, writer, folder, content.isWhole()),
            references(mail),
            others.stream()
                .limit(MOST_OTHERS)
                .map(other -> ContactAddress.email(other.address()))
                .toList(),
            Optional.of(MailboxText.sound(context)));
    return new MessageReceived(
        header(mail, writer, delivery, 0, "message", identity(mail)),
        externalId(mail.messageId()),
        content.content(),
        answers,
        Optional.empty(),
        Optional.of(envelope));
  }

  /** A person answered with another program; the mail lies in the mailbox's own folder for it. */
  private ParseResult sentElsewhere(Mail mail, RawDelivery delivery) {
    Optional<MailAddress> customer =
        Stream.concat(mail.to().stream(), mail.cc().stream())
            .filter(to -> to.isComplete() && !mailbox.isOurs(to.address()))
            .findFirst();
    if (mail.from().stream().noneMatch(from -> mailbox.isOurs(from.address()))) {
      return skipped("not-sent-from-here", "the sender is not this mailbox");
    }
    return customer.isEmpty()
        ? skipped("own-mail", "it went to no customer")
        : event(
            new MessageSentElsewhere(
                header(mail, customer.get(), delivery, 0, "sent", identity(mail)),
                externalId(mail.messageId()),
                MailboxContent.of(mail).content(),
                mail.headers()
                    .first("X-Mailer")
                    .or(() -> mail.headers().first("User-Agent"))
                    .map(app -> MailboxText.sound(MailboxText.cut(HeaderText.clean(app), 100)))
                    .filter(app -> !app.isBlank())));
  }

  /**
   * What tells a mail from every other. The date is part of it, because there are programs that
   * give all their mails the same message id.
   */
  static String[] identity(Mail mail) {
    return new String[] {mail.messageId(), mail.headers().first("Date").orElse("")};
  }

  EventHeader header(
      Mail mail,
      MailAddress who,
      RawDelivery delivery,
      int position,
      String kind,
      String... identity) {
    Optional<String> name = who.name().map(MailboxText::sound).filter(text -> !text.isBlank());
    return new EventHeader(
        EventId.derive(EmailProvider.TYPE, mailbox.id(), kind, identity),
        EmailProvider.TYPE,
        mailbox.id(),
        new Sender(
            ContactAddress.email(MailboxText.sound(who.address())),
            List.of(),
            List.of(),
            name,
            Optional.empty()),
        occurredAt(mail, delivery),
        position);
  }

  private static Instant occurredAt(Mail mail, RawDelivery delivery) {
    Instant latest = delivery.receivedAt().plus(CLOCK_SKEW);
    return mail.date().filter(date -> !date.isAfter(latest)).orElse(delivery.receivedAt());
  }

  /** Who an answer goes to; somebody in any case. */
  static MailAddress writer(Mail mail) {
    return mail.writer()
        .or(
            () ->
                mail.returnPath()
                    .map(path -> new MailAddress(Optional.empty(), path))
                    .filter(MailAddress::isComplete))
        .or(() -> mail.from().stream().filter(from -> !from.address().isBlank()).findFirst())
        .orElse(NOBODY);
  }

  /** Nearest first; whether they are this customer's is not for us to say. */
  private List<ExternalId> references(Mail mail) {
    List<ThreadTokens.Mark> marks = tokens.marks(mail);
    LinkedHashSet<String> ids = new LinkedHashSet<>();
    marked(marks, ThreadTokens.Source.ADDRESS).forEach(ids::add);
    mail.inReplyTo().forEach(id -> ids.add(canonical(id)));
    mail.references().reversed().forEach(id -> ids.add(canonical(id)));
    marked(marks, ThreadTokens.Source.SUBJECT).forEach(ids::add);
    marked(marks, ThreadTokens.Source.BODY).forEach(ids::add);
    return ids.stream()
        .filter(id -> !id.isBlank())
        .limit(MOST_REFERENCES)
        .map(this::externalId)
        .toList();
  }

  /** In addresses and subjects stands the id of the mail that carried them. */
  private Stream<String> marked(List<ThreadTokens.Mark> marks, ThreadTokens.Source source) {
    return marks.stream()
        .filter(mark -> mark.source() == source)
        .map(mark -> tokens.messageId(mark.id()));
  }

  /** Ours in the form that we gave it: mail programs change the case of ids. */
  String canonical(String id) {
    return tokens.outboundId(id).map(tokens::messageId).orElse(id);
  }

  ExternalId externalId(String id) {
    String sound = MailboxText.cut(MailboxText.sound(canonical(id)), LONGEST_ID);
    return new ExternalId(sound.isBlank() ? "empty@no-message-id.invalid" : sound);
  }

  private List<MailAddress> others(Mail mail, MailAddress writer) {
    LinkedHashSet<String> seen = new LinkedHashSet<>(List.of(writer.address()));
    mail.from().forEach(from -> seen.add(from.address()));
    return Stream.concat(mail.to().stream(), mail.cc().stream())
        .filter(other -> other.isComplete() && !mailbox.isOurs(withoutDetail(other.address())))
        .filter(other -> seen.add(other.address()))
        .toList();
  }

  /** Answers to our marked addresses come to {@code support+hilo...@}. */
  private static String withoutDetail(String address) {
    int plus = address.indexOf("+hilo.");
    int at = address.lastIndexOf('@');
    return plus > 0 && at > plus ? address.substring(0, plus) + address.substring(at) : address;
  }
}
