package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.Behaviour;
import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.ChatMessage;
import dev.hilo.simulators.whatsapp.Customer;
import dev.hilo.simulators.whatsapp.Fault;
import dev.hilo.simulators.whatsapp.Phone;
import dev.hilo.simulators.whatsapp.Platform;
import dev.hilo.simulators.whatsapp.SentCalls.SentCall;
import dev.hilo.simulators.whatsapp.Template;
import dev.hilo.simulators.whatsapp.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tests steer the messaging platform with, under {@code /control}. Lists that take {@code
 * atLeast} and {@code within} wait until they are that long, and then answer with what there is.
 */
public final class ControlApi {

  private final Platform platform;
  private final Changes changes;
  private final Runnable beforeReset;

  /**
   * Steers a platform.
   *
   * @param beforeReset stops whoever else is using the platform
   */
  public ControlApi(Platform platform, Changes changes, Runnable beforeReset) {
    this.platform = platform;
    this.changes = changes;
    this.beforeReset = beforeReset;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.on("GET", "/control", call -> state());
    routes.on("POST", "/control/reset", call -> reset());
    routes.on("GET", "/control/settings", call -> Reply.json(platform.behaviour()));
    routes.on("PUT", "/control/settings", this::changeSettings);
    routes.on("GET", "/control/clock", call -> clock());
    routes.on("PUT", "/control/clock", this::moveClock);
    routes.on("GET", "/control/numbers", call -> Reply.json(platform.numbers()));
    routes.on("PUT", "/control/numbers/{id}", this::changeNumber);
    routes.on("GET", "/control/templates", call -> Reply.json(platform.templates().all()));
    routes.on("POST", "/control/templates", this::addTemplate);
    routes.on("GET", "/control/users", call -> users());
    routes.on("POST", "/control/users", this::addUser);
    routes.on("DELETE", "/control/users/{key}", this::removeUser);
    routes.on("POST", "/control/users/{key}/read", this::readAll);
    routes.on("POST", "/control/inbound", this::inbound);
    routes.on("GET", "/control/received", this::received);
    routes.on("GET", "/control/calls", this::calls);
    routes.on("GET", "/control/faults", call -> Reply.json(platform.faults().planned()));
    routes.on("POST", "/control/faults", this::planFault);
    routes.on("DELETE", "/control/faults", call -> clearFaults());
    routes.on("POST", "/control/statuses/release", call -> releaseStatuses());
    routes.on("GET", "/control/webhooks", this::webhooks);
    routes.on("POST", "/control/webhooks", this::injectWebhook);
    routes.on("POST", "/control/webhooks/release", call -> releaseWebhooks());
    routes.on("POST", "/control/webhooks/{id}/redeliver", this::redeliver);
    routes.on("POST", "/control/verify", call -> verify());
  }

  private Reply state() {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.put("webhook", platform.webhookAddress().toString());
    state.put("clock", platform.clock().instant().toString());
    state.put("users", platform.phones().all().size());
    state.put("calls", platform.calls().all().size());
    state.put("faults", platform.faults().planned().size());
    state.put("heldStatuses", platform.heldStatuses());
    state.put("gatheredUpdates", platform.webhooks().gatheredCount());
    ObjectNode webhooks = state.putObject("webhooks");
    Map<WebhookDelivery.State, Long> counts = platform.webhooks().counts();
    for (WebhookDelivery.State one : WebhookDelivery.State.values()) {
      webhooks.put(one.name().toLowerCase(Locale.ROOT), counts.getOrDefault(one, 0L));
    }
    return Reply.json(state);
  }

  private Reply reset() {
    beforeReset.run();
    platform.reset();
    return state();
  }

  /** Only the fields that are given change. */
  private Reply changeSettings(Call call) {
    ObjectNode all = Json.MAPPER.valueToTree(platform.behaviour());
    merge(all, object(call.json()));
    platform.behave(Call.read(all, Behaviour.class));
    return Reply.json(platform.behaviour());
  }

  private static void merge(ObjectNode into, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            field -> {
              JsonNode old = into.get(field.getKey());
              if (old instanceof ObjectNode target && field.getValue() instanceof ObjectNode part) {
                merge(target, part);
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }

  private record ClockChange(@Nullable Duration offset, @Nullable Duration advance) {}

  private Reply clock() {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("now", platform.clock().instant().toString());
    answer.put("offset", platform.clock().offset().toString());
    return Reply.json(answer);
  }

  private Reply moveClock(Call call) {
    ClockChange change = call.json(ClockChange.class);
    if (change.offset() != null) {
      platform.clock().moveTo(change.offset());
    } else if (change.advance() != null) {
      platform.clock().moveTo(platform.clock().offset().plus(change.advance()));
    } else {
      throw new BadRequest("expected {\"offset\":\"PT25H\"} or {\"advance\":\"PT25H\"}");
    }
    return clock();
  }

  /** Changes a business number, or adds one: a new one takes what is not given from the first. */
  private Reply changeNumber(Call call) {
    String id = call.path("id");
    ObjectNode number =
        Json.MAPPER.valueToTree(
            platform.number(id).orElseGet(() -> platform.numberOrFirst(Optional.empty())));
    number.put("id", id);
    merge(number, object(call.json()));
    BusinessNumber changed = Call.read(number, BusinessNumber.class);
    if (!changed.id().equals(id)) {
      throw new BadRequest("id: is given by the address, expected '" + id + "'");
    }
    platform.putNumber(changed);
    return Reply.json(changed);
  }

  private Reply addTemplate(Call call) {
    ObjectNode template = object(call.json());
    if (!template.has("category")) {
      template.put("category", "UTILITY");
    }
    if (!template.has("status")) {
      template.put("status", "APPROVED");
    }
    for (String field : List.of("name", "language", "body")) {
      if (!template.path(field).isTextual()) {
        throw new BadRequest(field + ": is missing");
      }
    }
    Template added = Call.read(template, Template.class);
    platform.templates().put(added);
    return Reply.json(added);
  }

  private record User(
      @Nullable String number,
      @Nullable String userId,
      @Nullable String name,
      @Nullable String username,
      @Nullable Boolean on,
      @Nullable Boolean autoRead,
      @Nullable Boolean reset) {}

  private Reply users() {
    return Reply.json(platform.phones().all().stream().map(phone -> describe(phone)).toList());
  }

  private static ObjectNode describe(Phone phone) {
    Customer customer = phone.customer();
    ObjectNode user = Json.MAPPER.createObjectNode();
    user.put("key", customer.key());
    customer.number().ifPresent(number -> user.put("number", number));
    customer.userId().ifPresent(id -> user.put("userId", id));
    user.put("name", customer.name());
    customer.username().ifPresent(username -> user.put("username", username));
    user.put("on", phone.isOn());
    return user;
  }

  private Reply addUser(Call call) {
    User wanted = call.json(User.class);
    if (wanted.number() == null && wanted.userId() == null) {
      throw new BadRequest("expected a number, or a userId alone");
    }
    Customer customer =
        new Customer(
            Optional.ofNullable(wanted.number()),
            Optional.ofNullable(wanted.userId()),
            Optional.ofNullable(wanted.name()).orElse("Customer"),
            Optional.ofNullable(wanted.username()));
    if (Boolean.TRUE.equals(wanted.reset())) {
      platform.removeCustomer(customer.key());
    }
    Phone phone = platform.join(customer);
    if (wanted.autoRead() != null) {
      platform.setAutoRead(phone, wanted.autoRead());
    }
    if (wanted.on() != null) {
      platform.switchPhone(phone, wanted.on());
    }
    return Reply.json(describe(phone));
  }

  private Reply removeUser(Call call) {
    String key = call.path("key");
    if (!platform.removeCustomer(key)) {
      throw new BadRequest(404, "there is no customer '" + key + "'");
    }
    return Reply.json(Json.MAPPER.createObjectNode().put("removed", key));
  }

  private Reply readAll(Call call) {
    Phone phone = phone(call.path("key"));
    return Reply.json(Json.MAPPER.createObjectNode().put("read", platform.show(phone)));
  }

  private record One(
      @Nullable String from,
      @Nullable String name,
      @Nullable String text,
      @Nullable String wamid,
      @Nullable Instant timestamp,
      @Nullable ObjectNode message) {}

  private record Inbound(
      @Nullable String from,
      @Nullable String name,
      @Nullable String text,
      @Nullable List<String> texts,
      @Nullable String wamid,
      @Nullable Instant timestamp,
      @Nullable ObjectNode message,
      @Nullable String business,
      @Nullable String signature,
      @Nullable List<One> messages) {

    /** All that is to be written: one, several of one customer, or a list of any. */
    List<One> all() {
      if (messages != null) {
        return messages;
      }
      if (texts != null) {
        return texts.stream()
            .map(each -> new One(from, name, each, null, timestamp, null))
            .toList();
      }
      return List.of(new One(from, name, text, wamid, timestamp, message));
    }
  }

  private Reply inbound(Call call) {
    Inbound wanted = call.json(Inbound.class);
    BusinessNumber business = platform.numberOrFirst(Optional.ofNullable(wanted.business()));
    List<String> wamids = new ArrayList<>();
    for (One one : wanted.all()) {
      Customer writer = writer(one);
      Platform.Draft draft = draft(one);
      String signature = Optional.ofNullable(wanted.signature()).orElse("valid");
      if (signature.equals("valid")) {
        Phone phone = platform.phones().find(writer.key()).orElseGet(() -> platform.join(writer));
        wamids.add(platform.write(phone, business, List.of(draft)).getFirst().wamid());
      } else {
        platform.forge(writer, business, List.of(draft), forgedSignature(signature));
      }
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    wamids.forEach(answer.putArray("wamids")::add);
    return Reply.json(answer);
  }

  private Customer writer(One one) {
    String from = one.from();
    if (from == null) {
      throw new BadRequest("from: is missing, expected a number such as +573001234567 or a userId");
    }
    boolean userId = !from.isEmpty() && Character.isUpperCase(from.charAt(0));
    String key = userId ? from : Customer.e164(from);
    Optional<Phone> known = platform.phones().find(key);
    if (known.isPresent()) {
      return known.get().customer();
    }
    return new Customer(
        userId ? Optional.empty() : Optional.of(key),
        userId ? Optional.of(key) : Optional.empty(),
        Optional.ofNullable(one.name()).orElse("Customer " + key),
        Optional.empty());
  }

  private static Platform.Draft draft(One one) {
    if (one.text() == null && one.message() == null) {
      throw new BadRequest("text: is missing (or message, a whole type and body)");
    }
    String shown =
        Optional.ofNullable(one.text())
            .orElseGet(
                () ->
                    "["
                        + Optional.ofNullable(one.message())
                            .map(message -> message.path("type").asText("?"))
                            .orElse("?")
                        + "]");
    return new Platform.Draft(
        shown,
        Optional.ofNullable(one.wamid()),
        Optional.ofNullable(one.timestamp()),
        Optional.ofNullable(one.message()));
  }

  private static Optional<String> forgedSignature(String kind) {
    return switch (kind) {
      case "bad" -> Optional.of("sha256=" + "0".repeat(64));
      case "missing" -> Optional.empty();
      default -> throw new BadRequest("signature: one of valid, bad, missing, got '" + kind + "'");
    };
  }

  private record Received(String number, String name, List<ChatMessage> messages) {}

  /** What phones received: of one, or of all. */
  private Reply received(Call call) throws InterruptedException {
    Optional<String> asked =
        call.query("number").map(Customer::e164).or(() -> call.query("userId"));
    List<Received> all =
        waiting(
            call,
            () ->
                platform.phones().all().stream()
                    .filter(phone -> asked.isEmpty() || isAsked(phone, asked.get()))
                    .map(ControlApi::receivedBy)
                    .toList(),
            list -> list.stream().mapToInt(one -> one.messages().size()).sum());
    return Reply.json(all);
  }

  private static boolean isAsked(Phone phone, String key) {
    Customer customer = phone.customer();
    return customer.key().equals(key) || customer.userId().filter(key::equals).isPresent();
  }

  private static Received receivedBy(Phone phone) {
    List<ChatMessage> messages =
        phone.messages().stream()
            .filter(message -> !message.fromCustomer() && message.deliveredAt().isPresent())
            .toList();
    return new Received(phone.customer().key(), phone.customer().name(), messages);
  }

  private record CallsAnswer(
      int sends, int accepted, Map<String, Long> acceptedByOpaque, List<SentCall> calls) {}

  private Reply calls(Call call) throws InterruptedException {
    Optional<String> kind = call.query("kind");
    long after = call.queryNumber("after", 0);
    List<SentCall> calls =
        waiting(
            call,
            () ->
                platform.calls().all().stream()
                    .filter(one -> one.order() > after)
                    .filter(one -> kind.isEmpty() || kind.get().equals(one.kind()))
                    .toList(),
            List::size);
    List<SentCall> sends = calls.stream().filter(one -> one.kind().equals("send")).toList();
    List<SentCall> accepted = sends.stream().filter(SentCall::accepted).toList();
    Map<String, Long> byOpaque =
        accepted.stream()
            .collect(
                Collectors.groupingBy(one -> one.opaque().orElse("(none)"), Collectors.counting()));
    return Reply.json(new CallsAnswer(sends.size(), accepted.size(), byOpaque, calls));
  }

  private Reply planFault(Call call) {
    ObjectNode fault = object(call.json());
    if (!fault.has("next")) {
      fault.put("next", 1);
    }
    if (!fault.path("fault").isTextual()) {
      throw new BadRequest("fault: is missing");
    }
    platform.faults().plan(Call.read(fault, Fault.class));
    return Reply.json(platform.faults().planned());
  }

  private Reply clearFaults() {
    platform.faults().clear();
    return Reply.json(List.of());
  }

  private Reply releaseStatuses() {
    return Reply.json(Json.MAPPER.createObjectNode().put("released", platform.releaseStatuses()));
  }

  private Reply releaseWebhooks() {
    return Reply.json(
        Json.MAPPER.createObjectNode().put("released", platform.webhooks().release()));
  }

  private Reply webhooks(Call call) throws InterruptedException {
    Optional<String> kind = call.query("kind");
    Optional<WebhookDelivery.State> state = call.query("state").map(ControlApi::deliveryState);
    int newest = call.queryNumber("newest", 200);
    int attempts = call.queryNumber("attempts", 0);
    List<WebhookDelivery> deliveries =
        waiting(
            call,
            () ->
                platform.webhooks().all().stream()
                    .filter(one -> kind.isEmpty() || kind.get().equals(one.kind()))
                    .filter(one -> state.isEmpty() || state.get() == one.state())
                    .filter(one -> one.attempts().size() >= attempts)
                    .toList(),
            List::size);
    return Reply.json(
        deliveries.stream()
            .skip(Math.max(0, deliveries.size() - newest))
            .map(WebhookDelivery::view)
            .toList());
  }

  private static WebhookDelivery.State deliveryState(String word) {
    for (WebhookDelivery.State state : WebhookDelivery.State.values()) {
      if (state.name().equalsIgnoreCase(word)) {
        return state;
      }
    }
    throw new BadRequest("state: one of pending, acknowledged, given_up, got '" + word + "'");
  }

  private record Raw(
      @Nullable JsonNode body,
      @Nullable String raw,
      @Nullable String signature,
      @Nullable String signatureHeader,
      @Nullable String business,
      @Nullable Boolean retry,
      @Nullable Integer copies) {}

  private Reply injectWebhook(Call call) {
    Raw wanted = call.json(Raw.class);
    byte[] bytes;
    if (wanted.raw() != null) {
      bytes = wanted.raw().getBytes(StandardCharsets.UTF_8);
    } else if (wanted.body() != null) {
      bytes = Json.metaBytes(wanted.body());
    } else {
      throw new BadRequest("body: is missing, expected any JSON (or raw, a string)");
    }
    BusinessNumber business = platform.numberOrFirst(Optional.ofNullable(wanted.business()));
    String kind = Optional.ofNullable(wanted.signature()).orElse("valid");
    Optional<String> signature =
        Optional.ofNullable(wanted.signatureHeader())
            .or(
                () ->
                    kind.equals("valid")
                        ? Optional.of(platform.sign(bytes, business))
                        : forgedSignature(kind));
    List<WebhookDelivery.View> made = new ArrayList<>();
    for (int i = 0; i < Optional.ofNullable(wanted.copies()).orElse(1); i++) {
      boolean retry = Optional.ofNullable(wanted.retry()).orElse(false);
      made.add(platform.webhooks().inject(bytes, signature, retry, List.of()).view());
    }
    return Reply.json(made);
  }

  private Reply redeliver(Call call) {
    String id = call.path("id");
    try {
      return platform
          .webhooks()
          .redeliver(Long.parseLong(id))
          .map(delivery -> Reply.json(delivery.view()))
          .orElseThrow(() -> new BadRequest(404, "there is no webhook " + id));
    } catch (NumberFormatException e) {
      throw new BadRequest("id: expected a number, got '" + id + "'");
    }
  }

  private Reply verify() {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    for (BusinessNumber number : platform.numbers()) {
      answer.put(number.id(), platform.verify(number).orElse("verified"));
    }
    return Reply.json(answer);
  }

  private Phone phone(String key) {
    return platform
        .phones()
        .find(key)
        .orElseThrow(() -> new BadRequest(404, "there is no customer '" + key + "'"));
  }

  private <T> T waiting(Call call, Supplier<T> look, ToIntFunction<T> size)
      throws InterruptedException {
    int atLeast = call.queryNumber("atLeast", 0);
    Duration within = call.queryDuration("within", Duration.ofSeconds(atLeast > 0 ? 10 : 0));
    return changes.await(look, seen -> size.applyAsInt(seen) >= atLeast, within);
  }

  private static ObjectNode object(JsonNode json) {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new BadRequest("expected a JSON object");
  }
}
