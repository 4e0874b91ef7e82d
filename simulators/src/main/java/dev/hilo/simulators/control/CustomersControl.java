package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.ChatMessage;
import dev.hilo.simulators.whatsapp.Customer;
import dev.hilo.simulators.whatsapp.MessageParts;
import dev.hilo.simulators.whatsapp.Phone;
import dev.hilo.simulators.whatsapp.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Customers, what they write and what they get. */
final class CustomersControl {

  private final Platform platform;
  private final Changes changes;

  CustomersControl(Platform platform, Changes changes) {
    this.platform = platform;
    this.changes = changes;
  }

  void addTo(Routes routes) {
    routes.on("GET", "/control/users", call -> users());
    routes.on("POST", "/control/users", this::addUser);
    routes.on("DELETE", "/control/users/{key}", this::removeUser);
    routes.on("POST", "/control/users/{key}/read", this::readAll);
    routes.on("POST", "/control/inbound", this::inbound);
    routes.on("GET", "/control/received", this::received);
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
        platform.forge(writer, business, List.of(draft), ForgedSignature.of(signature));
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
        Optional.ofNullable(one.message()),
        MessageParts.NONE);
  }

  private record Received(String number, String name, List<ChatMessage> messages) {}

  /** What phones received: of one, or of all. */
  private Reply received(Call call) throws InterruptedException {
    Optional<String> asked =
        call.query("number").map(Customer::e164).or(() -> call.query("userId"));
    List<Received> all =
        Waiting.forList(
            changes,
            call,
            () ->
                platform.phones().all().stream()
                    .filter(phone -> asked.isEmpty() || isAsked(phone, asked.get()))
                    .map(CustomersControl::receivedBy)
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

  private Phone phone(String key) {
    return platform
        .phones()
        .find(key)
        .orElseThrow(() -> new BadRequest(404, "there is no customer '" + key + "'"));
  }
}
