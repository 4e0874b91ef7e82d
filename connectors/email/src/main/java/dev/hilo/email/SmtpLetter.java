package dev.hilo.email;

import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.email.EmailSettings.Mailbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns what is to be said into the mail that says it. */
final class SmtpLetter {

  private final Mailbox mailbox;
  private final ThreadTokens tokens;
  private final OutgoingFiles files;

  SmtpLetter(Mailbox mailbox, ThreadTokens tokens, OutgoingFiles files) {
    this.mailbox = mailbox;
    this.tokens = tokens;
    this.files = files;
  }

  /** The mail; the same at every call but for the date. */
  OutboundMail write(OutboundMessage message, Instant now) {
    Optional<MailboxReplyContext> context =
        message.replyContext().flatMap(MailboxReplyContext::read);
    String to = MailAddress.normalise(message.to().value());
    // Who was in copy is told only to the one who copied them.
    Optional<MailboxReplyContext> same =
        context.filter(known -> MailAddress.normalise(known.writer().address()).equals(to));
    return new OutboundMail(
        tokens.messageId(message.id().value()),
        new MailAddress(
            Optional.of(mailbox.name()).filter(name -> !name.isBlank()), mailbox.address()),
        Optional.empty(),
        List.of(
            same.map(known -> known.writer().toAddress())
                .orElse(new MailAddress(Optional.empty(), to))),
        same.map(known -> copies(known, to)).orElse(List.of()),
        subject(message, same),
        text(message.content()),
        attachments(message.content()),
        same.flatMap(known -> Optional.of(known.messageId()).filter(id -> !id.isEmpty()))
            .or(() -> message.replyTo().map(id -> id.value())),
        same.map(MailboxReplyContext::references).orElse(List.of()),
        same.filter(known -> !known.text().isBlank())
            .map(
                known ->
                    new OutboundMail.Quoted(
                        known.writer().toAddress(), known.date(), known.text())),
        message.author() == OutboundMessage.Author.MACHINE,
        now,
        Locale.forLanguageTag(mailbox.language()));
  }

  private List<MailAddress> copies(MailboxReplyContext context, String to) {
    return context.cc().stream()
        .map(MailboxReplyContext.Person::toAddress)
        .filter(MailAddress::isComplete)
        .filter(person -> !person.address().equals(to) && !mailbox.isOurs(person.address()))
        .toList();
  }

  private String subject(OutboundMessage message, Optional<MailboxReplyContext> context) {
    String subject =
        message
            .subject()
            .filter(text -> !text.isBlank())
            .or(
                () ->
                    context.map(
                        known -> Subjects.reply(ThreadTokens.withoutToken(known.subject()))))
            .orElse(mailbox.name());
    return mailbox.subjectToken() ? tokens.subject(subject, message.id().value()) : subject;
  }

  /** What the customer will read. */
  static String text(OutboundContent content) {
    return switch (content) {
      case OutboundContent.Text text -> text.body();
      case OutboundContent.Template template -> template.rendering();
      case OutboundContent.Media media -> media.caption().orElse("");
      case OutboundContent.Choices choices -> numbered(choices);
      case OutboundContent.Reaction reaction -> "";
    };
  }

  private static String numbered(OutboundContent.Choices choices) {
    StringBuilder lines = new StringBuilder(choices.body()).append('\n');
    int number = 1;
    for (OutboundContent.Choices.Choice choice : choices.choices()) {
      lines.append('\n').append(number++).append(". ").append(choice.title());
      choice.description().ifPresent(more -> lines.append(" - ").append(more));
    }
    return lines.toString();
  }

  /** The files that go with it. */
  static List<OutboundContent.File> files(OutboundContent content) {
    return switch (content) {
      case OutboundContent.Media media -> media.files();
      case OutboundContent.Template template -> template.header().stream().toList();
      case OutboundContent.Text text -> List.of();
      case OutboundContent.Choices choices -> List.of();
      case OutboundContent.Reaction reaction -> List.of();
    };
  }

  private List<OutboundMail.Attachment> attachments(OutboundContent content) {
    List<OutboundMail.Attachment> attachments = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (OutboundContent.File file : files(content)) {
      String name = file.fileName();
      for (int copy = 2; !names.add(name); copy++) {
        name = copy + "-" + file.fileName();
      }
      attachments.add(
          new OutboundMail.Attachment(name, file.mimeType(), () -> files.open(file.id())));
    }
    return attachments;
  }
}
