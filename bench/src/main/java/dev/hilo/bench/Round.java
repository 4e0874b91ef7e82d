package dev.hilo.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one round measured.
 *
 * @param fresh messages of new customers, each of which opens a conversation
 * @param returning messages of customers whose conversation is open
 */
record Round(EngineAlone.Result engine, Inbound fresh, Inbound returning, Singles singles) {

  /**
   * Messages through Hilo at full load.
   *
   * @param acknowledged until each webhook was acknowledged, redeliveries included
   * @param handled from the first webhook until the engine had no job left of any of them
   */
  record Inbound(Load.Result acknowledged, Duration handled) {
    double handledPerSecond() {
      return Load.rate(acknowledged.latencies().size(), handled);
    }

    Percentiles latency() {
      return Percentiles.of(acknowledged.latencies());
    }
  }

  /**
   * One message at a time, on a quiet platform.
   *
   * @param publish of the engine alone
   * @param acknowledge of Hilo's webhook
   * @param created from the webhook until the engine made the agent's task
   * @param visible from the webhook until Tasklist shows the task
   */
  record Singles(
      List<Duration> publish,
      List<Duration> acknowledge,
      List<Duration> created,
      List<Duration> visible) {}
}
