package dev.hilo.inbox.visitor;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import dev.hilo.inbox.store.StoreUnavailableException;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.visitor.VisitorMail.Letter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends an answer by mail as well when the visitor has left: it did not reach the browser within a
 * set time, and the visitor gave an address. Each answer goes into one letter, once; the letter's
 * id is written down before it is sent, so that a retry sends the same one.
 */
@Component
class ContinuityMail {

  /** The kind of documents in the store. */
  static final String INDEX = "visitor-mails";

  private static final Logger LOG = LoggerFactory.getLogger(ContinuityMail.class);

  /** What has waited longer is no news any more. */
  private static final Duration OLDEST = Duration.ofDays(1);

  private static final int BATCH = 500;

  private final Channels channels;
  private final Contacts contacts;
  private final Visitors visitors;
  private final VisitorMailSettings settings;
  private final ObjectProvider<VisitorMail> mail;
  private final Documents<MessageRecord> messages;
  private final Documents<MailRecord> letters;
  private final Clock clock;

  /**
   * The letter that an answer goes into; its id is the answer's.
   *
   * @param letter the letter's id
   */
  record MailRecord(String letter, Optional<Instant> sentAt) {}

  ContinuityMail(
      Channels channels,
      Contacts contacts,
      Visitors visitors,
      VisitorMailSettings settings,
      ObjectProvider<VisitorMail> mail,
      Store store,
      Clock clock) {
    this.channels = channels;
    this.contacts = contacts;
    this.visitors = visitors;
    this.settings = settings;
    this.mail = mail;
    this.messages = store.documents(Indexes.MESSAGES, MessageRecord.class);
    this.letters = store.documents(INDEX, MailRecord.class);
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${hilo.visitors.mail.look-every:30s}")
  void look() {
    VisitorMail post = mail.getIfAvailable();
    if (post == null || !settings.after().isPositive()) {
      return;
    }
    try {
      bySender(waiting()).forEach((visitor, answers) -> write(post, visitor, answers));
    } catch (StoreUnavailableException e) {
      LOG.warn("answers that wait for visitors: {}", e.getMessage());
    }
  }

  /** Answers that no browser has confirmed, oldest first. */
  private List<MessageRecord> waiting() {
    Instant now = clock.instant();
    Instant latest = now.minus(settings.after());
    return messages
        .search(
            StoreQuery.ofSize(BATCH)
                .with("direction", List.of(Direction.OUT.name()))
                .with("state", List.of(DeliveryState.SENT.name()))
                .after("changedAt", now.minus(OLDEST))
                .before("changedAt", latest)
                .sortedBy("changedAt"))
        .stream()
        .filter(message -> message.direction() == Direction.OUT)
        .filter(message -> message.state().equals(Optional.of(DeliveryState.SENT)))
        .filter(message -> !message.changedAt().isAfter(latest))
        .filter(message -> message.changedAt().isAfter(now.minus(OLDEST)))
        .filter(
            message ->
                channels.channel(message.channel().value(), VisitorChannel.class).isPresent())
        .sorted(MessageRecord.PROVIDER_ORDER)
        .toList();
  }

  private static Map<ContactAddress, List<MessageRecord>> bySender(List<MessageRecord> answers) {
    return answers.stream()
        .collect(
            Collectors.groupingBy(MessageRecord::address, LinkedHashMap::new, Collectors.toList()));
  }

  private void write(VisitorMail post, ContactAddress visitor, List<MessageRecord> answers) {
    MessageRecord newest = answers.getLast();
    Optional<VisitorRecord> known = visitors.find(visitor);
    Optional<ContactAddress> email = known.flatMap(VisitorRecord::email);
    Optional<Account> account = channels.account(newest.channel(), newest.account());
    Optional<Contact> contact = contacts.find(visitor);
    if (email.isEmpty()
        || account.isEmpty()
        || contact.isEmpty()
        || !post.available(newest.channel(), newest.account())) {
      return;
    }
    Map<String, List<MessageRecord>> byLetter = new LinkedHashMap<>();
    for (MessageRecord answer : answers) {
      MailRecord fresh = new MailRecord("continuity-" + newest.id(), Optional.empty());
      MailRecord record =
          letters.create(answer.id(), fresh) ? fresh : letters.get(answer.id()).orElse(fresh);
      if (record.sentAt().isEmpty()) {
        byLetter.computeIfAbsent(record.letter(), letter -> new ArrayList<>()).add(answer);
      }
    }
    byLetter.forEach(
        (id, some) -> {
          try {
            post.send(
                letter(id, some, known.get(), email.get(), account.get(), contact.get().id()));
            Instant now = clock.instant();
            some.forEach(
                answer ->
                    letters.change(answer.id(), record -> new MailRecord(id, Optional.of(now))));
          } catch (StoreUnavailableException e) {
            throw e;
          } catch (RuntimeException e) {
            LOG.warn("the letter {} was not sent and is tried again: {}", id, e.getMessage());
          }
        });
  }

  private Letter letter(
      String id,
      List<MessageRecord> answers,
      VisitorRecord visitor,
      ContactAddress email,
      Account account,
      String contactId) {
    MessageRecord newest = answers.getLast();
    Locale language = Locale.forLanguageTag(visitor.language().orElse(account.language()));
    VisitorWords words = new VisitorWords(language);
    String said =
        answers.stream()
            .map(VisitorMessages::text)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("\n\n"));
    String back =
        link(visitor, account).map(link -> "\n\n" + words.say("continuity.back", link)).orElse("");
    List<OutboundContent.File> files = answers.stream().flatMap(VisitorMessages::outgoing).toList();
    return new Letter(
        id,
        account.channel(),
        account.id(),
        visitor.visitor(),
        contactId,
        newest.conversationId(),
        email,
        words.say("continuity.subject", account.name()),
        words.say("continuity.intro", account.name()) + "\n\n" + said + back,
        language.toLanguageTag(),
        files);
  }

  /** The page that the visitor wrote from, where the widget may stand on it. */
  private Optional<String> link(VisitorRecord visitor, Account account) {
    return visitor
        .page()
        .flatMap(
            page -> {
              try {
                URI uri = new URI(page);
                String origin =
                    uri.getScheme()
                        + "://"
                        + uri.getHost()
                        + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
                boolean ours =
                    channels
                        .channel(account.channel().value(), VisitorChannel.class)
                        .filter(channel -> channel.allowsOrigin(account.id(), origin))
                        .isPresent();
                return ours
                    ? Optional.of(page.replaceAll("#.*$", "") + "#hilo-chat")
                    : Optional.empty();
              } catch (URISyntaxException e) {
                return Optional.empty();
              }
            });
  }
}
