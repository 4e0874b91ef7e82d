package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.time.Agenda;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way of a business's message: accepted, sent, delivered to a phone, read; or failed. */
final class OutboundPath {

  private static final Duration REACTION_LIFE = Duration.ofDays(30);

  private final Phones phones;
  private final Statuses statuses;
  private final Templates templates;
  private final Supplier<Behaviour> behaviour;
  private final InstantSource clock;
  private final Agenda agenda;
  private final RandomGenerator random;
  private final Function<String, @Nullable BusinessNumber> numbers;

  OutboundPath(
      Phones phones,
      Statuses statuses,
      Templates templates,
      Supplier<Behaviour> behaviour,
      InstantSource clock,
      Agenda agenda,
      RandomGenerator random,
      Function<String, @Nullable BusinessNumber> numbers) {
    this.phones = phones;
    this.statuses = statuses;
    this.templates = templates;
    this.behaviour = behaviour;
    this.clock = clock;
    this.agenda = agenda;
    this.random = random;
    this.numbers = numbers;
  }

  /**
   * Takes a message of a business: it will arrive, or fail, in a while.
   *
   * @param failure what it fails with, if that was asked for
   * @return its id
   */
  String accept(BusinessNumber from, SendRequest.Message message, Optional<GraphError> failure) {
    Optional<Phone> recipient = phones.find(message.recipient());
    String idPart =
        recipient
            .map(phone -> phone.customer().idPart())
            .orElseGet(() -> message.recipient().replaceAll("[^A-Za-z0-9]", ""));
    String wamid = Wamid.outbound(idPart, random);
    Statuses.About about =
        new Statuses.About(
            from,
            wamid,
            message.recipient(),
            recipient.flatMap(phone -> phone.customer().userId()),
            message.template(),
            message.opaque());
    Optional<GraphError> error = failure.or(() -> refusalOnTheWay(from, message));
    if (error.isPresent()) {
      agenda.in(statusDelay(), () -> statuses.failed(about, error.get()));
      return wamid;
    }
    Phone phone = recipient.orElseThrow();
    if (message.content().reaction().isPresent()) {
      react(phone, about, message.content().reaction().get());
      return wamid;
    }
    phone.add(
        ChatMessage.fresh(
                phones.nextOrder(),
                wamid,
                from.id(),
                false,
                message.content().text(),
                message.content().parts(),
                clock.instant())
            .of(message.opaque(), message.template().map(Template::name)));
    agenda.in(
        statusDelay(),
        () -> {
          statuses.reached(about, Statuses.Status.SENT);
          agenda.in(
              statusDelay(),
              () -> {
                if (phone.isOn()) {
                  deliver(phone, about);
                }
              });
        });
    return wamid;
  }

  /**
   * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/
   * reaction-messages, read 2026-11-20: only {@code sent} is told; 131009 when the message is not
   * there or older than 30 days.
   */
  private void react(Phone phone, Statuses.About about, SendRequest.Reaction reaction) {
    boolean there =
        phone
            .message(reaction.wamid())
            .filter(message -> message.business().equals(about.number().id()))
            .filter(message -> !message.wasTakenBack())
            .filter(message -> clock.instant().isBefore(message.at().plus(REACTION_LIFE)))
            .isPresent();
    agenda.in(
        statusDelay(),
        () -> {
          if (!there) {
            statuses.failed(
                about, GraphError.of(131009, "the message to react to is gone or too old"));
            return;
          }
          phone.update(
              reaction.wamid(), any -> true, one -> one.reactedByBusiness(reaction.emoji()));
          statuses.reached(about, Statuses.Status.SENT);
        });
  }

  private Optional<GraphError> refusalOnTheWay(BusinessNumber from, SendRequest.Message message) {
    Optional<Phone> phone = phones.find(message.recipient());
    if (phone.isEmpty()) {
      return Optional.of(GraphError.of(131026));
    }
    boolean late =
        behaviour.get().window() == Behaviour.Window.STATUS && outsideWindow(from, message);
    return late ? Optional.of(GraphError.of(131047)) : Optional.empty();
  }

  /** Whether it is free text to a known customer who did not write for 24 hours. */
  boolean outsideWindow(BusinessNumber from, SendRequest.Message message) {
    return message.template().isEmpty()
        && phones
            .find(message.recipient())
            .filter(phone -> !phone.windowOpen(from.id(), clock.instant()))
            .isPresent();
  }

  private void deliver(Phone phone, Statuses.About about) {
    if (phone.deliver(about.wamid(), clock.instant()).isEmpty()) {
      return;
    }
    statuses.reached(about, Statuses.Status.DELIVERED);
    if (behaviour.get().statuses().autoRead() || phone.readsAtOnce()) {
      agenda.in(statusDelay(), () -> read(phone, about));
    }
  }

  private void read(Phone phone, Statuses.About about) {
    if (phone.read(about.wamid(), clock.instant()).isPresent()) {
      statuses.reached(about, Statuses.Status.READ);
    }
  }

  /** A phone came on: it gets what waited for it, in order. */
  void deliverWaiting(Phone phone) {
    businessMessages(phone)
        .filter(message -> message.deliveredAt().isEmpty())
        .forEach(message -> about(phone, message).ifPresent(about -> deliver(phone, about)));
  }

  /**
   * The owner looks at the chat: everything delivered is read.
   *
   * @return how many messages were new
   */
  int show(Phone phone) {
    List<ChatMessage> fresh =
        businessMessages(phone)
            .filter(message -> message.deliveredAt().isPresent() && message.readAt().isEmpty())
            .toList();
    fresh.forEach(message -> about(phone, message).ifPresent(about -> read(phone, about)));
    return fresh.size();
  }

  private static Stream<ChatMessage> businessMessages(Phone phone) {
    return phone.messages().stream().filter(message -> !message.fromCustomer());
  }

  /** Empty when the business number is gone. */
  private Optional<Statuses.About> about(Phone phone, ChatMessage message) {
    Customer customer = phone.customer();
    return Optional.ofNullable(numbers.apply(message.business()))
        .map(
            number ->
                new Statuses.About(
                    number,
                    message.wamid(),
                    customer.key(),
                    customer.userId(),
                    message.template().flatMap(this::anyLanguage),
                    message.opaque()));
  }

  private Optional<Template> anyLanguage(String name) {
    return templates.all().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private Duration statusDelay() {
    return behaviour.get().statuses().delay();
  }
}
