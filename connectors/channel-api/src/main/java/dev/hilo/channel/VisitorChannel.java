package dev.hilo.channel;

import java.time.Instant;
import java.util.Optional;

/**
 * A channel whose provider is Hilo itself: a widget or an app that talks to our own server. The
 * server keeps the connections; the channel says who may have one.
 */
public interface VisitorChannel extends PushChannel {

  /**
   * Whether pages of this origin may use the account (for CORS, and checked again on each call).
   */
  boolean allowsOrigin(AccountId account, String origin);

  /**
   * Opens a session, or goes on with the one whose token is in the {@code Authorization} header.
   *
   * @param delivery with the account and a JSON body {@code {language, ...}}
   */
  Session openSession(RawDelivery delivery);

  /** Who calls: checks the origin and the token's signature, account and expiry. */
  Authentication authenticate(RawDelivery delivery);

  /** A file that the page loads: the widget's script. */
  Optional<Asset> asset(String name);

  /**
   * The account of another channel that visitors of {@code account} are offered to go on with.
   *
   * @return empty if they are not offered that channel
   */
  Optional<AccountId> continuation(AccountId account, ChannelType channel);

  /** What became of a request for a session. */
  sealed interface Session {
    /**
     * A session.
     *
     * @param token signed and expiring; a secret of this visitor
     * @param settings what the widget needs to draw itself, as JSON
     */
    record Opened(
        Secret token, ContactAddress visitor, String language, Instant expiresAt, String settings)
        implements Session {}

    /** No session, with one line of why. */
    record Denied(Refusal refusal, String detail) implements Session {}
  }

  /** Whether a call is a known visitor's. */
  sealed interface Authentication {
    /** The visitor behind the token. */
    record Visitor(AccountId account, ContactAddress address) implements Authentication {}

    /** Nobody we know, with one line of why. */
    record Denied(Refusal refusal, String detail) implements Authentication {}
  }

  /**
   * A static file.
   *
   * @param etag strong validator, with its quotes
   */
  record Asset(byte[] body, String contentType, String etag) {}
}
