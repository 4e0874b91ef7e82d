package dev.hilo.inbox.attend;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.attend.AgentView.Alias;
import dev.hilo.inbox.attend.AgentView.Bubble;
import dev.hilo.inbox.attend.AgentView.Choice;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.KnownAddress;
import dev.hilo.inbox.contact.PhoneNumbers;
import dev.hilo.inbox.contact.Proof;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.people.PeopleSettings;
import dev.hilo.inbox.queue.Queues;
import dev.hilo.inbox.reply.ReplyTarget;
import dev.hilo.inbox.reply.ReplyWindow;
import dev.hilo.inbox.reply.TemplateRegistry;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.CustomerThread.Reachable;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.NoteKind;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes what the agent sees out of the contact and the thread. */
@Component
class AgentViews {

  /** The engine carries the view as a variable, so it is short; the store has everything. */
  private static final int SHOWN_MESSAGES = 40;

  private static final int SHOWN_TEXT = 2000;

  private static final int SHOWN_FILES = 12;

  private static final List<String> REACTIONS = List.of("👍", "❤️", "🙏", "😂", "😮", "😢");

  /** What fits on one line of Tasklist's list. */
  private static final int CONTEXT_TEXT = 46;

  private final Contacts contacts;
  private final Threads threads;
  private final Channels channels;
  private final Queues queues;
  private final ReplyWindow window;
  private final TemplateRegistry templates;
  private final Arrivals arrivals;
  private final PeopleSettings pages;
  private final Clock clock;

  AgentViews(
      Contacts contacts,
      Threads threads,
      Channels channels,
      Queues queues,
      ReplyWindow window,
      TemplateRegistry templates,
      Arrivals arrivals,
      PeopleSettings pages,
      Clock clock) {
    this.contacts = contacts;
    this.threads = threads;
    this.channels = channels;
    this.queues = queues;
    this.window = window;
    this.templates = templates;
    this.arrivals = arrivals;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * The view of a contact's thread now.
   *
   * @param chosen the target that the agent had chosen before, if any
   */
  AgentView view(
      String contactId,
      String conversationId,
      String queueId,
      AgentWords words,
      Optional<String> chosen) {
    Contact contact = contacts.root(contactId);
    CustomerThread thread = threads.thread(contact.id());
    List<MessageRecord> messages = threads.newest(thread, SHOWN_MESSAGES);
    ZoneId zone = queues.get(queueId).zone();
    List<Reachable> newestFirst =
        thread.reachable().stream()
            .sorted(Comparator.comparingLong(Reachable::lastSequence).reversed())
            .toList();
    Optional<Reachable> target =
        newestFirst.stream()
            .filter(known -> chosen.filter(ReplyTarget.of(known).value()::equals).isPresent())
            .findFirst()
            .or(() -> newestFirst.stream().findFirst());
    return new AgentView(
        context(contact, messages, words),
        name(contact, words),
        readableAddresses(contact).map(known -> alias(known, words)).toList(),
        target.map(this::label).orElse(""),
        messages.stream().map(message -> bubble(message, contact, words, zone)).toList(),
        files(messages, words),
        pages.url().isBlank() ? "" : pages.url() + "/inbox/conversations/" + conversationId,
        target.map(this::reactions).orElse(List.of()),
        thread.lastNews(),
        newestFirst.stream()
            .map(known -> choice(known, isOpen(known, messages), contact, words, zone))
            .toList(),
        target.map(known -> ReplyTarget.of(known).value()).orElse(""),
        target.map(this::templates).orElse(List.of()),
        target.map(known -> !isOpen(known, messages)).orElse(false));
  }

  /** Whether a free answer may be sent; the provider's own word about it counts more than ours. */
  private boolean isOpen(Reachable known, List<MessageRecord> messages) {
    return window.open(capabilities(known.channel()), known.lastInboundAt())
        && !refusedAsClosed(known, messages);
  }

  /** Whether the provider has refused an answer as too late since the customer wrote last. */
  private static boolean refusedAsClosed(Reachable known, List<MessageRecord> messages) {
    return messages.reversed().stream()
        .filter(message -> message.direction() != Direction.NOTE)
        .filter(message -> message.channel().equals(known.channel()))
        .filter(message -> message.account().equals(known.account()))
        .filter(message -> message.address().equals(known.address()))
        .takeWhile(message -> message.direction() == Direction.OUT)
        .anyMatch(
            message ->
                message
                    .failure()
                    .map(DeliveryFailure::error)
                    .filter(DeliveryError.OUTSIDE_REPLY_WINDOW::equals)
                    .isPresent());
  }

  private String context(Contact contact, List<MessageRecord> messages, AgentWords words) {
    Optional<MessageRecord> last =
        messages.reversed().stream().filter(m -> m.direction() == Direction.IN).findFirst();
    String what =
        last.map(m -> channelLabel(m.channel()) + " · " + m.text().replaceAll("\\s+", " "))
            .orElse("");
    return shorten(name(contact, words) + " · " + what, CONTEXT_TEXT);
  }

  private static String name(Contact contact, AgentWords words) {
    return contact
        .displayName()
        .or(
            () ->
                readableAddresses(contact)
                    .map(KnownAddress::address)
                    .map(AgentViews::readable)
                    .findFirst())
        .orElseGet(words::unnamedCustomer);
  }

  /** What tells an agent something: a business-scoped id only where there is no phone number. */
  private static Stream<KnownAddress> readableAddresses(Contact contact) {
    boolean hasPhone =
        contact.addresses().stream()
            .anyMatch(known -> known.address().kind() == ContactAddress.Kind.PHONE);
    return contact.addresses().stream()
        .filter(
            known ->
                switch (known.address().kind()) {
                  case VISITOR -> false;
                  case BUSINESS_SCOPED -> !hasPhone;
                  case PHONE, EMAIL, SOCIAL, EXTERNAL, DOCUMENT -> true;
                });
  }

  private static Alias alias(KnownAddress known, AgentWords words) {
    boolean proven = known.proof() == Proof.PROVEN;
    return new Alias(readable(known.address()), proven ? "" : words.notProven(), proven);
  }

  private static String readable(ContactAddress address) {
    return switch (address.kind()) {
      case PHONE -> PhoneNumbers.toReadable(address.value());
      case EMAIL -> address.value();
      case SOCIAL, BUSINESS_SCOPED -> "…" + tail(address.value());
      case EXTERNAL -> "ID " + address.value().substring(address.value().indexOf('/') + 1);
      case VISITOR -> "#" + tail(address.value());
      case DOCUMENT ->
          address.value().substring(address.value().indexOf('-') + 1).replace(':', ' ');
    };
  }

  private static String tail(String value) {
    return value.substring(Math.max(0, value.length() - 6));
  }

  private Choice choice(
      Reachable known, boolean isOpen, Contact contact, AgentWords words, ZoneId zone) {
    StringBuilder label = new StringBuilder(label(known));
    label.append(" · ").append(readable(known.address()));
    if (contact.proofOf(known.address()).filter(Proof.CLAIMED::equals).isPresent()) {
      label.append(" · ").append(words.notProven());
    }
    window
        .closesAt(capabilities(known.channel()), known.lastInboundAt())
        .ifPresent(
            end ->
                label
                    .append(" · ")
                    .append(
                        isOpen
                            ? words.windowOpenUntil(time(end, words.language(), zone))
                            : words.windowClosed()));
    return new Choice(label.toString(), ReplyTarget.of(known).value());
  }

  private List<AgentView.FileLink> files(List<MessageRecord> messages, AgentWords words) {
    return messages.reversed().stream()
        .flatMap(
            message ->
                Stream.concat(
                    wholeMail(message).stream(),
                    arrivals.of(message).stream().map(file -> fileLink(file, words))))
        .limit(SHOWN_FILES)
        .toList();
  }

  /** A mail of which the thread shows a part only. */
  private Optional<AgentView.FileLink> wholeMail(MessageRecord message) {
    if (!pages.url().isBlank()
        && message.content().orElse(null) instanceof Content.Mail mail
        && (mail.html().isPresent() || mail.quoted().isPresent())) {
      return Optional.of(
          new AgentView.FileLink(
              "✉ " + mail.subject().filter(subject -> !subject.isBlank()).orElse("…"),
              pages.url() + "/inbox/messages/" + message.id()));
    }
    return Optional.empty();
  }

  private AgentView.FileLink fileLink(Attachment file, AgentWords words) {
    String url =
        switch (file.state()) {
          // What is on its way will be there when somebody follows the link.
          case STORED, WAITING ->
              pages.url().isBlank() ? "" : pages.url() + "/inbox/media/" + file.id();
          case LINK_ONLY ->
              file.link()
                  .map(Attachment.Link::url)
                  .filter(link -> link.matches("https?://.*"))
                  .orElse("");
          case REFUSED_TOO_LARGE, REFUSED_INFECTED, GONE, FAILED -> "";
        };
    String why =
        switch (file.state()) {
          case STORED, WAITING, LINK_ONLY -> "";
          case REFUSED_TOO_LARGE, REFUSED_INFECTED, GONE, FAILED ->
              " · " + words.file(file.state().name());
        };
    return new AgentView.FileLink("📎 " + file.fileName() + why, url);
  }

  private List<Choice> reactions(Reachable known) {
    return capabilities(known.channel()).abilities().contains(Ability.REACTIONS_OUT)
        ? REACTIONS.stream().map(emoji -> new Choice(emoji, emoji)).toList()
        : List.of();
  }

  private List<Choice> templates(Reachable known) {
    return templates.approved(known.channel(), known.account()).stream()
        .map(
            template ->
                new Choice(
                    template.name() + " (" + template.language() + "): " + template.body(),
                    template.name() + ":" + template.language()))
        .toList();
  }

  private Bubble bubble(MessageRecord message, Contact contact, AgentWords words, ZoneId zone) {
    boolean claimed =
        message.direction() == Direction.IN
            && contact.proofOf(message.address()).filter(Proof.CLAIMED::equals).isPresent();
    return new Bubble(
        message.direction().name().toLowerCase(Locale.ROOT),
        switch (message.direction()) {
          case IN -> message.senderName().or(contact::displayName).orElseGet(words::customer);
          case OUT -> message.author().orElseGet(words::agent);
          case NOTE -> "";
        },
        channelLabel(message.channel()),
        time(message.occurredAt(), words.language(), zone),
        shorten(text(message, words), SHOWN_TEXT),
        ticks(message, words.language()),
        claimed ? words.notProven() : "");
  }

  private static String text(MessageRecord message, AgentWords words) {
    if (message.direction() == Direction.NOTE) {
      return message
          .noteKind()
          .map(
              kind ->
                  kind == NoteKind.ANSWER_DID_NOT_ARRIVE
                      ? words.answerDidNotArrive(
                          message
                              .failure()
                              .map(DeliveryFailure::error)
                              .orElse(DeliveryError.UNKNOWN)
                              .sentence(words.language()))
                      : words.note(kind))
          .orElse(message.text());
    }
    if (message.content().orElse(null) instanceof Content.Unsupported unsupported) {
      return unsupported.type().equals("deleted")
          ? words.deleted()
          : words.unsupported(unsupported.type());
    }
    return message
        .revision()
        .map(revision -> revised(message, revision, words))
        .orElse(message.text());
  }

  /** What it says now, that it was changed, and the reactions to it. */
  private static String revised(
      MessageRecord message, MessageRecord.Revision revision, AgentWords words) {
    String reactions =
        revision.reactions().stream()
            .flatMap(reaction -> reaction.emoji().stream())
            .distinct()
            .collect(Collectors.joining(" "));
    return message.text()
        + (revision.earlier().isEmpty() ? "" : " (" + words.edited() + ")")
        + (reactions.isEmpty() ? "" : "\n" + reactions);
  }

  private static String ticks(MessageRecord message, Locale language) {
    if (message.direction() != Direction.OUT) {
      return "";
    }
    return switch (message.state().orElse(DeliveryState.QUEUED)) {
      case QUEUED -> "🕓";
      case SENT -> "✓";
      case DELIVERED -> "✓✓";
      case READ -> language.getLanguage().equals("es") ? "✓✓ leído" : "✓✓ read";
      case FAILED -> "✗";
    };
  }

  private String time(Instant instant, Locale language, ZoneId zone) {
    var local = instant.atZone(zone);
    boolean today = local.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), zone));
    return today
        ? DateTimeFormatter.ofPattern("HH:mm", language).format(local)
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
            .withLocale(language)
            .format(local);
  }

  private static String shorten(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + "…";
  }

  private String label(Reachable known) {
    String account =
        channels
            .account(known.channel(), known.account())
            .map(Account::name)
            .orElse(known.account().value());
    return channelLabel(known.channel()) + " (" + account + ")";
  }

  private String channelLabel(ChannelType type) {
    return channels.channel(type).map(c -> c.capabilities().label()).orElse(type.value());
  }

  private Capabilities capabilities(ChannelType type) {
    return channels
        .channel(type)
        .map(Channel::capabilities)
        .orElseThrow(() -> new IllegalStateException("channel " + type + " is not connected"));
  }
}
