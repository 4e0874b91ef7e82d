package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ChannelEvent.ConsentChanged;
import dev.hilo.channel.ChannelEvent.ControlChanged;
import dev.hilo.channel.ChannelEvent.DeliveredThrough;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.ChannelEvent.ReferralReceived;
import dev.hilo.channel.ChannelEvent.TypingStarted;
import dev.hilo.channel.Envelope.Mark;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventJsonTest {

  private static final EventHeader HEADER =
      new EventHeader(
          new EventId("0123456789012345678901234567890123456789"),
          new ChannelType("email"),
          new AccountId("help@shop.example"),
          new Sender(
              ContactAddress.email("ana@example.org"),
              List.of(ContactAddress.phone("+573001112233")),
              List.of(ContactAddress.email("Ana@Example.org")),
              Optional.of("Ana"),
              Optional.of("es")),
          Instant.parse("2026-11-20T12:00:00.123Z"),
          2);

  @Test
  void shouldVouchForTheSenderUnlessMarkedOtherwise() {
    // given
    MessageReceived plain =
        new MessageReceived(
            HEADER,
            new ExternalId("m-1"),
            new Content.Text("hola"),
            Optional.empty(),
            Optional.empty());
    // then
    assertThat(plain.vouchesForSender()).isTrue();
    assertThat(marked(plain, Mark.AUTOMATIC).vouchesForSender()).isTrue();
    assertThat(marked(plain, Mark.AUTOMATIC, Mark.SENDER_UNVERIFIED).vouchesForSender()).isFalse();
  }

  private static MessageReceived marked(MessageReceived message, Mark... marks) {
    return new MessageReceived(
        message.header(),
        message.externalId(),
        message.content(),
        message.replyTo(),
        message.origin(),
        Optional.of(Envelope.marked(marks)));
  }

  @Test
  void shouldRoundTripEveryKindOfEvent() {
    // given
    List<ChannelEvent> events =
        List.of(
            new MessageReceived(
                HEADER,
                new ExternalId("m-1"),
                new Content.Text("hola\n\"😀\""),
                Optional.of(new ExternalId("m-0")),
                Optional.of(
                    new Origin(
                        Optional.of("https://shop.example"), Optional.empty(), Optional.empty())),
                Optional.of(
                    new Envelope(
                        List.of(Mark.FORWARDED, Mark.AUTOMATIC),
                        List.of(new ExternalId("m-0")),
                        List.of(ContactAddress.email("b@example.org")),
                        Optional.of("{}")))),
            new MessageEdited(HEADER, new ExternalId("m-1"), new Content.Text("")),
            new MessageDeleted(HEADER, new ExternalId("m-1")),
            new ReactionChanged(HEADER, new ExternalId("m-1"), Optional.empty()),
            new DeliveryUpdated(
                HEADER,
                new ExternalId("m-2"),
                Optional.of(new OutboundId("out-1")),
                DeliveryState.FAILED,
                Optional.of(new DeliveryFailure(DeliveryError.UNKNOWN, "", "why")),
                Optional.of(
                    new Charge(
                        Optional.of(true),
                        Optional.of("service"),
                        Optional.of("PMP"),
                        Optional.empty()))),
            new TypingStarted(HEADER),
            new ConsentChanged(HEADER, "marketing", false),
            new ReferralReceived(
                HEADER, new Origin(Optional.empty(), Optional.empty(), Optional.of("c"))),
            new MessageSentElsewhere(
                HEADER, new ExternalId("m-3"), new Content.Text("x"), Optional.of("app")),
            new DeliveredThrough(HEADER, DeliveryState.READ, Instant.EPOCH),
            new AddressChanged(
                HEADER, ContactAddress.phone("+573001112233"), ContactAddress.phone("+57300")),
            new ControlChanged(HEADER, false, Optional.empty()),
            new AccountHealthChanged(HEADER, Aspect.QUALITY, Level.WARNING, "YELLOW"));
    // then
    assertThat(EventJson.read(EventJson.write(events))).isEqualTo(events);
    assertThat(events.stream().map(ChannelEvent::getClass).map(Class::getSimpleName))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ChannelEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void shouldRoundTripEveryKindOfContent() {
    // given
    List<Content> contents =
        List.of(
            new Content.Text("x"),
            new Content.Media(
                Content.Media.Form.IMAGE,
                "900",
                Optional.of("image/png"),
                Optional.empty(),
                Optional.of("caption"),
                OptionalLong.of(17)),
            new Content.Location(4.6, -74.08, Optional.empty(), Optional.of("here")),
            new Content.ContactCard("Ana", Optional.empty()),
            new Content.ButtonReply("Yes", Optional.of("yes-1")),
            new Content.Mail(
                Optional.of("Order 7"),
                "Where is it?",
                Optional.of("> soon"),
                Optional.of("<p>Where is it?</p>"),
                List.of()),
            new Content.Several(List.of(new Content.Text("a"), new Content.Text("b"))),
            new Content.Shared(
                "story-mention",
                Optional.of(
                    new Content.LinkOnly("https://cdn.example/1", Optional.of(Instant.EPOCH))),
                Optional.empty(),
                Optional.empty()),
            new Content.Order(
                Optional.of("c-1"),
                Optional.empty(),
                List.of(
                    new Content.Order.Item(
                        "shoe",
                        new BigDecimal("2"),
                        Optional.of(new BigDecimal("19.90")),
                        Optional.of("USD")))),
            new Content.FormReply(Optional.of("booking"), Optional.empty(), "{}"),
            new Content.Unsupported("hologram", Optional.empty()));
    // when
    List<MessageEdited> events =
        contents.stream()
            .map(content -> new MessageEdited(HEADER, new ExternalId("m"), content))
            .toList();
    // then
    assertThat(EventJson.read(EventJson.write(events))).isEqualTo(events);
    assertThat(contents).hasSize(Content.class.getPermittedSubclasses().length);
  }

  @Test
  void shouldWriteTheSameOnEveryMachine() {
    assertThat(EventJson.write(List.of(new TypingStarted(HEADER))))
        .isEqualTo(
            """
            [ {
              "event" : "typing-started",
              "header" : {
                "account" : "help@shop.example",
                "channel" : "email",
                "id" : "0123456789012345678901234567890123456789",
                "occurredAt" : "2026-11-20T12:00:00.123Z",
                "position" : 2,
                "sender" : {
                  "address" : {
                    "kind" : "EMAIL",
                    "value" : "ana@example.org"
                  },
                  "alsoKnownAs" : [ {
                    "kind" : "PHONE",
                    "value" : "+573001112233"
                  } ],
                  "claims" : [ {
                    "kind" : "EMAIL",
                    "value" : "Ana@Example.org"
                  } ],
                  "displayName" : "Ana",
                  "language" : "es"
                }
              }
            } ]\
            """);
  }

  @Test
  void shouldRefuseWhatItDidNotWrite() {
    assertThatThrownBy(() -> EventJson.read("[{\"event\":\"message-received\",\"x\":1}]"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EventJson.read("["))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not the canonical JSON of events");
  }
}
