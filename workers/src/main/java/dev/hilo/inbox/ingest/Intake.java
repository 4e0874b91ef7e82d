package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.Content;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.inbox.engine.EngineUnavailableException;
import dev.hilo.inbox.engine.ModelDeployment;
import dev.hilo.inbox.health.PayloadSamples;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The whole path of a pushed delivery, from raw bytes to the answer that its source gets. */
@Component
public class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final String DELIVERIES = "hilo.deliveries";
  private static final String EVENTS = "hilo.events";

  private final Ingest ingest;
  private final StoreStartup store;
  private final ModelDeployment models;
  private final PayloadSamples samples;
  private final MeterRegistry metrics;

  Intake(
      Ingest ingest,
      StoreStartup store,
      ModelDeployment models,
      PayloadSamples samples,
      MeterRegistry metrics) {
    this.ingest = ingest;
    this.store = store;
    this.models = models;
    this.samples = samples;
    this.metrics = metrics;
  }

  /** What the source is told. */
  public sealed interface Answer {
    /** Stored and published; it need not come again. */
    record Acknowledged(List<ChannelEvent> events) implements Answer {}

    /** Not acceptable; nothing was stored. */
    record Refused(Refusal refusal, String detail) implements Answer {}

    /** Not now; it must come again. */
    record Unavailable(String detail) implements Answer {}
  }

  /** Verifies, parses and takes a delivery. Never throws. */
  public Answer receive(PushChannel channel, RawDelivery delivery) {
    if (channel.verify(delivery) instanceof ParseResult.Refused refused) {
      return refuse(channel, refused, delivery);
    }
    return switch (channel.parse(delivery)) {
      case ParseResult.Refused refused -> refuse(channel, refused, delivery);
      case ParseResult.Ignored ignored -> {
        count(channel, "ignored");
        LOG.info("{} delivery ignored: {}", channel.type(), ignored.reason());
        yield new Answer.Acknowledged(List.of());
      }
      case ParseResult.Events parsed -> {
        for (ParseResult.Skipped skipped : parsed.skipped()) {
          metrics
              .counter(EVENTS, "channel", channel.type().value(), "outcome", "skipped")
              .increment();
          LOG.info("{} skipped {}: {}", channel.type(), skipped.kind(), skipped.reason());
          samples.keep(channel.type(), skipped.kind(), delivery.body());
        }
        for (ChannelEvent event : parsed.events()) {
          if (event instanceof ChannelEvent.MessageReceived message
              && message.content() instanceof Content.Unsupported unsupported) {
            samples.keep(channel.type(), "unsupported: " + unsupported.type(), delivery.body());
          }
        }
        yield take(channel, parsed.events(), delivery);
      }
    };
  }

  private Answer refuse(PushChannel channel, ParseResult.Refused refused, RawDelivery delivery) {
    String kind = "refused: " + refused.refusal().name().toLowerCase(java.util.Locale.ROOT);
    samples.keep(channel.type(), kind, delivery.body());
    return refuse(channel, refused.refusal(), refused.detail());
  }

  /** Refuses a delivery that did not get as far as its channel. */
  public Answer refuse(PushChannel channel, Refusal refusal, String detail) {
    count(channel, refusal.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    LOG.info("{} delivery refused: {} ({})", channel.type(), refusal, detail);
    return new Answer.Refused(refusal, detail);
  }

  private Answer take(PushChannel channel, List<ChannelEvent> events, RawDelivery delivery) {
    if (!store.ready() || !models.deployed()) {
      count(channel, "unavailable");
      return new Answer.Unavailable("Hilo is starting; deliver again in a few seconds");
    }
    try {
      ingest.take(events, delivery.receivedAt());
    } catch (StoreUnavailableException | EngineUnavailableException e) {
      count(channel, "unavailable");
      LOG.warn("{} delivery not taken: {}", channel.type(), e.getMessage());
      return new Answer.Unavailable("a part of Hilo does not answer; deliver again");
    } catch (RuntimeException e) {
      count(channel, "failed");
      LOG.error("{} delivery failed", channel.type(), e);
      return new Answer.Unavailable("the delivery could not be stored; deliver again");
    }
    count(channel, "acknowledged");
    metrics
        .counter(EVENTS, "channel", channel.type().value(), "outcome", "taken")
        .increment(events.size());
    return new Answer.Acknowledged(events);
  }

  private void count(PushChannel channel, String outcome) {
    metrics.counter(DELIVERIES, "channel", channel.type().value(), "outcome", outcome).increment();
  }
}
