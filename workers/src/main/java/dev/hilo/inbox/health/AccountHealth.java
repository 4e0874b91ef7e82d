package dev.hilo.inbox.health;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.DeliveryFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one account is. One document an account, changed by compare-and-set.
 *
 * @param connected whether it can receive and send, as last checked; empty: never checked
 * @param credentialsExpireAt when its access ends, where that is known
 * @param findings what the last check found, worst first
 * @param notices what the provider said of its own accord, newest last, at most {@link #KEPT}
 * @param hold present while nothing is sent from it
 * @param lastInboundAt when something of a customer's came last
 * @param lastSentAt when the provider took a message last
 * @param failedSends messages that the provider refused, ever
 * @param lastFailure the last of them
 * @param setAside deliveries that could not be read and wait for a person, ever
 * @param rhythm what it usually gets
 */
public record AccountHealth(
    ChannelType channel,
    AccountId account,
    Optional<Instant> checkedAt,
    Optional<Boolean> connected,
    Optional<Instant> credentialsExpireAt,
    List<Finding> findings,
    List<Notice> notices,
    Optional<Hold> hold,
    Optional<Instant> lastInboundAt,
    Optional<Instant> lastSentAt,
    long failedSends,
    Optional<DeliveryFailure> lastFailure,
    long setAside,
    Optional<Rhythm> rhythm) {

  /** How many notices are kept. */
  static final int KEPT = 20;

  /** What the provider said of its own accord. */
  public record Notice(Finding finding, Instant at) {}

  /** Why nothing is sent. */
  public record Hold(DeliveryFailure failure, Instant since) {}

  /**
   * What happened since the last write.
   *
   * @param inbound how many messages came
   * @param failedSends how many more
   * @param setAside how many more
   */
  record Activity(
      long inbound,
      Optional<Instant> inboundAt,
      Optional<Instant> sentAt,
      long failedSends,
      Optional<DeliveryFailure> failure,
      long setAside) {}

  static AccountHealth unknown(ChannelType channel, AccountId account) {
    return new AccountHealth(
        channel,
        account,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        Optional.empty());
  }

  AccountHealth checked(Health health, Instant at) {
    return new AccountHealth(
        channel,
        account,
        Optional.of(at),
        Optional.of(health.connected()),
        health.credentialsExpireAt(),
        health.findings(),
        notices,
        hold,
        lastInboundAt,
        lastSentAt,
        failedSends,
        lastFailure,
        setAside,
        rhythm);
  }

  AccountHealth noticed(Finding finding, Instant at) {
    Notice notice = new Notice(finding, at);
    if (notices.contains(notice)) {
      return this;
    }
    List<Notice> all = new ArrayList<>(notices);
    all.add(notice);
    return with(List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size())), hold);
  }

  AccountHealth held(Optional<Hold> newHold) {
    return hold.isPresent() == newHold.isPresent() ? this : with(notices, newHold);
  }

  private AccountHealth with(List<Notice> newNotices, Optional<Hold> newHold) {
    return new AccountHealth(
        channel,
        account,
        checkedAt,
        connected,
        credentialsExpireAt,
        findings,
        newNotices,
        newHold,
        lastInboundAt,
        lastSentAt,
        failedSends,
        lastFailure,
        setAside,
        rhythm);
  }

  AccountHealth active(Activity since, Instant now) {
    return new AccountHealth(
        channel,
        account,
        checkedAt,
        connected,
        credentialsExpireAt,
        findings,
        notices,
        hold,
        later(lastInboundAt, since.inboundAt()),
        later(lastSentAt, since.sentAt()),
        failedSends + since.failedSends(),
        since.failure().or(() -> lastFailure),
        setAside + since.setAside(),
        Optional.of(rhythm.orElseGet(() -> Rhythm.beginning(now)).counted(since.inbound(), now)));
  }

  /** Whether nothing has come for longer than is usual at this time of the week. */
  public boolean silent(Instant now) {
    return lastInboundAt
        .flatMap(last -> rhythm.map(usual -> usual.alarming(last, now)))
        .orElse(false);
  }

  private static Optional<Instant> later(Optional<Instant> known, Optional<Instant> fresh) {
    return fresh.filter(at -> known.filter(at::isBefore).isEmpty()).or(() -> known);
  }
}
