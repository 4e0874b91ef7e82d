package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Origin;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What visitors said of how to be reached, and how often they were written to. */
@Component
class Visitors {

  /** The kind of documents in the store. */
  static final String INDEX = "visitors";

  private static final Duration DAY = Duration.ofDays(1);

  private final Documents<VisitorRecord> visitors;
  private final Clock clock;

  Visitors(Store store, Clock clock) {
    this.visitors = store.documents(INDEX, VisitorRecord.class);
    this.clock = clock;
  }

  /** Notes what a message says of its sender; may be repeated. */
  void take(MessageReceived message) {
    var header = message.header();
    List<ContactAddress> emails =
        Stream.concat(header.sender().claims().stream(), header.sender().alsoKnownAs().stream())
            .filter(address -> address.kind() == ContactAddress.Kind.EMAIL)
            .flatMap(address -> email(address.value()).stream())
            .toList();
    change(
        header.sender().address(),
        header.channel(),
        header.account(),
        record ->
            record.seen(emails, header.sender().language(), message.origin().flatMap(Origin::url)));
  }

  Optional<VisitorRecord> find(ContactAddress visitor) {
    return visitors.get(id(visitor));
  }

  void claimed(
      ContactAddress visitor, ChannelType channel, AccountId account, ContactAddress email) {
    change(
        visitor,
        channel,
        account,
        record -> record.seen(List.of(email), Optional.empty(), Optional.empty()));
  }

  /**
   * Takes one of the day's transcripts of a visitor, and one of an address.
   *
   * @return false if there is none left
   */
  boolean mayHaveTranscript(VisitorRecord visitor, ContactAddress email, int perDay) {
    Instant now = clock.instant();
    return takeOne(visitor.visitor(), visitor, now, perDay)
        && takeOne(
            email, VisitorRecord.fresh(email, visitor.channel(), visitor.account()), now, perDay);
  }

  private boolean takeOne(ContactAddress key, VisitorRecord fresh, Instant now, int perDay) {
    return visitors
        .change(
            id(key),
            record -> {
              VisitorRecord known = record == null ? fresh : record;
              return known.transcriptsSince(now.minus(DAY)) >= perDay
                  ? record
                  : known.sentTranscript(now);
            })
        .filter(record -> record.transcripts().contains(now))
        .isPresent();
  }

  private void change(
      ContactAddress visitor,
      ChannelType channel,
      AccountId account,
      java.util.function.UnaryOperator<VisitorRecord> change) {
    visitors.change(
        id(visitor),
        record -> {
          VisitorRecord next =
              change.apply(
                  record == null ? VisitorRecord.fresh(visitor, channel, account) : record);
          return next.equals(record) ? record : next;
        });
  }

  /** An email address as it is kept: lower case; empty if it is none. */
  static Optional<ContactAddress> email(String typed) {
    String email = typed.strip().toLowerCase(Locale.ROOT);
    return email.length() <= 254
            && email.matches("[^@\\s<>,;:\"]+@[^@\\s<>,;:\"]+\\.[^@\\s<>,;:\"]+")
        ? Optional.of(ContactAddress.email(email))
        : Optional.empty();
  }

  /** A digest, so that no address stands in a URL or a log of the store. */
  private static String id(ContactAddress address) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(address.key().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
