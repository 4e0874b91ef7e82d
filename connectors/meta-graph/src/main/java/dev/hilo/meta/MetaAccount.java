package dev.hilo.meta;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A connected Page or Instagram professional account.
 *
 * @param id the provider's id of it, as it stands in {@code entry[].id}
 * @param accessToken as the operator wrote it
 * @param appSecret of the app whose webhooks tell of it
 * @param appId of that app, where told: tells our echoes and threads from other apps'
 * @param graphUrl the Graph API with its version, without a slash at the end
 */
public record MetaAccount(
    AccountId id, Secret accessToken, Secret appSecret, Optional<String> appId, URI graphUrl) {

  /** An address of the Graph API; {@code path} begins with a slash. */
  public URI graph(String path) {
    return URI.create(graphUrl + path);
  }

  /** What is posted for this account goes there. */
  public URI messages() {
    return graph("/" + id + "/messages");
  }
}
