package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People on Messenger or Instagram: what they write and do, and what they get. */
final class PeopleControl {

  /** Source: Facebook's Page inbox as it stands in echoes and thread owners. */
  private static final String PAGE_INBOX = "263902037430900";

  private final Messaging messaging;
  private final Changes changes;
  private final String base;

  PeopleControl(Messaging messaging, Changes changes) {
    this.messaging = messaging;
    this.changes = changes;
    this.base = "/control/" + messaging.provider().id();
  }

  void addTo(Routes routes) {
    routes.on("GET", base + "/users", call -> users());
    routes.on("POST", base + "/users", this::addUser);
    routes.on("DELETE", base + "/users/{id}", this::removeUser);
    routes.on("POST", base + "/users/{id}/read", this::readAll);
    routes.on("POST", base + "/inbound", this::inbound);
    routes.on("POST", base + "/actions", this::act);
    routes.on("POST", base + "/events", this::event);
    routes.on("POST", base + "/echo", this::echo);
    routes.on("POST", base + "/thread", this::thread);
    routes.on("GET", base + "/received", this::received);
  }

  private record User(
      @Nullable String id,
      @Nullable String account,
      @Nullable String name,
      @Nullable String username,
      @Nullable String locale,
      @Nullable Boolean consent,
      @Nullable Boolean blocked,
      @Nullable Boolean on,
      @Nullable Boolean autoRead,
      @Nullable Boolean reset) {}

  private Reply users() {
    return Reply.json(messaging.chats().all().stream().map(PeopleControl::describe).toList());
  }

  private static ObjectNode describe(Chat chat) {
    ObjectNode user = Json.MAPPER.valueToTree(chat.person());
    return user.put("on", chat.isOn());
  }

  private Reply addUser(Call call) {
    User wanted = call.json(User.class);
    Account account = messaging.accounts().findOrFirst(Optional.ofNullable(wanted.account()));
    Optional<String> handle =
        Optional.ofNullable(wanted.username()).or(() -> Optional.ofNullable(wanted.name()));
    String id =
        Optional.ofNullable(wanted.id())
            .or(() -> handle.map(one -> messaging.idOf(account, one)))
            .orElseThrow(() -> new BadRequest("expected an id, a username or a name"));
    if (Boolean.TRUE.equals(wanted.reset())) {
      messaging.remove(id);
    }
    Optional<Person> known = messaging.chats().find(id).map(Chat::person);
    Person person =
        new Person(
            id,
            account.id(),
            Optional.ofNullable(wanted.name())
                .or(() -> known.map(Person::name))
                .or(() -> handle)
                .orElse("Customer " + id),
            Optional.ofNullable(wanted.username()).or(() -> known.flatMap(Person::username)),
            Optional.ofNullable(wanted.locale())
                .or(() -> known.map(Person::locale))
                .orElse("es_LA"),
            Optional.ofNullable(wanted.consent()).or(() -> known.map(Person::consent)).orElse(true),
            Optional.ofNullable(wanted.blocked())
                .or(() -> known.map(Person::blocked))
                .orElse(false));
    Chat chat = messaging.join(person);
    if (wanted.autoRead() != null) {
      chat.setAutoRead(wanted.autoRead());
    }
    if (wanted.on() != null) {
      messaging.outbound().switchPhone(chat, wanted.on());
    }
    return Reply.json(describe(chat));
  }

  private Reply removeUser(Call call) {
    String id = call.path("id");
    if (!messaging.remove(id)) {
      throw new BadRequest(404, "there is no customer '" + id + "'");
    }
    return Reply.json(Json.MAPPER.createObjectNode().put("removed", id));
  }

  private Reply readAll(Call call) {
    int read = messaging.outbound().show(chat(call.path("id")));
    return Reply.json(Json.MAPPER.createObjectNode().put("read", read));
  }

  /**
   * A file in a customer's message.
   *
   * @param type of attachment; any word
   * @param url of a file elsewhere
   * @param base64 the file's content; without it and a url an image is made up
   * @param payload a whole payload instead
   */
  private record File(
      @Nullable String type,
      @Nullable String url,
      @Nullable String base64,
      @Nullable String contentType,
      @Nullable String name,
      @Nullable ObjectNode payload) {}

  private record One(
      @Nullable String from,
      @Nullable String text,
      @Nullable List<File> attachments,
      @Nullable String quickReply,
      @Nullable String replyTo,
      @Nullable Boolean storyReply,
      @Nullable Boolean storyMention,
      @Nullable String mid,
      @Nullable Instant timestamp,
      @Nullable ObjectNode message) {}

  private record Inbound(
      @Nullable String from,
      @Nullable String text,
      @Nullable List<String> texts,
      @Nullable List<File> attachments,
      @Nullable String quickReply,
      @Nullable String replyTo,
      @Nullable Boolean storyReply,
      @Nullable Boolean storyMention,
      @Nullable String mid,
      @Nullable Instant timestamp,
      @Nullable ObjectNode message,
      @Nullable String signature,
      @Nullable List<One> messages) {

    /** All that is to be written: one, several of one customer, or a list of any. */
    List<One> all() {
      if (messages != null) {
        return messages;
      }
      if (texts != null) {
        return texts.stream().map(each -> plain(each)).toList();
      }
      return List.of(
          new One(
              from,
              text,
              attachments,
              quickReply,
              replyTo,
              storyReply,
              storyMention,
              mid,
              timestamp,
              message));
    }

    private One plain(String each) {
      return new One(from, each, null, null, null, null, null, null, timestamp, null);
    }
  }

  private Reply inbound(Call call) {
    Inbound wanted = call.json(Inbound.class);
    String signature = Optional.ofNullable(wanted.signature()).orElse("valid");
    List<String> mids = new ArrayList<>();
    for (One one : wanted.all()) {
      Chat chat = chat(Optional.ofNullable(one.from()).orElse(""));
      List<Draft> drafts = List.of(draft(chat, one));
      if (signature.equals("valid")) {
        mids.add(messaging.inbound().write(chat, drafts).getFirst().mid());
      } else {
        messaging.forge(chat.person(), drafts, ForgedSignature.of(signature));
      }
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    mids.forEach(answer.putArray("mids")::add);
    return Reply.json(answer);
  }

  private Draft draft(Chat chat, One one) {
    List<Attachment> files = new ArrayList<>();
    for (File file : Optional.ofNullable(one.attachments()).orElse(List.of())) {
      files.add(attachment(file));
    }
    if (Boolean.TRUE.equals(one.storyMention())) {
      files.add(messaging.inbound().storyMention());
    }
    Optional<Story> story = Optional.empty();
    if (Boolean.TRUE.equals(one.storyReply())) {
      Account account = messaging.accounts().findOrFirst(Optional.of(chat.person().account()));
      story = Optional.of(messaging.inbound().story(account));
    }
    if (one.text() == null && files.isEmpty() && one.message() == null) {
      throw new BadRequest("text: is missing (or attachments, or message, a whole body)");
    }
    Body body =
        new Body(
            Optional.ofNullable(one.text()).orElse(""),
            files,
            List.of(),
            Optional.ofNullable(one.replyTo()),
            story);
    return new Draft(
        body,
        Optional.ofNullable(one.quickReply()),
        Optional.ofNullable(one.message()),
        Optional.ofNullable(one.mid()),
        Optional.ofNullable(one.timestamp()));
  }

  private Attachment attachment(File file) {
    String type = Optional.ofNullable(file.type()).orElse("image");
    if (file.payload() != null) {
      return new Attachment(type, Optional.of(file.payload()), Optional.empty(), Optional.empty());
    }
    if (file.url() != null) {
      ObjectNode payload = Json.MAPPER.createObjectNode().put("url", file.url());
      return new Attachment(type, Optional.of(payload), Optional.empty(), Optional.empty());
    }
    if (file.base64() != null) {
      byte[] content = Base64.getDecoder().decode(file.base64());
      return messaging
          .inbound()
          .file(
              type,
              Optional.ofNullable(file.name()).orElse("file"),
              Optional.ofNullable(file.contentType()).orElse("application/octet-stream"),
              content);
    }
    return type.equals("image")
        ? messaging.inbound().picture()
        : new Attachment(type, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private record Deed(
      @Nullable String from,
      @Nullable String action,
      @Nullable String mid,
      @Nullable String text,
      @Nullable String reaction,
      @Nullable String emoji,
      @Nullable String title,
      @Nullable String payload,
      @Nullable String ref,
      @Nullable String adId) {

    String needed(String name, @Nullable String value) {
      if (value == null) {
        throw new BadRequest(name + ": is missing");
      }
      return value;
    }
  }

  /** What customers do beside writing. */
  private Reply act(Call call) {
    Deed deed = call.json(Deed.class);
    Chat chat = chat(Optional.ofNullable(deed.from()).orElse(""));
    var inbound = messaging.inbound();
    boolean done =
        switch (deed.needed("action", deed.action())) {
          case "react" ->
              inbound.react(
                  chat,
                  deed.needed("mid", deed.mid()),
                  Optional.ofNullable(deed.reaction()).orElse("love"),
                  Optional.of(Optional.ofNullable(deed.emoji()).orElse("❤")));
          case "unreact" ->
              inbound.react(chat, deed.needed("mid", deed.mid()), "", Optional.empty());
          case "edit" ->
              inbound.edit(chat, deed.needed("mid", deed.mid()), deed.needed("text", deed.text()));
          case "unsend" -> inbound.unsend(chat, deed.needed("mid", deed.mid()));
          case "postback" -> {
            inbound.postback(
                chat,
                deed.needed("title", deed.title()),
                deed.needed("payload", deed.payload()),
                Optional.ofNullable(deed.ref())
                    .map(
                        ref ->
                            Json.MAPPER
                                .createObjectNode()
                                .put("ref", ref)
                                .put("source", messaging.provider().linkReferral())
                                .put("type", "OPEN_THREAD")));
            yield true;
          }
          case "referral" -> {
            inbound.refer(chat, deed.needed("ref", deed.ref()), Optional.ofNullable(deed.adId()));
            yield true;
          }
          default ->
              throw new BadRequest(
                  "action: one of react, unreact, edit, unsend, postback, referral, got '"
                      + deed.action()
                      + "'");
        };
    if (!done) {
      throw new BadRequest(404, "there is no such message of '" + chat.person().id() + "'");
    }
    return Reply.json(Json.MAPPER.createObjectNode().put("done", deed.action()));
  }

  private record Anything(
      @Nullable String from, @Nullable ObjectNode event, @Nullable Boolean standby) {}

  /** Any event, of a kind that may not exist. */
  private Reply event(Call call) {
    Anything wanted = call.json(Anything.class);
    if (wanted.event() == null) {
      throw new BadRequest("event: is missing, for example {\"optin\":{\"ref\":\"x\"}}");
    }
    Chat chat = chat(Optional.ofNullable(wanted.from()).orElse(""));
    messaging.inbound().tellAnything(chat, wanted.event(), Boolean.TRUE.equals(wanted.standby()));
    return Reply.json(Json.MAPPER.createObjectNode().put("told", chat.person().id()));
  }

  private record Echo(@Nullable String to, @Nullable String text, @Nullable String appId) {}

  /** Somebody answers in the provider's own inbox, or with another app. */
  private Reply echo(Call call) {
    Echo wanted = call.json(Echo.class);
    if (wanted.text() == null) {
      throw new BadRequest("text: is missing");
    }
    Chat chat = chat(Optional.ofNullable(wanted.to()).orElse(""));
    String app = Optional.ofNullable(wanted.appId()).orElse(PAGE_INBOX);
    String mid =
        messaging
            .outbound()
            .send(
                chat,
                Body.text(wanted.text()),
                Optional.empty(),
                Optional.of(app).filter(id -> !id.isEmpty()));
    return Reply.json(Json.MAPPER.createObjectNode().put("mid", mid));
  }

  private record Ownership(@Nullable String user, @Nullable String owner) {}

  /** The provider's inbox, or Hilo, gets the thread. */
  private Reply thread(Call call) {
    Ownership wanted = call.json(Ownership.class);
    Chat chat = chat(Optional.ofNullable(wanted.user()).orElse(""));
    Account account = messaging.accounts().findOrFirst(Optional.of(chat.person().account()));
    String owner = Optional.ofNullable(wanted.owner()).orElse("");
    boolean back = owner.equals("hilo");
    String app = back ? account.appId() : owner.equals("inbox") ? PAGE_INBOX : owner;
    if (!app.matches("\\d+")) {
      throw new BadRequest("owner: one of hilo, inbox or an app id, got '" + owner + "'");
    }
    messaging
        .outbound()
        .giveThread(
            chat, account, app, Optional.of(back ? "pass_thread_control" : "take_thread_control"));
    return Reply.json(Json.MAPPER.createObjectNode().put("owner", app));
  }

  private record Received(String id, String name, List<DirectMessage> messages) {}

  /** What phones received: of one, or of all. */
  private Reply received(Call call) throws InterruptedException {
    Optional<String> asked = call.query("user");
    List<Received> all =
        Waiting.forList(
            changes,
            call,
            () ->
                messaging.chats().all().stream()
                    .filter(chat -> asked.isEmpty() || asked.get().equals(chat.person().id()))
                    .map(PeopleControl::receivedBy)
                    .toList(),
            list -> list.stream().mapToInt(one -> one.messages().size()).sum());
    return Reply.json(all);
  }

  private static Received receivedBy(Chat chat) {
    List<DirectMessage> messages =
        chat.messages().stream()
            .filter(message -> !message.fromPerson())
            .filter(message -> message.marks().deliveredAt().isPresent())
            .toList();
    return new Received(chat.person().id(), chat.person().name(), messages);
  }

  private Chat chat(String id) {
    return messaging
        .chats()
        .find(id)
        .orElseThrow(() -> new BadRequest("there is no customer '" + id + "', add one first"));
  }
}
