package dev.hilo.inbox.reply;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketListener;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Keeps the providers' pace before they have to ask for it: a token bucket for each account, one
 * for each customer of it, and the pauses that a provider did ask for.
 *
 * <p>Each node keeps its own; with several nodes, {@link SendSettings#share} is what part of the
 * account's pace is this one's.
 */
@Component
public class Pace {

  /** Longer than any provider's pace towards one customer needs to be remembered. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final int MOST_RECIPIENTS = 200_000;

  private final SendSettings settings;
  private final Clock clock;
  private final TimeMeter meter;
  private final Cache<Account, Bucket> accounts = Caffeine.newBuilder().build();
  private final Cache<Recipient, Bucket> recipients =
      Caffeine.newBuilder().maximumSize(MOST_RECIPIENTS).expireAfterAccess(REMEMBERED).build();
  private final Cache<Object, Instant> pauses =
      Caffeine.newBuilder().maximumSize(MOST_RECIPIENTS).expireAfterWrite(REMEMBERED).build();

  private record Account(ChannelType channel, AccountId account) {}

  private record Recipient(ChannelType channel, AccountId account, ContactAddress address) {}

  public Pace(SendSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            Instant now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
  }

  /**
   * Takes a place for one message.
   *
   * @return how long to wait before asking again; empty: it may go now
   */
  public Optional<Duration> take(ReplyTarget to, Capabilities capabilities) {
    Account account = new Account(to.channel(), to.account());
    Recipient recipient = new Recipient(to.channel(), to.account(), to.address());
    Optional<Duration> pause = pause(account).or(() -> pause(recipient));
    if (pause.isPresent()) {
      return pause;
    }
    Optional<Bucket> towards =
        capabilities
            .recipientPace()
            .map(pace -> recipients.get(recipient, key -> bucket(pace.burst(), pace.interval())));
    Optional<Duration> wait = towards.flatMap(Pace::take);
    if (wait.isPresent()) {
      return wait;
    }
    wait =
        capabilities
            .messagesPerSecond()
            .flatMap(limit -> take(accounts.get(account, key -> perSecond(limit.value()))));
    if (wait.isPresent()) {
      // The place with the customer is not used.
      towards.ifPresent(bucket -> bucket.addTokens(1));
    }
    return wait;
  }

  /** The provider asked for a pause of the whole account. */
  public void pauseAccount(ReplyTarget to, Duration length) {
    pauses.put(new Account(to.channel(), to.account()), clock.instant().plus(length));
  }

  /** The provider asked for a pause towards one customer. */
  public void pauseRecipient(ReplyTarget to, Duration length) {
    pauses.put(
        new Recipient(to.channel(), to.account(), to.address()), clock.instant().plus(length));
  }

  private Optional<Duration> pause(Object of) {
    return Optional.ofNullable(pauses.getIfPresent(of))
        .map(until -> Duration.between(clock.instant(), until))
        .filter(left -> left.isPositive());
  }

  private static Optional<Duration> take(Bucket bucket) {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(1_000_000, probe.getNanosToWaitForRefill())));
  }

  private Bucket perSecond(long messages) {
    long share = Math.max(1, (long) (messages * settings.share()));
    return bucket((int) share, Duration.ofSeconds(1).dividedBy(share));
  }

  private Bucket bucket(int burst, Duration interval) {
    return Bucket.builder()
        .withCustomTimePrecision(meter)
        .withListener(BucketListener.NOPE)
        .addLimit(limit -> limit.capacity(burst).refillGreedy(1, interval))
        .build();
  }
}
