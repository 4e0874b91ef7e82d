package dev.hilo.simulators.phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.EventStream;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.Account;
import dev.hilo.simulators.meta.Chat;
import dev.hilo.simulators.meta.DirectMessage;
import dev.hilo.simulators.meta.DirectMessage.Attachment;
import dev.hilo.simulators.meta.DirectMessage.Body;
import dev.hilo.simulators.meta.DirectMessage.Story;
import dev.hilo.simulators.meta.Inbound.Draft;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.meta.Person;
import dev.hilo.simulators.time.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the Messenger and Instagram pages ask for, under {@code /messenger/api} and so on. */
public final class ChatApi {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Messaging messaging;
  private final Changes changes;
  private final String base;

  public ChatApi(Messaging messaging, Changes changes) {
    this.messaging = messaging;
    this.changes = changes;
    this.base = "/" + messaging.provider().id() + "/api";
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    String one = base + "/people/{id}";
    routes.on("GET", base + "/accounts", call -> accounts());
    routes.on("GET", base + "/accounts/{id}/story", this::story);
    routes.on("GET", base + "/media/{asset}", call -> messaging.media().serve(call.path("asset")));
    routes.on("GET", base + "/people", call -> people());
    routes.on("POST", base + "/people", this::join);
    routes.on("GET", one + "/events", this::events);
    routes.on("POST", one + "/files", this::file);
    routes.on("POST", one + "/messages", this::write);
    routes.on("PUT", one + "/messages/{mid}", this::edit);
    routes.on("DELETE", one + "/messages/{mid}", this::unsend);
    routes.on("PUT", one + "/messages/{mid}/reaction", this::react);
    routes.on("POST", one + "/postbacks", this::tap);
    routes.on("POST", one + "/referrals", this::refer);
    routes.on("POST", one + "/read", this::read);
    routes.on("PUT", one + "/power", this::power);
  }

  private Reply accounts() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (Account account : messaging.accounts().all()) {
      all.addObject()
          .put("id", account.id())
          .put("name", account.name())
          .put("username", account.username());
    }
    return Reply.json(all);
  }

  /** The business's story of today, for the page to draw. */
  private Reply story(Call call) {
    Account account = messaging.accounts().findOrFirst(Optional.of(call.path("id")));
    Story story = messaging.inbound().story(account);
    return Reply.json(
        Json.MAPPER.createObjectNode().put("id", story.id()).put("asset", story.asset()));
  }

  private Reply people() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    messaging.chats().all().forEach(chat -> all.add(describe(chat)));
    return Reply.json(all);
  }

  private static ObjectNode describe(Chat chat) {
    Person person = chat.person();
    List<DirectMessage> seen =
        chat.messages().stream()
            .filter(message -> message.fromPerson() || delivered(message))
            .toList();
    long unread =
        seen.stream()
            .filter(message -> !message.fromPerson() && message.marks().readAt().isEmpty())
            .count();
    ObjectNode one =
        Json.MAPPER
            .createObjectNode()
            .put("key", person.id())
            .put("name", person.name())
            .put("username", person.username().orElse(""))
            .put("account", person.account())
            .put("on", chat.isOn())
            .put("unread", unread);
    if (!seen.isEmpty()) {
      DirectMessage last = seen.getLast();
      one.put("last", line(last));
      one.put("lastAt", last.at().toString());
    }
    return one;
  }

  /** A message in one line, for the list of customers. */
  private static String line(DirectMessage message) {
    if (message.marks().deleted()) {
      return "…";
    }
    Body body = message.body();
    return body.text().isEmpty() && !body.attachments().isEmpty()
        ? "[" + body.attachments().getFirst().type() + "]"
        : body.text();
  }

  private static boolean delivered(DirectMessage message) {
    return message.marks().deliveredAt().isPresent();
  }

  private record NewPerson(
      @Nullable String name, @Nullable String username, @Nullable String account) {}

  /** Adds a customer; whoever comes back under the same name is the same. */
  private Reply join(Call call) {
    NewPerson wanted = call.json(NewPerson.class);
    Account account =
        messaging
            .accounts()
            .findOrFirst(Optional.ofNullable(wanted.account()).filter(id -> !id.isBlank()));
    String name = Optional.ofNullable(wanted.name()).orElse("").strip();
    Optional<String> username =
        Optional.ofNullable(wanted.username())
            .map(value -> value.strip().replaceFirst("^@", ""))
            .filter(value -> !value.isEmpty());
    String handle = username.orElse(name);
    if (handle.isEmpty()) {
      throw new BadRequest("name: must not be blank");
    }
    String id = messaging.idOf(account, handle);
    Optional<Person> known = messaging.chats().find(id).map(Chat::person);
    String shown = name.isEmpty() ? known.map(Person::name).orElse(handle) : name;
    Chat chat =
        messaging.join(
            new Person(
                id,
                account.id(),
                shown,
                username,
                known.map(Person::locale).orElse("es_LA"),
                known.map(Person::consent).orElse(true),
                known.map(Person::blocked).orElse(false)));
    return Reply.json(describe(chat));
  }

  /** Keeps a file of the customer's, to be sent with a message. */
  private Reply file(Call call) {
    if (call.body().length == 0) {
      throw new BadRequest("the file is empty");
    }
    String contentType =
        call.header("Content-Type").orElse("application/octet-stream").split(";", 2)[0];
    String kind = contentType.split("/", 2)[0];
    String type = List.of("image", "audio", "video").contains(kind) ? kind : "file";
    Attachment kept =
        messaging.inbound().file(type, call.query("name").orElse("file"), contentType, call.body());
    ObjectNode answer = Json.MAPPER.createObjectNode().put("type", type);
    answer.put("asset", kept.asset().orElseThrow());
    return Reply.json(answer);
  }

  private record FileToSend(@Nullable String type, @Nullable String asset) {}

  private record NewMessage(
      @Nullable String text,
      @Nullable List<FileToSend> files,
      @Nullable String quickReply,
      @Nullable String replyTo,
      @Nullable Boolean storyReply,
      @Nullable Boolean storyMention,
      @Nullable Boolean like) {}

  private Reply write(Call call) {
    NewMessage wanted = call.json(NewMessage.class);
    Chat chat = switchedOn(call);
    List<Attachment> attachments = new ArrayList<>();
    for (FileToSend file : Optional.ofNullable(wanted.files()).orElse(List.of())) {
      attachments.add(
          messaging
              .inbound()
              .file(
                  Optional.ofNullable(file.type()).orElse("file"),
                  Optional.ofNullable(file.asset()).orElse("")));
    }
    if (Boolean.TRUE.equals(wanted.storyMention())) {
      attachments.add(messaging.inbound().storyMention());
    }
    if (Boolean.TRUE.equals(wanted.like())) {
      attachments.add(Stickers.like(messaging.provider().id()));
    }
    Optional<Story> story = Optional.empty();
    if (Boolean.TRUE.equals(wanted.storyReply())) {
      Account account = messaging.accounts().findOrFirst(Optional.of(chat.person().account()));
      story = Optional.of(messaging.inbound().story(account));
    }
    String text = Optional.ofNullable(wanted.text()).orElse("").strip();
    if (text.isEmpty() && attachments.isEmpty()) {
      throw new BadRequest("text: must not be blank");
    }
    Body body =
        new Body(text, attachments, List.of(), Optional.ofNullable(wanted.replyTo()), story);
    Draft draft =
        new Draft(
            body,
            Optional.ofNullable(wanted.quickReply()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Reply.json(messaging.inbound().write(chat, List.of(draft)).getFirst());
  }

  private record Edit(@Nullable String text) {}

  private Reply edit(Call call) {
    String text = Optional.ofNullable(call.json(Edit.class).text()).orElse("").strip();
    if (text.isEmpty()) {
      throw new BadRequest("text: must not be blank");
    }
    return done(messaging.inbound().edit(switchedOn(call), call.path("mid"), text));
  }

  private Reply unsend(Call call) {
    return done(messaging.inbound().unsend(switchedOn(call), call.path("mid")));
  }

  private record Reaction(@Nullable String reaction, @Nullable String emoji) {}

  private Reply react(Call call) {
    Reaction wanted = call.json(Reaction.class);
    return done(
        messaging
            .inbound()
            .react(
                switchedOn(call),
                call.path("mid"),
                Optional.ofNullable(wanted.reaction()).orElse("other"),
                Optional.ofNullable(wanted.emoji())));
  }

  private static Reply done(boolean done) {
    if (!done) {
      throw new BadRequest(404, "there is no such message");
    }
    return Reply.json(Json.MAPPER.createObjectNode().put("done", true));
  }

  private record Tap(@Nullable String title, @Nullable String payload) {}

  private Reply tap(Call call) {
    Tap tap = call.json(Tap.class);
    messaging
        .inbound()
        .postback(
            switchedOn(call),
            Optional.ofNullable(tap.title()).orElse(""),
            Optional.ofNullable(tap.payload()).orElse(""),
            Optional.empty());
    return done(true);
  }

  private record Referral(@Nullable String ref) {}

  private Reply refer(Call call) {
    String ref = Optional.ofNullable(call.json(Referral.class).ref()).orElse("");
    messaging.inbound().refer(switchedOn(call), ref, Optional.empty());
    return done(true);
  }

  private Reply read(Call call) {
    return Reply.json(
        Json.MAPPER.createObjectNode().put("read", messaging.outbound().show(chat(call))));
  }

  private record Power(@Nullable Boolean on) {}

  private Reply power(Call call) {
    Power wanted = call.json(Power.class);
    if (wanted.on() == null) {
      throw new BadRequest("on: expected true or false");
    }
    Chat chat = chat(call);
    messaging.outbound().switchPhone(chat, wanted.on());
    return Reply.json(describe(chat));
  }

  /** First the whole chat, then what changes in it. */
  private Reply events(Call call) {
    Chat chat = chat(call);
    return new Reply.Events(stream -> follow(chat, stream));
  }

  private void follow(Chat chat, EventStream stream)
      throws InterruptedException, Reply.StreamClosed {
    Chat.View drawn = chat.viewAfter(-1, messaging.clock().instant());
    stream.send("chat", drawn);
    while (true) {
      Chat.View last = drawn;
      drawn =
          changes.await(
              () -> chat.viewAfter(last.version(), messaging.clock().instant()),
              view -> view.version() != last.version() || view.typing() != last.typing(),
              HEARTBEAT);
      if (drawn.version() != last.version() || drawn.typing() != last.typing()) {
        stream.send("chat", drawn);
      } else {
        stream.heartbeat();
      }
    }
  }

  private Chat switchedOn(Call call) {
    Chat chat = chat(call);
    if (!chat.isOn()) {
      throw new BadRequest(409, "the phone is off");
    }
    return chat;
  }

  private Chat chat(Call call) {
    String id = call.path("id");
    return messaging
        .chats()
        .find(id)
        .orElseThrow(() -> new BadRequest(404, "there is no customer '" + id + "'"));
  }
}
