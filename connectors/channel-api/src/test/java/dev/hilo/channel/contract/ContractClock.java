package dev.hilo.channel.contract;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still, and that can be taken away. */
final class ContractClock extends Clock {

  private final Instant now;
  private boolean taken;

  ContractClock(Instant now) {
    this.now = now;
  }

  void take() {
    taken = true;
  }

  void giveBack() {
    taken = false;
  }

  @Override
  public Instant instant() {
    if (taken) {
      throw new IllegalStateException("parse must not ask for the time");
    }
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
