package dev.hilo.channel;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A channel whose accounts can be asked how they are. */
public interface CheckedChannel extends Channel {

  /** Asks the provider. Never throws; may block for its answer. */
  Health check(AccountId account);

  /**
   * How an account is.
   *
   * @param connected whether it can receive and send now
   * @param credentialsExpireAt when its access ends, where that is known
   * @param findings what is worth knowing, worst first; may be empty
   */
  record Health(boolean connected, Optional<Instant> credentialsExpireAt, List<Finding> findings) {
    public Health {
      findings = List.copyOf(findings);
    }

    /** The account's provider did not answer the question. */
    public static Health unreachable(String detail) {
      return new Health(
          false, Optional.empty(), List.of(new Finding(Aspect.CONNECTION, Level.BAD, detail)));
    }
  }

  /**
   * One thing worth knowing.
   *
   * @param detail one line for an administrator
   */
  record Finding(Aspect aspect, Level level, String detail) {}
}
