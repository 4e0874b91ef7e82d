package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.DirectMessage.Attachment;
import dev.hilo.simulators.meta.DirectMessage.Body;
import dev.hilo.simulators.meta.DirectMessage.Marks;
import dev.hilo.simulators.time.Agenda;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The way of a business's message: checked, echoed, delivered to the phone, seen. */
public final class Outbound {

  /** Source: Send API reference, typing_on: shown for 20 s unless a message comes. */
  private static final Duration TYPING = Duration.ofSeconds(20);

  private final Provider provider;
  private final Chats chats;
  private final Accounts accounts;
  private final Attachments attachments;
  private final RateMeter rate;
  private final Inbound inbound;
  private final Gathering<Event> gathering;
  private final Supplier<MessagingRules> rules;
  private final InstantSource clock;
  private final Agenda agenda;
  private final RandomGenerator random;

  Outbound(
      Provider provider,
      Chats chats,
      Accounts accounts,
      Attachments attachments,
      RateMeter rate,
      Inbound inbound,
      Gathering<Event> gathering,
      Supplier<MessagingRules> rules,
      InstantSource clock,
      Agenda agenda,
      RandomGenerator random) {
    this.provider = provider;
    this.chats = chats;
    this.accounts = accounts;
    this.attachments = attachments;
    this.rate = rate;
    this.inbound = inbound;
    this.gathering = gathering;
    this.rules = rules;
    this.clock = clock;
    this.agenda = agenda;
    this.random = random;
  }

  /**
   * Takes a message of the app.
   *
   * @return its id
   * @throws GraphRefusal when it may not be sent
   */
  String accept(Account account, MessageRequest.Message message) throws InterruptedException {
    Chat chat = reachable(account, message.recipient());
    if (chat.otherOwner().isPresent()) {
      throw new GraphRefusal(GraphError.of(10, 2018300));
    }
    if (message.humanAgent() && !account.humanAgent()) {
      throw new GraphRefusal(GraphError.of(10));
    }
    boolean open = chat.windowOpen(clock.instant(), message.humanAgent());
    if (!open && rules.get().window() == MessagingRules.Window.ERROR) {
      throw new GraphRefusal(provider.outsideWindow());
    }
    boolean heavy = message.attachment().filter(one -> !one.type().equals("image")).isPresent();
    MessagingRules.Limits limits = rules.get().limits();
    boolean free =
        heavy
            ? rate.take(account.id() + "/media", limits.mediaPerSecond())
            : rate.take(account.id(), limits.textPerSecond());
    if (!free) {
      throw new GraphRefusal(provider.tooManyCalls());
    }
    List<Attachment> files = List.of();
    if (message.attachment().isPresent()) {
      MessageRequest.Upload upload = message.attachment().get();
      files = List.of(attachments.of(upload.type(), attachments.take(account, upload)));
    } else if (message.template().isPresent()) {
      files =
          List.of(
              new Attachment("template", message.template(), Optional.empty(), Optional.empty()));
    }
    Body body =
        new Body(message.text(), files, message.choices(), Optional.empty(), Optional.empty());
    return send(chat, body, message.metadata(), Optional.of(account.appId()));
  }

  /** The person, if they can be written to. */
  private Chat reachable(Account account, String recipient) {
    Chat chat =
        chats
            .find(recipient)
            .filter(one -> one.person().account().equals(account.id()))
            .orElseThrow(() -> new GraphRefusal(provider.noSuchPerson()));
    if (chat.person().blocked()) {
      throw new GraphRefusal(GraphError.of(551, 1545041));
    }
    if (!account.messageAccess()) {
      throw new GraphRefusal(provider.noMessageAccess());
    }
    return chat;
  }

  /**
   * A message of the business is under way.
   *
   * @param appId which app sent it; empty: a person in the provider's own app
   */
  public String send(Chat chat, Body body, Optional<String> metadata, Optional<String> appId) {
    DirectMessage message =
        new DirectMessage(
            chats.nextOrder(),
            provider.messageId(random),
            false,
            body,
            metadata,
            appId,
            clock.instant(),
            Marks.NONE);
    chats.add(chat, message);
    agenda.in(
        delay(),
        () -> {
          echo(chat, message);
          agenda.in(
              delay(),
              () -> {
                if (chat.isOn()) {
                  deliver(chat, List.of(message.mid()));
                }
              });
        });
    return message.mid();
  }

  /** Every message of the business comes back, whoever sent it. */
  private void echo(Chat chat, DirectMessage message) {
    ObjectNode echo = Json.MAPPER.createObjectNode().put("mid", message.mid());
    echo.put("is_echo", true);
    message.appId().ifPresent(id -> echo.put("app_id", Long.parseLong(id)));
    message.metadata().ifPresent(value -> echo.put("metadata", value));
    List<Attachment> files = message.body().attachments();
    boolean template = files.stream().anyMatch(one -> one.type().equals("template"));
    if (!message.body().text().isEmpty() && !template) {
      echo.put("text", message.body().text());
    }
    if (!files.isEmpty()) {
      ArrayNode all = echo.putArray("attachments");
      for (Attachment file : files) {
        ObjectNode one = all.addObject().put("type", file.type());
        file.payload().ifPresent(payload -> one.set("payload", payload));
      }
    }
    Person person = chat.person();
    ObjectNode item = Json.MAPPER.createObjectNode();
    item.putObject("sender").put("id", person.account());
    item.putObject("recipient").put("id", person.id());
    item.put("timestamp", message.at().toEpochMilli());
    item.set("message", echo);
    submit(chat, item);
  }

  private void deliver(Chat chat, List<String> mids) {
    Instant now = clock.instant();
    List<String> fresh =
        mids.stream()
            .filter(
                mid ->
                    chat.update(
                            mid,
                            message ->
                                message.marks().deliveredAt().isPresent()
                                    ? message
                                    : message.with(message.marks().delivered(now)))
                        .isPresent())
            .toList();
    if (fresh.isEmpty()) {
      return;
    }
    provider.delivered(fresh, now).ifPresent(content -> submit(chat, about(chat, content)));
    if (rules.get().events().autoRead() || chat.readsAtOnce()) {
      agenda.in(delay(), () -> show(chat));
    }
  }

  /** Switches a phone; when it comes on, it gets what waited for it. */
  public void switchPhone(Chat chat, boolean on) {
    chat.setOn(on);
    if (on) {
      deliver(
          chat,
          chat.messages().stream()
              .filter(message -> !message.fromPerson())
              .filter(message -> message.marks().deliveredAt().isEmpty())
              .map(DirectMessage::mid)
              .toList());
    }
  }

  /**
   * The customer looks at the chat: everything delivered is seen.
   *
   * @return how many messages were new
   */
  public int show(Chat chat) {
    Instant now = clock.instant();
    List<DirectMessage> fresh =
        chat.messages().stream()
            .filter(message -> !message.fromPerson())
            .filter(message -> message.marks().deliveredAt().isPresent())
            .filter(message -> message.marks().readAt().isEmpty())
            .filter(
                message ->
                    chat.update(message.mid(), one -> one.with(one.marks().read(now))).isPresent())
            .toList();
    if (!fresh.isEmpty()) {
      DirectMessage newest = fresh.getLast();
      submit(chat, about(chat, provider.seen(newest.mid(), newest.at())));
    }
    return fresh.size();
  }

  /**
   * Typing, seen, a reaction of the business.
   *
   * @throws GraphRefusal when the person or the message is not there
   */
  void act(Account account, MessageRequest.Action action) {
    Chat chat = reachable(account, action.recipient());
    Instant now = clock.instant();
    switch (action.action()) {
      case "typing_on" -> chat.setTypingUntil(now.plus(TYPING));
      case "typing_off" -> chat.setTypingUntil(Instant.EPOCH);
      case "mark_seen" ->
          chat.messages().stream()
              .filter(DirectMessage::fromPerson)
              .forEach(
                  message -> chat.update(message.mid(), one -> one.with(one.marks().read(now))));
      case "react", "unreact" -> {
        String mid = action.mid().orElse("");
        if (chat.message(mid).isEmpty()) {
          throw new GraphRefusal(GraphError.parameter("There is no message " + mid));
        }
        chat.update(mid, one -> one.with(one.marks().businessReacted(action.reaction())));
      }
      default -> throw new IllegalArgumentException("no action " + action.action());
    }
  }

  /**
   * Another app, or ours again, gets the thread.
   *
   * @param event how our app is told: {@code pass_thread_control} or {@code take_thread_control};
   *     empty: it did it itself
   */
  public void giveThread(Chat chat, Account account, String appId, Optional<String> event) {
    String before = chat.otherOwner().orElse(account.appId());
    chat.setOtherOwner(Optional.of(appId).filter(id -> !id.equals(account.appId())));
    event
        .filter(key -> !before.equals(appId))
        .ifPresent(
            key ->
                inbound.tell(
                    chat,
                    key,
                    Json.MAPPER
                        .createObjectNode()
                        .put("previous_owner_app_id", before)
                        .put("new_owner_app_id", appId)
                        .put("metadata", "")));
  }

  private static ObjectNode about(Chat chat, ObjectNode content) {
    ObjectNode item = Json.MAPPER.createObjectNode();
    item.putObject("sender").put("id", chat.person().id());
    item.putObject("recipient").put("id", chat.person().account());
    item.setAll(content);
    return item;
  }

  private void submit(Chat chat, ObjectNode item) {
    Account account = accounts.findOrFirst(Optional.of(chat.person().account()));
    boolean standby = chat.otherOwner().isPresent();
    if (accounts.wants(account, item, standby)) {
      gathering.submit(List.of(new Event(account, standby, Optional.empty(), item)));
    }
  }

  private Duration delay() {
    return rules.get().events().delay();
  }
}
