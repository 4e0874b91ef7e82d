package dev.hilo.simulators.phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.EventStream;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the phone page asks for, under {@code /phone/api}. */
public final class PhoneApi {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Platform platform;
  private final Changes changes;

  public PhoneApi(Platform platform, Changes changes) {
    this.platform = platform;
    this.changes = changes;
  }

  private record NewCustomer(@Nullable String number, @Nullable String name) {}

  private record NewMessage(
      @Nullable String text, @Nullable String business, @Nullable String replyTo) {}

  private record Power(@Nullable Boolean on) {}

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.on("GET", "/phone/api/businesses", call -> businesses());
    routes.on("GET", "/phone/api/customers", call -> customers());
    routes.on("POST", "/phone/api/customers", this::join);
    routes.on("GET", "/phone/api/customers/{key}/events", this::events);
    routes.on("POST", "/phone/api/customers/{key}/messages", this::write);
    routes.on("POST", "/phone/api/customers/{key}/read", this::read);
    new PhoneActsApi(platform).addTo(routes);
    routes.on("PUT", "/phone/api/customers/{key}/power", this::power);
  }

  private Reply businesses() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (BusinessNumber number : platform.numbers()) {
      all.addObject()
          .put("id", number.id())
          .put("name", number.name())
          .put("displayPhoneNumber", number.displayPhoneNumber())
          .put("digits", number.digits());
    }
    return Reply.json(all);
  }

  private Reply customers() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    platform.phones().all().forEach(phone -> all.add(describe(phone)));
    return Reply.json(all);
  }

  private static ObjectNode describe(Phone phone) {
    Customer customer = phone.customer();
    List<ChatMessage> seen = phone.messages().stream().filter(PhoneApi::visible).toList();
    long unread =
        seen.stream()
            .filter(message -> !message.fromCustomer() && message.readAt().isEmpty())
            .count();
    ObjectNode one =
        Json.MAPPER
            .createObjectNode()
            .put("key", customer.key())
            .put("name", customer.name())
            .put("number", customer.number().orElse(""))
            .put("on", phone.isOn())
            .put("unread", unread);
    if (!seen.isEmpty()) {
      one.put("last", line(seen.getLast())).put("lastAt", seen.getLast().at().toString());
    }
    return one;
  }

  /** A message in one line, for the list of customers. */
  private static String line(ChatMessage message) {
    if (message.wasTakenBack()) {
      return "…";
    }
    Optional<MessageParts.File> file = message.parts().flatMap(MessageParts::file);
    return message.text().isEmpty() && file.isPresent()
        ? "[" + file.get().type() + "]"
        : message.text();
  }

  private static boolean visible(ChatMessage message) {
    return message.fromCustomer() || message.deliveredAt().isPresent();
  }

  private Reply join(Call call) {
    NewCustomer wanted = call.json(NewCustomer.class);
    String number = Customer.e164(Optional.ofNullable(wanted.number()).orElse(""));
    Optional<Phone> known = platform.phones().find(number);
    String typed = Optional.ofNullable(wanted.name()).orElse("").strip();
    // Who comes back with the number alone keeps the name.
    String name =
        typed.isEmpty() ? known.map(phone -> phone.customer().name()).orElse(number) : typed;
    Optional<String> userId = known.flatMap(phone -> phone.customer().userId());
    Optional<String> username = known.flatMap(phone -> phone.customer().username());
    Phone phone = platform.join(new Customer(Optional.of(number), userId, name, username));
    return Reply.json(describe(phone));
  }

  private Reply write(Call call) {
    NewMessage wanted = call.json(NewMessage.class);
    String text = Optional.ofNullable(wanted.text()).orElse("").strip();
    if (text.isEmpty()) {
      throw new BadRequest("text: must not be blank");
    }
    BusinessNumber business =
        platform.numberOrFirst(Optional.ofNullable(wanted.business()).filter(id -> !id.isBlank()));
    Phone phone = phone(call);
    if (!phone.isOn()) {
      throw new BadRequest(409, "the phone is off");
    }
    Platform.Draft draft = Platform.Draft.of(text).quoting(Optional.ofNullable(wanted.replyTo()));
    return Reply.json(platform.write(phone, business, List.of(draft)).getFirst());
  }

  private Reply read(Call call) {
    return Reply.json(Json.MAPPER.createObjectNode().put("read", platform.show(phone(call))));
  }

  private Reply power(Call call) {
    Power wanted = call.json(Power.class);
    if (wanted.on() == null) {
      throw new BadRequest("on: expected true or false");
    }
    Phone phone = phone(call);
    platform.switchPhone(phone, wanted.on());
    return Reply.json(describe(phone));
  }

  /** First the whole chat, then what changes in it. */
  private Reply events(Call call) {
    Phone phone = phone(call);
    return new Reply.Events(stream -> follow(phone, stream));
  }

  private void follow(Phone phone, EventStream stream)
      throws InterruptedException, Reply.StreamClosed {
    Phone.View drawn = phone.viewAfter(-1, platform.clock().instant());
    stream.send("chat", drawn);
    while (true) {
      Phone.View last = drawn;
      drawn =
          changes.await(
              () -> phone.viewAfter(last.version(), platform.clock().instant()),
              view -> view.version() != last.version() || view.typing() != last.typing(),
              HEARTBEAT);
      if (drawn.version() != last.version() || drawn.typing() != last.typing()) {
        stream.send("chat", drawn);
      } else {
        stream.heartbeat();
      }
    }
  }

  private Phone phone(Call call) {
    String key = call.path("key");
    return platform
        .phones()
        .find(key)
        .orElseThrow(() -> new BadRequest(404, "there is no customer '" + key + "'"));
  }
}
