package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.DirectMessage.Attachment;
import dev.hilo.simulators.meta.DirectMessage.Body;
import dev.hilo.simulators.meta.DirectMessage.Marks;
import dev.hilo.simulators.meta.DirectMessage.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** What customers do in their chats, and how the business is told. */
public final class Inbound {

  /** Source: stories are seen for 24 hours, and so are the addresses of mentions. */
  private static final Duration STORY_LIFE = Duration.ofHours(24);

  private final Provider provider;
  private final Chats chats;
  private final Accounts accounts;
  private final Attachments attachments;
  private final MediaStore media;
  private final Gathering<Event> gathering;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Running> stories = new ConcurrentHashMap<>();

  /** A business's story, until it ends. */
  private record Running(Story story, Instant end) {}

  /**
   * A customer's message to be.
   *
   * @param quickReply the payload of the quick reply that was tapped
   * @param more fields of {@code message} as in a webhook, in place of those made here
   * @param mid chosen by the caller, or made
   * @param timestamp chosen by the caller, or now
   */
  public record Draft(
      Body body,
      Optional<String> quickReply,
      Optional<ObjectNode> more,
      Optional<String> mid,
      Optional<Instant> timestamp) {

    /** A text. */
    public static Draft of(String text) {
      return of(Body.text(text));
    }

    /** A message with whatever is in it. */
    public static Draft of(Body body) {
      return new Draft(
          body, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  Inbound(
      Provider provider,
      Chats chats,
      Accounts accounts,
      Attachments attachments,
      MediaStore media,
      Gathering<Event> gathering,
      InstantSource clock,
      RandomGenerator random) {
    this.provider = provider;
    this.chats = chats;
    this.accounts = accounts;
    this.attachments = attachments;
    this.media = media;
    this.gathering = gathering;
    this.clock = clock;
    this.random = random;
  }

  /** The customer writes; all drafts may share a webhook. */
  public List<DirectMessage> write(Chat chat, List<Draft> drafts) {
    List<DirectMessage> written = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (Draft draft : drafts) {
      DirectMessage message = message(draft);
      chats.add(chat, message);
      chat.acted(message.at());
      written.add(message);
      ObjectNode item = item(chat.person(), message.at());
      item.set("message", json(draft, message));
      event(chat, item, Optional.of(message.mid())).ifPresent(events::add);
    }
    gathering.submit(events);
    return written;
  }

  /** The body of a webhook with the messages; nobody's chat shows them. */
  byte[] forged(Person person, List<Draft> drafts) {
    Account account = account(person);
    List<Event> events = new ArrayList<>();
    for (Draft draft : drafts) {
      DirectMessage message = message(draft);
      ObjectNode item = item(person, message.at());
      item.set("message", json(draft, message));
      events.add(new Event(account, false, Optional.of(message.mid()), item));
    }
    return Json.metaBytes(
        Event.packing(provider, clock).pack(events, WebhookRules.BatchAs.MESSAGES).body());
  }

  private DirectMessage message(Draft draft) {
    return new DirectMessage(
        chats.nextOrder(),
        draft.mid().orElseGet(() -> provider.messageId(random)),
        true,
        draft.body(),
        Optional.empty(),
        Optional.empty(),
        draft.timestamp().orElseGet(clock::instant),
        Marks.NONE);
  }

  private static ObjectNode json(Draft draft, DirectMessage message) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("mid", message.mid());
    Body body = draft.body();
    if (!body.text().isEmpty()) {
      json.put("text", body.text());
    }
    draft.quickReply().ifPresent(payload -> json.putObject("quick_reply").put("payload", payload));
    body.replyTo().ifPresent(mid -> json.putObject("reply_to").put("mid", mid));
    body.story()
        .ifPresent(
            story ->
                json.putObject("reply_to")
                    .putObject("story")
                    .put("url", story.url())
                    .put("id", story.id()));
    if (!body.attachments().isEmpty()) {
      ArrayNode all = json.putArray("attachments");
      for (Attachment attachment : body.attachments()) {
        ObjectNode one = all.addObject().put("type", attachment.type());
        attachment.payload().ifPresent(payload -> one.set("payload", payload));
        attachment
            .payload()
            .filter(payload -> payload.has("sticker_id"))
            .ifPresent(payload -> json.set("sticker_id", payload.get("sticker_id")));
      }
    }
    draft.more().ifPresent(json::setAll);
    return json;
  }

  /** Keeps a customer's file, as an attachment of that type. */
  public Attachment file(String type, String name, String contentType, byte[] content) {
    return attachments.of(type, media.keep(type, name, contentType, content, Optional.empty()));
  }

  /** An attachment with a file that was kept before. */
  public Attachment file(String type, String asset) {
    return media
        .find(asset)
        .map(known -> attachments.of(type, known))
        .orElseThrow(() -> new BadRequest("asset: there is none '" + asset + "'"));
  }

  /** A picture for customers who have none at hand. */
  public Attachment picture() {
    return attachments.of("image", media.sample("story.png", Optional.empty()));
  }

  /** The business mentioned in the customer's own story, which is gone in 24 hours. */
  public Attachment storyMention() {
    Instant end = clock.instant().plus(STORY_LIFE);
    return attachments.of("story_mention", media.sample("story.png", Optional.of(end)));
  }

  /** The business's story of today, for customers to answer. */
  public Story story(Account account) {
    Instant now = clock.instant();
    Running running =
        stories.compute(
            account.id(),
            (id, known) -> {
              if (known != null && now.isBefore(known.end())) {
                return known;
              }
              Instant end = now.plus(STORY_LIFE);
              MediaStore.Asset asset = media.sample("story.png", Optional.of(end));
              return new Running(new Story(asset.id(), attachments.link(asset), asset.id()), end);
            });
    return running.story();
  }

  /** The customer sets or takes back a reaction; false: there is no such message. */
  public boolean react(Chat chat, String mid, String word, Optional<String> emoji) {
    if (chat.message(mid).isEmpty()) {
      return false;
    }
    chat.update(mid, message -> message.with(message.marks().personReacted(emoji)));
    ObjectNode reaction = Json.MAPPER.createObjectNode().put("mid", mid);
    reaction.put("action", emoji.isPresent() ? "react" : "unreact");
    emoji.ifPresent(value -> reaction.put("reaction", word).put("emoji", value));
    act(chat, "reaction", reaction);
    return true;
  }

  /** The customer changes a text; false: it is not the customer's message. */
  public boolean edit(Chat chat, String mid, String text) {
    Optional<DirectMessage> edited =
        chat.update(
            mid,
            message ->
                message.fromPerson() && !message.marks().deleted()
                    ? message.with(message.body().withText(text)).with(message.marks().editedOnce())
                    : message);
    edited.ifPresent(
        message -> {
          ObjectNode edit =
              Json.MAPPER
                  .createObjectNode()
                  .put("mid", mid)
                  .put("text", text)
                  .put("num_edit", message.marks().edits());
          tell(chat, "message_edit", edit);
        });
    return edited.isPresent();
  }

  /** The customer takes a message back; false: it is not the customer's, or gone already. */
  public boolean unsend(Chat chat, String mid) {
    Optional<DirectMessage> gone =
        chat.update(
            mid,
            message -> message.fromPerson() ? message.with(message.marks().takenBack()) : message);
    gone.ifPresent(
        message ->
            tell(
                chat,
                "message",
                Json.MAPPER.createObjectNode().put("mid", mid).put("is_deleted", true)));
    return gone.isPresent();
  }

  /** The customer taps a button, or opens the chat with one. */
  public void postback(Chat chat, String title, String payload, Optional<ObjectNode> referral) {
    String mid = provider.messageId(random);
    chats.add(
        chat,
        new DirectMessage(
            chats.nextOrder(),
            mid,
            true,
            Body.text(title),
            Optional.empty(),
            Optional.empty(),
            clock.instant(),
            Marks.NONE));
    ObjectNode postback =
        Json.MAPPER.createObjectNode().put("mid", mid).put("title", title).put("payload", payload);
    referral.ifPresent(value -> postback.set("referral", value));
    chat.acted(clock.instant());
    ObjectNode item = item(chat.person(), clock.instant());
    item.set("postback", postback);
    event(chat, item, Optional.of(mid)).ifPresent(event -> gathering.submit(List.of(event)));
  }

  /** The customer follows a link or an advertisement into the chat. */
  public void refer(Chat chat, String ref, Optional<String> adId) {
    ObjectNode referral = Json.MAPPER.createObjectNode().put("ref", ref);
    adId.ifPresent(id -> referral.put("ad_id", id));
    referral.put("source", adId.isPresent() ? "ADS" : provider.linkReferral());
    referral.put("type", "OPEN_THREAD");
    act(chat, "referral", referral);
  }

  private void act(Chat chat, String key, ObjectNode content) {
    chat.acted(clock.instant());
    tell(chat, key, content);
  }

  /** Tells the business anything about the chat. */
  void tell(Chat chat, String key, ObjectNode content) {
    ObjectNode item = item(chat.person(), clock.instant());
    item.set(key, content);
    event(chat, item, Optional.empty()).ifPresent(event -> gathering.submit(List.of(event)));
  }

  /** Tells the business something of a kind that may not exist. */
  public void tellAnything(Chat chat, ObjectNode content, boolean standby) {
    ObjectNode item = item(chat.person(), clock.instant());
    item.setAll(content);
    gathering.submit(List.of(new Event(account(chat.person()), standby, Optional.empty(), item)));
  }

  private Optional<Event> event(Chat chat, ObjectNode item, Optional<String> mid) {
    Account account = account(chat.person());
    boolean standby =
        chat.otherOwner().isPresent()
            && !item.has("take_thread_control")
            && !item.has("pass_thread_control");
    if (standby && item.get("postback") instanceof ObjectNode postback) {
      // Source: standby reference: postbacks come without their payload.
      postback.remove("payload");
    }
    return accounts.wants(account, item, standby)
        ? Optional.of(new Event(account, standby, mid, item))
        : Optional.empty();
  }

  private Account account(Person person) {
    return accounts.findOrFirst(Optional.of(person.account()));
  }

  private static ObjectNode item(Person person, Instant at) {
    ObjectNode item = Json.MAPPER.createObjectNode();
    item.putObject("sender").put("id", person.id());
    item.putObject("recipient").put("id", person.account());
    return item.put("timestamp", at.toEpochMilli());
  }

  void clear() {
    stories.clear();
  }
}
