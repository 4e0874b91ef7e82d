package dev.hilo.simulators.demo;

import dev.hilo.simulators.demo.DemoScript.Opening;
import dev.hilo.simulators.demo.DemoScript.Story;
import dev.hilo.simulators.meta.Account;
import dev.hilo.simulators.meta.Chat;
import dev.hilo.simulators.meta.DirectMessage;
import dev.hilo.simulators.meta.DirectMessage.Attachment;
import dev.hilo.simulators.meta.DirectMessage.Body;
import dev.hilo.simulators.meta.Inbound;
import dev.hilo.simulators.meta.Inbound.Draft;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.meta.Person;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes with a phone on Messenger or Instagram, and reads what arrives at once. */
final class DirectCustomer implements Correspondent {

  private static final String ADVERTISEMENT = "120210000000001";

  private final Messaging messaging;
  private final Account account;
  private final Chat chat;
  private final int before;
  private Optional<Opening> opening;

  DirectCustomer(Messaging messaging, Story story) {
    this.messaging = messaging;
    this.account = messaging.accounts().findOrFirst(Optional.empty());
    String username = username(story.name());
    this.chat =
        messaging.join(
            new Person(
                messaging.idOf(account, username),
                account.id(),
                story.name(),
                Optional.of(username),
                locale(story.language()),
                true,
                false));
    chat.setAutoRead(true);
    this.opening = story.opens();
    this.before = received();
  }

  private static String username(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", ".");
  }

  private static String locale(String language) {
    return switch (language) {
      case "pt" -> "pt_BR";
      case "en" -> "en_US";
      default -> "es_LA";
    };
  }

  @Override
  public void write(String text) {
    write(text, List.of());
  }

  @Override
  public void write(String text, List<String> files) {
    Inbound inbound = messaging.inbound();
    Optional<Opening> now = opening;
    opening = Optional.empty();
    Optional<DirectMessage.Story> story = Optional.empty();
    if (now.isPresent()) {
      switch (now.get()) {
        case LINK -> inbound.refer(chat, "vitrina", Optional.empty());
        case AD -> inbound.refer(chat, "navidad", Optional.of(ADVERTISEMENT));
        case STORY_REPLY -> story = Optional.of(inbound.story(account));
        case STORY_MENTION -> send("", List.of(inbound.storyMention()), Optional.empty());
      }
    }
    send(text, List.of(), story);
    for (String file : files) {
      if (file.endsWith(".png") || file.endsWith(".jpg")) {
        send("", List.of(inbound.picture()), Optional.empty());
      }
    }
  }

  private void send(
      String text, List<Attachment> attachments, Optional<DirectMessage.Story> story) {
    Body body = new Body(text, attachments, List.of(), Optional.empty(), story);
    messaging.inbound().write(chat, List.of(Draft.of(body)));
  }

  @Override
  public void after(DemoScript.Turn turn) {
    turn.reacts()
        .ifPresent(
            emoji ->
                answersReceived().stream()
                    .reduce((first, second) -> second)
                    .ifPresent(
                        last ->
                            messaging
                                .inbound()
                                .react(chat, last.mid(), "love", Optional.of(emoji))));
  }

  /** Without those of an earlier playing. */
  @Override
  public int answers() {
    return received() - before;
  }

  private int received() {
    return answersReceived().size();
  }

  private List<DirectMessage> answersReceived() {
    return chat.messages().stream()
        .filter(message -> !message.fromPerson())
        .filter(message -> message.marks().deliveredAt().isPresent())
        .toList();
  }
}
