package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import dev.hilo.inbox.visitor.VisitorMail.Letter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Sends visitors what was written, by mail. No stranger can be written to through it: only the
 * visitor's own address gets it, only after somebody has answered, a few times a day.
 */
@Component
class Transcripts {

  private static final int MOST = 500;

  private final Threads threads;
  private final Contacts contacts;
  private final Visitors visitors;
  private final Channels channels;
  private final Availability availability;
  private final VisitorMailSettings settings;
  private final ObjectProvider<VisitorMail> mail;

  Transcripts(
      Threads threads,
      Contacts contacts,
      Visitors visitors,
      Channels channels,
      Availability availability,
      VisitorMailSettings settings,
      ObjectProvider<VisitorMail> mail) {
    this.threads = threads;
    this.contacts = contacts;
    this.visitors = visitors;
    this.channels = channels;
    this.availability = availability;
    this.settings = settings;
    this.mail = mail;
  }

  /** What came of asking for one. */
  enum Outcome {
    SENT,
    NO_MAIL,
    NOTHING_YET,
    OTHER_ADDRESS,
    TOO_MANY
  }

  Outcome send(ChannelType channel, AccountId account, ContactAddress visitor, ContactAddress to) {
    VisitorMail post = mail.getIfAvailable();
    Optional<Account> from = channels.account(channel, account);
    if (post == null || from.isEmpty() || !post.available(channel, account)) {
      return Outcome.NO_MAIL;
    }
    Optional<Contact> contact = contacts.find(visitor);
    List<MessageRecord> messages = said(visitor, contact);
    Optional<MessageRecord> answer =
        messages.reversed().stream().filter(m -> m.direction() == Direction.OUT).findFirst();
    if (answer.isEmpty() || contact.isEmpty()) {
      return Outcome.NOTHING_YET;
    }
    VisitorRecord known =
        visitors.find(visitor).orElseGet(() -> VisitorRecord.fresh(visitor, channel, account));
    if (!known.emails().isEmpty() && !known.emails().contains(to)) {
      return Outcome.OTHER_ADDRESS;
    }
    if (!visitors.mayHaveTranscript(known, to, settings.transcriptsPerDay())) {
      return Outcome.TOO_MANY;
    }
    if (known.emails().isEmpty()) {
      // Asking for mail is giving an address.
      visitors.claimed(visitor, channel, account, to);
      contacts.resolve(
          new Sender(visitor, List.of(), List.of(to), Optional.empty(), Optional.empty()),
          from.get());
    }
    Locale language = Locale.forLanguageTag(known.language().orElse(from.get().language()));
    VisitorWords words = new VisitorWords(language);
    post.send(
        new Letter(
            "transcript-"
                + answer.get().id()
                + "-"
                + messages.size()
                + "-"
                + known.transcripts().size(),
            channel,
            account,
            visitor,
            contact.get().id(),
            answer.get().conversationId(),
            to,
            words.say("transcript.subject", from.get().name()),
            words.say("transcript.intro", from.get().name())
                + "\n\n"
                + text(messages, from.get(), words, availability.of(channel, account).zone()),
            language.toLanguageTag(),
            List.of()));
    return Outcome.SENT;
  }

  /** A search does not see the last second; the thread does, and forgets what is old. */
  private List<MessageRecord> said(ContactAddress visitor, Optional<Contact> contact) {
    Map<String, MessageRecord> all = new HashMap<>();
    threads
        .latestChanges(visitor.key(), Instant.EPOCH, MOST)
        .forEach(message -> all.put(message.id(), message));
    contact
        .map(known -> threads.newest(threads.thread(known.id()), MOST))
        .orElse(List.of())
        .forEach(message -> all.put(message.id(), message));
    return all.values().stream()
        .filter(message -> message.address().equals(visitor))
        .filter(VisitorMessages::isVisible)
        .sorted(MessageRecord.PROVIDER_ORDER)
        .toList();
  }

  private static String text(
      List<MessageRecord> messages, Account account, VisitorWords words, ZoneId zone) {
    DateTimeFormatter time =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(words.language())
            .withZone(zone);
    return messages.stream()
            .map(
                message ->
                    "["
                        + time.format(message.occurredAt())
                        + "] "
                        + (message.direction() == Direction.IN ? words.say("you") : account.name())
                        + ": "
                        + line(message))
            .collect(Collectors.joining("\n"))
        + "\n\n"
        + words.say("transcript.zone", zone.getId());
  }

  private static String line(MessageRecord message) {
    String files =
        VisitorMessages.fileNames(message).stream()
            .map(name -> "[" + name + "]")
            .collect(Collectors.joining(" "));
    return (VisitorMessages.text(message) + " " + files).strip();
  }
}
