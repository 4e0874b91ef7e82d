package dev.hilo.inbox.health;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.inbox.health.AccountHealth.Activity;
import dev.hilo.inbox.health.AccountHealth.Hold;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How every account is. What happens with each message is collected here and written every few
 * seconds: one document must not be changed for every message of an account.
 */
@Component
public class AccountHealths {

  private static final Logger LOG = LoggerFactory.getLogger(AccountHealths.class);

  /** How long another node's hold may go unnoticed. */
  private static final Duration HOLDS_READ_EVERY = Duration.ofSeconds(5);

  private final Documents<AccountHealth> documents;
  private final Clock clock;
  private final Map<Key, Activity> unwritten = new ConcurrentHashMap<>();
  private final Map<Key, KnownHold> holds = new ConcurrentHashMap<>();

  private record Key(ChannelType channel, AccountId account) {
    String id() {
      return channel + "/" + account;
    }
  }

  private record KnownHold(Optional<Hold> hold, Instant readAt) {}

  public AccountHealths(Store store, Clock clock) {
    this.documents = store.documents(Indexes.ACCOUNTS, AccountHealth.class);
    this.clock = clock;
  }

  /** How an account is, with what this node has not written yet left out. */
  public AccountHealth of(ChannelType channel, AccountId account) {
    return documents
        .get(new Key(channel, account).id())
        .orElseGet(() -> AccountHealth.unknown(channel, account));
  }

  /** Why nothing may be sent from an account now; empty: it may. */
  public Optional<Hold> hold(ChannelType channel, AccountId account) {
    Instant now = clock.instant();
    return holds
        .compute(
            new Key(channel, account),
            (key, known) ->
                known != null && known.readAt().plus(HOLDS_READ_EVERY).isAfter(now)
                    ? known
                    : new KnownHold(of(channel, account).hold(), now))
        .hold();
  }

  /** Nothing is sent from the account until {@link #resume}. */
  public void stop(ChannelType channel, AccountId account, DeliveryFailure failure) {
    LOG.warn(
        "sending from {} account {} is stopped: {} {}",
        channel,
        account,
        failure.error(),
        failure.providerCode());
    Optional<Hold> hold = Optional.of(new Hold(failure, clock.instant()));
    change(channel, account, health -> health.held(hold));
    holds.remove(new Key(channel, account));
  }

  /** The account may send again. */
  public void resume(ChannelType channel, AccountId account) {
    change(channel, account, health -> health.held(Optional.empty()));
    holds.remove(new Key(channel, account));
    LOG.info("sending from {} account {} goes on", channel, account);
  }

  /** Writes down what a check found. */
  public void checked(ChannelType channel, AccountId account, Health health) {
    change(channel, account, known -> known.checked(health, clock.instant()));
  }

  /** Writes down what the provider said of its own accord. */
  public void noticed(ChannelType channel, AccountId account, Finding finding, Instant at) {
    change(channel, account, known -> known.noticed(finding, at));
  }

  /** Something of a customer's came. */
  public void inbound(ChannelType channel, AccountId account, Instant at) {
    collect(
        channel,
        account,
        new Activity(1, Optional.of(at), Optional.empty(), 0, Optional.empty(), 0));
  }

  /** The provider took a message. */
  public void sent(ChannelType channel, AccountId account) {
    collect(
        channel,
        account,
        new Activity(0, Optional.empty(), Optional.of(clock.instant()), 0, Optional.empty(), 0));
  }

  /** The provider refused a message. */
  public void failed(ChannelType channel, AccountId account, DeliveryFailure failure) {
    collect(
        channel,
        account,
        new Activity(0, Optional.empty(), Optional.empty(), 1, Optional.of(failure), 0));
  }

  /** A delivery was set aside. */
  public void setAside(ChannelType channel, AccountId account) {
    collect(
        channel,
        account,
        new Activity(0, Optional.empty(), Optional.empty(), 0, Optional.empty(), 1));
  }

  private void collect(ChannelType channel, AccountId account, Activity activity) {
    unwritten.merge(new Key(channel, account), activity, AccountHealths::sum);
  }

  private static Activity sum(Activity first, Activity second) {
    return new Activity(
        first.inbound() + second.inbound(),
        second.inboundAt().or(first::inboundAt),
        second.sentAt().or(first::sentAt),
        first.failedSends() + second.failedSends(),
        second.failure().or(first::failure),
        first.setAside() + second.setAside());
  }

  /** Writes what was collected; what cannot be written now is written next time. */
  @Scheduled(fixedDelayString = "${hilo.health.write-every:5s}")
  public void write() {
    for (Key key : List.copyOf(unwritten.keySet())) {
      Activity activity = unwritten.remove(key);
      if (activity != null) {
        try {
          change(key.channel(), key.account(), known -> known.active(activity, clock.instant()));
        } catch (StoreUnavailableException e) {
          unwritten.merge(key, activity, (later, earlier) -> sum(earlier, later));
        }
      }
    }
  }

  private void change(ChannelType channel, AccountId account, UnaryOperator<AccountHealth> change) {
    documents.change(
        new Key(channel, account).id(),
        known -> change.apply(known == null ? AccountHealth.unknown(channel, account) : known));
  }
}
