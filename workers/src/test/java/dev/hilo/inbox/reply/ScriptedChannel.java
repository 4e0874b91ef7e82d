package dev.hilo.inbox.reply;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.SendResult;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** A channel whose provider answers as the test says, and that remembers what it was asked. */
public final class ScriptedChannel implements Channel {

  final List<OutboundMessage> calls = new ArrayList<>();
  private final Deque<Function<OutboundMessage, SendResult>> answers = new ArrayDeque<>();
  private final ChannelType type;
  private final Capabilities.Confirmation confirmation;

  public ScriptedChannel(ChannelType type, Capabilities.Confirmation confirmation) {
    this.type = type;
    this.confirmation = confirmation;
  }

  ScriptedChannel answers(SendResult result) {
    return answers(message -> result);
  }

  ScriptedChannel answers(Function<OutboundMessage, SendResult> answer) {
    answers.add(answer);
    return this;
  }

  @Override
  public ChannelType type() {
    return type;
  }

  @Override
  public Capabilities capabilities() {
    URI source = URI.create("https://example.org/limits");
    return Capabilities.named("Phone app")
        .maxText(1000, Capabilities.UTF_16_UNITS, source)
        .replyWindow(Duration.ofHours(24), source)
        .delivery(confirmation, DeliveryState.SENT, DeliveryState.DELIVERED)
        .provesAddress()
        .build();
  }

  @Override
  public ParseResult parse(RawDelivery delivery) {
    return new ParseResult.Ignored("a scripted channel hears nothing");
  }

  @Override
  public SendResult send(OutboundMessage message) {
    calls.add(message);
    if (answers.isEmpty()) {
      throw new AssertionError("the provider was called once more than the test expects");
    }
    return answers.remove().apply(message);
  }
}
