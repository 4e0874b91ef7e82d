package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.Faults;
import dev.hilo.simulators.meta.Gathering;
import dev.hilo.simulators.meta.MediaStore;
import dev.hilo.simulators.meta.Signature;
import dev.hilo.simulators.meta.WebhookDelivery;
import dev.hilo.simulators.meta.WebhookHttp;
import dev.hilo.simulators.meta.Webhooks;
import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.time.SimulatorClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The messaging platform between customers' phones and businesses. Used by many threads. */
public final class Platform {

  /** Source: Cloud API, typing indicators: shown until an answer comes, at most 25 s. */
  private static final Duration TYPING = Duration.ofSeconds(25);

  private final Map<String, BusinessNumber> numbers = new ConcurrentHashMap<>();
  private final AtomicReference<Behaviour> behaviour;
  private final Behaviour initial;
  private final SimulatorClock clock;
  private final Agenda agenda;
  private final SecureRandom random = new SecureRandom();
  private final Templates templates = new Templates();
  private final Faults faults = new Faults();
  private final SendLimits limits;
  private final SentCalls calls;
  private final Phones phones;
  private final WebhookHttp webhookHttp;
  private final Webhooks webhooks;
  private final Gathering<Update> gathering;
  private final Statuses statuses;
  private final OutboundPath outbound;
  private final Media media;
  private final CustomerActs acts;

  /**
   * A platform with the demo's business and no customers.
   *
   * @param initial how it behaves at first and after a reset
   * @param realTime what the limits and the log go by
   * @param clock what messages, statuses and the 24 h window go by
   * @param webhook where the business wants its webhooks
   * @param files where files are kept; emptied by its owner
   * @param self where Hilo reaches the simulators
   */
  public Platform(
      Behaviour initial,
      InstantSource realTime,
      SimulatorClock clock,
      Agenda agenda,
      Changes changes,
      HttpClient http,
      URI webhook,
      MediaStore files,
      URI self) {
    this.initial = initial;
    this.behaviour = new AtomicReference<>(initial);
    this.clock = clock;
    this.agenda = agenda;
    this.limits = new SendLimits(realTime);
    this.calls = new SentCalls(changes);
    this.phones = new Phones(changes);
    this.webhookHttp = new WebhookHttp(http, webhook);
    this.webhooks =
        new Webhooks(
            webhookHttp,
            () -> behaviour().webhooks(),
            agenda,
            realTime,
            changes,
            this::webhookAcknowledged,
            (delivery, good) -> {});
    this.gathering =
        new Gathering<>(webhooks, () -> behaviour().webhooks(), agenda, Update.PACKING);
    this.statuses = new Statuses(gathering, behaviour::get, agenda, clock);
    this.outbound =
        new OutboundPath(
            phones, statuses, templates, behaviour::get, clock, agenda, random, numbers::get);
    this.media = new Media(files, clock, http, self);
    this.acts = new CustomerActs(this, media);
    putNumber(BusinessNumber.demo());
  }

  /**
   * A customer's message to be.
   *
   * @param text what is written; the body of a text message
   * @param wamid chosen by the caller, or made
   * @param timestamp chosen by the caller, or now
   * @param content a whole {@code type} and body instead of the text, as in a webhook
   * @param parts what the phone shows beside the text; a quoted message becomes the context
   */
  public record Draft(
      String text,
      Optional<String> wamid,
      Optional<Instant> timestamp,
      Optional<ObjectNode> content,
      MessageParts parts) {
    public static Draft of(String text) {
      return new Draft(
          text, Optional.empty(), Optional.empty(), Optional.empty(), MessageParts.NONE);
    }

    /** The same, quoting a message. */
    public Draft quoting(Optional<String> quoted) {
      return new Draft(text, wamid, timestamp, content, parts.quoting(quoted));
    }
  }

  /** What a restart keeps. */
  public record Saved(List<Phone.Saved> phones, List<WebhookDelivery> pending) {}

  public Behaviour behaviour() {
    return behaviour.get();
  }

  /** Changes how it behaves from now on. */
  public void behave(Behaviour next) {
    Behaviour before = behaviour.getAndSet(next);
    if (before.webhooks().seed() != next.webhooks().seed()) {
      gathering.reseed(next.webhooks().seed());
      statuses.reseed(next.webhooks().seed());
    }
  }

  public SimulatorClock clock() {
    return clock;
  }

  public Phones phones() {
    return phones;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  /** Sends the webhooks that are held back; returns how many updates. */
  public int releaseUpdates() {
    return gathering.release();
  }

  public int gatheredUpdates() {
    return gathering.count();
  }

  public Faults faults() {
    return faults;
  }

  public SentCalls calls() {
    return calls;
  }

  /** What customers do beside writing. */
  public CustomerActs acts() {
    return acts;
  }

  public Media media() {
    return media;
  }

  public Templates templates() {
    return templates;
  }

  SendLimits limits() {
    return limits;
  }

  /** All business numbers, by id. */
  public List<BusinessNumber> numbers() {
    return numbers.values().stream().sorted(Comparator.comparing(BusinessNumber::id)).toList();
  }

  /** Adds a business number, or replaces the one with its id. */
  public void putNumber(BusinessNumber number) {
    numbers.put(number.id(), number);
  }

  public Optional<BusinessNumber> number(String id) {
    return Optional.ofNullable(numbers.get(id));
  }

  /** The number with the id; without one, the first. */
  public BusinessNumber numberOrFirst(Optional<String> id) {
    return id.map(
            wanted ->
                number(wanted)
                    .orElseThrow(() -> new BadRequest("business: there is none '" + wanted + "'")))
        .orElseGet(() -> numbers().getFirst());
  }

  /** Adds a customer, or renames the one with that number or user id. */
  public Phone join(Customer customer) {
    return phones.put(behaviour().userIds() ? customer.withUserId() : customer);
  }

  /** Takes a customer away, with the phone and its chats. */
  public boolean removeCustomer(String key) {
    return phones.remove(key);
  }

  /** What a webhook with that body bears in {@code X-Hub-Signature-256}. */
  public String sign(byte[] body, BusinessNumber number) {
    return Signature.of(body, number.appSecret());
  }

  /**
   * The customer writes.
   *
   * @return the messages as they stand on the phone
   */
  public List<ChatMessage> write(Phone phone, BusinessNumber to, List<Draft> drafts) {
    List<ChatMessage> written = new ArrayList<>();
    List<Update> updates = new ArrayList<>();
    for (Draft draft : drafts) {
      ChatMessage message = chatMessage(phone.customer(), to, draft);
      phone.add(message);
      phones.wroteMessage(phone, message.wamid());
      written.add(message);
      updates.add(update(phone.customer(), to, draft, message));
    }
    gathering.submit(updates);
    return written;
  }

  /**
   * Sends the messages in one webhook whose signature is wrong; nobody's phone shows them.
   *
   * @param signature the header's value; empty: sent without
   */
  public WebhookDelivery forge(
      Customer customer, BusinessNumber to, List<Draft> drafts, Optional<String> signature) {
    List<Update> updates = new ArrayList<>();
    for (Draft draft : drafts) {
      updates.add(update(customer, to, draft, chatMessage(customer, to, draft)));
    }
    byte[] body = Json.metaBytes(Update.body(updates, behaviour().webhooks().batchAs()));
    return webhooks.inject(body, signature, false, List.of());
  }

  private ChatMessage chatMessage(Customer customer, BusinessNumber to, Draft draft) {
    return ChatMessage.fresh(
        phones.nextOrder(),
        draft.wamid().orElseGet(() -> Wamid.inbound(customer.idPart(), random)),
        to.id(),
        true,
        draft.text(),
        draft.parts(),
        draft.timestamp().orElseGet(clock::instant));
  }

  /**
   * Tells the business what a customer did to a message.
   *
   * @param content {@code type} and body
   * @return the id of what was told
   */
  String tell(Phone phone, BusinessNumber to, ObjectNode content) {
    String wamid = Wamid.inbound(phone.customer().idPart(), random);
    phones.wroteMessage(phone, wamid);
    ObjectNode json = head(phone.customer(), wamid, clock.instant());
    json.setAll(content);
    gathering.submit(List.of(Update.message(to, phone.customer(), json)));
    return wamid;
  }

  private static ObjectNode head(Customer customer, String wamid, Instant at) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    customer.waId().ifPresent(id -> json.put("from", id));
    customer.userId().ifPresent(id -> json.put("from_user_id", id));
    json.put("id", wamid);
    return json.put("timestamp", Long.toString(at.getEpochSecond()));
  }

  /** The context of a message that quotes another. */
  private ObjectNode context(Customer customer, BusinessNumber to, String quoted) {
    boolean own =
        phones
            .find(customer.key())
            .flatMap(phone -> phone.message(quoted))
            .filter(ChatMessage::fromCustomer)
            .isPresent();
    String from = own ? customer.waId().orElse("") : to.digits();
    return Json.MAPPER.createObjectNode().put("from", from).put("id", quoted);
  }

  private Update update(Customer customer, BusinessNumber to, Draft draft, ChatMessage message) {
    ObjectNode json = head(customer, message.wamid(), message.at());
    draft.parts().replyTo().ifPresent(quoted -> json.set("context", context(customer, to, quoted)));
    if (draft.content().isPresent()) {
      json.setAll(draft.content().get());
    } else {
      json.putObject("text").put("body", draft.text());
      json.put("type", "text");
    }
    return Update.message(to, customer, json);
  }

  private void webhookAcknowledged(String wamid) {
    phones.writerOf(wamid).ifPresent(phone -> phone.deliver(wamid, clock.instant()));
  }

  /** See {@link OutboundPath#accept}. */
  String accept(BusinessNumber from, SendRequest.Message message, Optional<GraphError> failure) {
    if (phones.find(message.recipient()).isEmpty()
        && behaviour().unknownNumbers() == Behaviour.UnknownNumbers.CREATE
        && !message.toUserId()) {
      String name = "Customer " + message.recipient();
      join(
          new Customer(Optional.of(message.recipient()), Optional.empty(), name, Optional.empty()));
    }
    return outbound.accept(from, message, failure);
  }

  /** Whether it is free text to a known customer who did not write for 24 hours. */
  boolean outsideWindow(BusinessNumber from, SendRequest.Message message) {
    return outbound.outsideWindow(from, message);
  }

  /** Switches a phone; when it comes on, it gets what waited for it, in order. */
  public void switchPhone(Phone phone, boolean on) {
    phone.setOn(on);
    if (on) {
      outbound.deliverWaiting(phone);
    }
  }

  /** Whether the owner's messages count as read the moment they arrive. */
  public void setAutoRead(Phone phone, boolean autoRead) {
    phone.setAutoRead(autoRead);
  }

  /**
   * The owner looks at the chat: everything delivered is read.
   *
   * @return how many messages were new
   */
  public int show(Phone phone) {
    return outbound.show(phone);
  }

  /** The business read a customer's message; empty id: there is no such message. */
  boolean markRead(String wamid, boolean typing) {
    Optional<Phone> writer = phones.writerOf(wamid);
    writer.ifPresent(
        phone -> {
          // Source: mark messages as read: those before it in the chat are read with it.
          phone.readUpTo(wamid, clock.instant());
          if (typing) {
            phone.setTypingUntil(clock.instant().plus(TYPING));
          }
        });
    return writer.isPresent();
  }

  /** Sends the statuses that are held back; returns how many. */
  public int releaseStatuses() {
    return statuses.release();
  }

  public int heldStatuses() {
    return statuses.heldCount();
  }

  /**
   * Asks the webhook's owner whether the address is theirs.
   *
   * @return empty when the challenge came back, else what went wrong
   */
  public Optional<String> verify(BusinessNumber number) {
    String challenge = Integer.toString(100_000_000 + random.nextInt(900_000_000));
    WebhookHttp.Answer answer =
        webhookHttp.verify(number.verifyToken(), challenge, behaviour().webhooks().timeout());
    return answer.problem().map(problem -> "HTTP " + answer.status() + ": " + problem);
  }

  public URI webhookAddress() {
    return webhookHttp.address();
  }

  /** Back to the beginning: nobody, nothing sent, the initial behaviour and the demo's number. */
  public void reset() {
    agenda.forgetAll();
    behave(initial);
    clock.moveTo(Duration.ZERO);
    numbers.clear();
    putNumber(BusinessNumber.demo());
    gathering.clear();
    webhooks.clear();
    gathering.reseed(initial.webhooks().seed());
    statuses.clear();
    statuses.reseed(initial.webhooks().seed());
    phones.clear();
    faults.clear();
    limits.reset();
    calls.clear();
    templates.reset();
    media.clear();
  }

  public Saved save() {
    return new Saved(phones.save(), webhooks.pending());
  }

  public void restore(Saved saved) {
    phones.restore(saved.phones());
    webhooks.restore(saved.pending());
    // What was on its way to a phone when we stopped.
    phones.all().stream().filter(Phone::isOn).forEach(phone -> switchPhone(phone, true));
  }
}
