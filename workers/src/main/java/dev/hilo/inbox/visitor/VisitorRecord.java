package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a visitor said of how to be reached, for mail to this visitor and nobody else: a contact may
 * have addresses that other people gave.
 *
 * @param emails typed by this visitor or vouched for by the channel, newest last
 * @param language BCP 47 tag
 * @param page where the visitor wrote last
 * @param transcripts when transcripts were sent, oldest first
 */
record VisitorRecord(
    ContactAddress visitor,
    ChannelType channel,
    AccountId account,
    List<ContactAddress> emails,
    Optional<String> language,
    Optional<String> page,
    List<Instant> transcripts) {

  private static final int REMEMBERED = 5;

  VisitorRecord {
    emails = List.copyOf(emails);
    transcripts = List.copyOf(transcripts);
  }

  static VisitorRecord fresh(ContactAddress visitor, ChannelType channel, AccountId account) {
    return new VisitorRecord(
        visitor, channel, account, List.of(), Optional.empty(), Optional.empty(), List.of());
  }

  Optional<ContactAddress> email() {
    return emails.isEmpty() ? Optional.empty() : Optional.of(emails.getLast());
  }

  /** The same instance if there is nothing new. */
  VisitorRecord seen(
      List<ContactAddress> given, Optional<String> spoken, Optional<String> newPage) {
    List<ContactAddress> all = new ArrayList<>(emails);
    for (ContactAddress email : given) {
      all.remove(email);
      all.add(email);
    }
    VisitorRecord next =
        new VisitorRecord(
            visitor,
            channel,
            account,
            all.subList(Math.max(0, all.size() - REMEMBERED), all.size()),
            spoken.or(() -> language),
            newPage.or(() -> page),
            transcripts);
    return next.equals(this) ? this : next;
  }

  long transcriptsSince(Instant since) {
    return transcripts.stream().filter(sent -> sent.isAfter(since)).count();
  }

  VisitorRecord sentTranscript(Instant now) {
    List<Instant> all =
        new ArrayList<>(
            transcripts.stream()
                .filter(sent -> sent.isAfter(now.minus(Duration.ofDays(1))))
                .toList());
    all.add(now);
    return new VisitorRecord(visitor, channel, account, emails, language, page, all);
  }
}
