package dev.hilo.channel;

import java.util.List;

/** What came of reading a delivery. */
public sealed interface ParseResult {

  /**
   * Events in the order of the delivery.
   *
   * @param events may be empty when everything was skipped
   * @param skipped the parts that mean nothing to us, each named; never a customer's message
   */
  record Events(List<ChannelEvent> events, List<Skipped> skipped) implements ParseResult {
    public Events {
      events = List.copyOf(events);
      skipped = List.copyOf(skipped);
    }
  }

  /** Well-formed, and nothing in it is for us; acknowledged and counted. */
  record Ignored(String reason) implements ParseResult {}

  /**
   * Not acceptable; the source is told, and nothing is stored.
   *
   * @param detail one line: what was wrong and what was expected; no personal data, no secret
   */
  record Refused(Refusal refusal, String detail) implements ParseResult, Verification {}

  /**
   * A part of a delivery that means nothing to us.
   *
   * @param kind the provider's name of it
   */
  record Skipped(String kind, String reason) {}
}
