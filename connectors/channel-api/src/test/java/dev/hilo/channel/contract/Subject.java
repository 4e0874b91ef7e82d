package dev.hilo.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventId;
import dev.hilo.channel.EventJson;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ParseResult.Events;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The channel under test, with the checks that hold for whatever it is given. */
final class Subject {

  private static final int LONGEST_LINE = 300;
  private static final Duration LATER = Duration.ofDays(6);

  private final ChannelContract contract;
  private final ContractClock clock;
  private final ScriptedHttp http;
  private final Channel channel;

  Subject(ChannelContract contract, ScriptedHttp http) {
    this.contract = contract;
    this.clock = new ContractClock(contract.now());
    this.http = http;
    this.channel = contract.provider().create(contract.settings(), new ChannelContext(http, clock));
  }

  Channel channel() {
    return channel;
  }

  /** Parses as the contract allows: without the time, without a call, without an exception. */
  ParseResult parse(RawDelivery delivery, Object what) {
    ParseResult result = parseUnchecked(delivery, what);
    assertSound(result, what);
    return result;
  }

  private ParseResult parseUnchecked(RawDelivery delivery, Object what) {
    clock.take();
    try {
      ParseResult result = channel.parse(delivery);
      assertThat(http.calls()).as("calls made by parse").isEmpty();
      return result;
    } catch (AssertionError e) {
      throw e;
    } catch (Throwable e) {
      return fail("parse threw %s on %s", Transcript.of(e), what);
    } finally {
      clock.giveBack();
    }
  }

  ParseResult parse(byte[] body, Object what) {
    return parse(contract.signed(body), what);
  }

  /** The events of a payload in which nothing is wrong. */
  List<ChannelEvent> events(byte[] body, Object what) {
    ParseResult result = parse(body, what);
    if (result instanceof Events events) {
      return events.events();
    }
    return fail("expected events of %s, got %s", what, result);
  }

  List<EventId> ids(byte[] body, Object what) {
    return events(body, what).stream().map(event -> event.header().id()).toList();
  }

  /** One attempt to send to a provider that answers so. */
  static SendResult send(ChannelContract contract, OutboundMessage message, Outcome outcome) {
    try {
      Subject subject = new Subject(contract, ScriptedHttp.answering(outcome));
      return subject.channel.send(message);
    } catch (RuntimeException | StackOverflowError e) {
      return fail("send threw %s when the outcome was %s", Transcript.of(e), outcome);
    }
  }

  /** Nothing of the damaged payload is lost silently, and it reads the same when it comes again. */
  ParseResult parseAccounted(Mutation mutation, Set<String> neverLess) {
    RawDelivery delivery = contract.signed(mutation.body());
    ParseResult result = parse(delivery, mutation);
    Optional<JsonNode> json = Payload.read(mutation.body());
    if (!contract.elementPaths().isEmpty()) {
      if (json.isEmpty()) {
        assertThat(result).as("no JSON: %s", mutation).isInstanceOf(ParseResult.Refused.class);
      } else {
        int expected =
            Math.max(
                neverLess.size(), Payload.elements(json.get(), contract.elementPaths()).size());
        assertAccounted(result, expected, mutation);
      }
    }
    ParseResult again = parseUnchecked(receivedLater(delivery), mutation);
    assertThat(idsOf(again)).as("ids of %s when it comes again", mutation).isEqualTo(idsOf(result));
    return result;
  }

  static void assertAccounted(ParseResult result, int elements, Object what) {
    if (elements == 0) {
      return;
    }
    switch (result) {
      case ParseResult.Refused refused -> {}
      case ParseResult.Ignored ignored ->
          fail("%s elements were ignored (%s) in %s", elements, ignored.reason(), what);
      case Events events ->
          assertThat(events.events().size() + events.skipped().size())
              .as("events and named skips of %s elements in %s: %s", elements, what, events)
              .isGreaterThanOrEqualTo(elements);
    }
  }

  static RawDelivery receivedLater(RawDelivery delivery) {
    Instant later = delivery.receivedAt().plus(LATER);
    return new RawDelivery(
        delivery.account(), delivery.headers(), delivery.query(), delivery.body(), later);
  }

  static List<EventId> idsOf(ParseResult result) {
    return result instanceof Events events
        ? events.events().stream().map(event -> event.header().id()).toList()
        : List.of();
  }

  private void assertSound(ParseResult result, Object what) {
    assertThat(result).as("result of %s", what).isNotNull();
    switch (result) {
      case ParseResult.Refused refused -> assertOneLine(refused.detail(), what);
      case ParseResult.Ignored ignored -> assertOneLine(ignored.reason(), what);
      case Events events -> {
        assertEventsSound(events.events(), what);
        for (ParseResult.Skipped skipped : events.skipped()) {
          assertOneLine(skipped.kind(), what);
          assertOneLine(skipped.reason(), what);
        }
      }
    }
  }

  private void assertEventsSound(List<ChannelEvent> events, Object what) {
    assertThat(events.stream().map(event -> event.header().position()))
        .as("positions in %s", what)
        .containsExactlyElementsOf(IntStream.range(0, events.size()).boxed().toList());
    for (ChannelEvent event : events) {
      assertThat(event.header().channel()).isEqualTo(channel.type());
      if (event instanceof ChannelEvent.DeliveryUpdated updated) {
        assertThat(updated.error().isPresent())
            .as("an error exactly when it failed: %s", updated)
            .isEqualTo(updated.state() == DeliveryState.FAILED);
      }
    }
    byte[] stored = EventJson.write(events).getBytes(StandardCharsets.UTF_8);
    assertThat(EventJson.read(new String(stored, StandardCharsets.UTF_8)))
        .as("events as they come back from a store, of %s", what)
        .isEqualTo(events);
  }

  private static void assertOneLine(String text, Object what) {
    assertThat(text).as("a name or reason in the result of %s", what).isNotBlank();
    assertThat(text.length()).as("length of '%s'", text).isLessThanOrEqualTo(LONGEST_LINE);
    assertThat(text.chars().noneMatch(Character::isISOControl))
        .as("one line without control characters: '%s'", text)
        .isTrue();
  }

  /** Texts that are {@code over} units too long (or just fit, for 0) by the channel's own unit. */
  Stream<String> textsOver(int over) {
    int length = (int) channel.capabilities().maxTextLength().value() + over;
    String plain = "a".repeat(length);
    return channel.capabilities().maxTextLength().unit().equals(Capabilities.UTF_8_BYTES)
        ? Stream.of(plain, "é".repeat(length / 2) + "a".repeat(length % 2))
        : Stream.of(plain, "é".repeat(length), "a".repeat(length % 2) + "😀".repeat(length / 2));
  }
}
