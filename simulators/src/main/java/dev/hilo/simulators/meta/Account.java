package dev.hilo.simulators.meta;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A business's page or Instagram account on the platform, with what its owner configured.
 *
 * @param id of the page or the Instagram professional account: {@code entry[].id} of webhooks
 * @param username without {@code @}; part of the link to a chat
 * @param accessToken what calls must bear
 * @param tokenIssuedAt from when the token counts
 * @param tokenExpiresAt on the simulator's clock; empty: never
 * @param tokenExpired whether the token is answered as expired at once
 * @param appId the app that the webhooks belong to: Hilo's
 * @param appSecret the key of webhook signatures
 * @param verifyToken handed to the webhook's owner in the handshake
 * @param subscribedFields what the app gets webhooks about; empty: it is not subscribed
 * @param scopes what the token may do
 * @param messageAccess whether the owner lets apps read and write messages
 * @param humanAgent whether the app may use the human agent tag
 */
public record Account(
    String id,
    String name,
    String username,
    String accessToken,
    Instant tokenIssuedAt,
    Optional<Instant> tokenExpiresAt,
    boolean tokenExpired,
    String appId,
    String appSecret,
    String verifyToken,
    List<String> subscribedFields,
    List<String> scopes,
    boolean messageAccess,
    boolean humanAgent) {

  public Account {
    subscribedFields = List.copyOf(subscribedFields);
    scopes = List.copyOf(scopes);
  }

  /** The same account, whose app gets webhooks about these fields. */
  Account subscribedTo(List<String> fields) {
    return new Account(
        id,
        name,
        username,
        accessToken,
        tokenIssuedAt,
        tokenExpiresAt,
        tokenExpired,
        appId,
        appSecret,
        verifyToken,
        fields,
        scopes,
        messageAccess,
        humanAgent);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Account[" + id + "]";
  }
}
