package dev.hilo.instagram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.meta.MetaAccount;
import dev.hilo.meta.MetaSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checked settings of the channel.
 *
 * @param logins how each account was connected
 */
record InstagramSettings(MetaSettings meta, Map<AccountId, Login> logins) {

  private static final String GRAPH_URL = "https://graph.facebook.com/v25.0";

  /** Where accounts live that were connected with Instagram's own login. */
  private static final String INSTAGRAM_HOST = "graph.instagram.com";

  InstagramSettings {
    logins = Map.copyOf(logins);
  }

  /** How an account was connected. */
  sealed interface Login {

    /**
     * Through the Facebook Page that it is linked to; the token is the Page's.
     *
     * @param page whose webhook subscription is looked after, where told
     */
    record ByPage(Optional<String> page) implements Login {}

    /** With Instagram's own login; the token lasts 60 days and is refreshed. */
    record Direct() implements Login {}
  }

  static InstagramSettings of(ChannelSettings settings) {
    MetaSettings meta = MetaSettings.of(InstagramChannel.TYPE, settings, GRAPH_URL);
    Map<AccountId, Login> logins = new LinkedHashMap<>();
    for (ChannelSettings.Account account : settings.accounts()) {
      URI graphUrl = meta.account(account.id()).map(MetaAccount::graphUrl).orElseThrow();
      logins.put(account.id(), login(account.values(), graphUrl));
    }
    return new InstagramSettings(meta, logins);
  }

  private static Login login(ChannelSettings.Values values, URI graphUrl) {
    String fallback = INSTAGRAM_HOST.equals(graphUrl.getHost()) ? "instagram" : "facebook";
    String page = values.optional("page-id", "");
    if (!page.matches("[0-9]{0,32}")) {
      throw values.invalid("page-id", "the id of the linked Facebook Page, digits only");
    }
    return switch (values.optional("login", fallback)) {
      case "facebook" -> new Login.ByPage(Optional.of(page).filter(id -> !id.isEmpty()));
      case "instagram" -> new Login.Direct();
      default -> throw values.invalid("login", "facebook or instagram");
    };
  }

  Login login(AccountId account) {
    return logins.getOrDefault(account, new Login.ByPage(Optional.empty()));
  }

  boolean isDirect(AccountId account) {
    return login(account) instanceof Login.Direct;
  }
}
