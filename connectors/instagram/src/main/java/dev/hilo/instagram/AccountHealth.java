package dev.hilo.instagram;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.meta.AccountCheck;
import dev.hilo.meta.GraphCalls;
import dev.hilo.meta.MetaAccount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks how an account is, and prolongs its access when it is time. */
final class AccountHealth {

  /** Without these, messages or what became of ours would be missed. */
  private static final Set<String> WEBHOOK_FIELDS =
      new LinkedHashSet<>(List.of("messages", "messaging_postbacks", "messaging_seen"));

  private final InstagramSettings settings;
  private final AccessTokens tokens;
  private final GraphCalls calls;
  private final AccountCheck check;

  AccountHealth(
      InstagramSettings settings, AccessTokens tokens, GraphCalls calls, AccountCheck check) {
    this.settings = settings;
    this.tokens = tokens;
    this.calls = calls;
    this.check = check;
  }

  Health of(MetaAccount account) {
    return switch (settings.login(account.id())) {
      case InstagramSettings.Login.Direct direct -> ofDirect(account);
      case InstagramSettings.Login.ByPage byPage -> ofByPage(account, byPage);
    };
  }

  /** The webhooks are the Page's: only whether it is subscribed at all can be asked. */
  private Health ofByPage(MetaAccount account, InstagramSettings.Login.ByPage login) {
    AccountCheck.Access access = check.debugToken(account, account.accessToken());
    List<Finding> findings = new ArrayList<>(access.findings());
    if (access.usable() && login.page().isPresent()) {
      check.subscription(account, login.page().get(), Set.of()).ifPresent(findings::add);
    }
    return AccountCheck.health(access, findings);
  }

  /** Exchanges the token when it is time, whatever else is found. */
  private Health ofDirect(MetaAccount account) {
    List<Finding> findings = new ArrayList<>();
    AccessTokens.Access access = tokens.current(account);
    if (tokens.isDue(access)) {
      switch (tokens.refresh(account, calls)) {
        case AccessTokens.Refreshed.Renewed renewed -> access = renewed.access();
        case AccessTokens.Refreshed.Failed failed ->
            findings.add(
                check.credentials(
                    Level.WARNING, "the access could not be prolonged: " + failed.detail()));
      }
    }
    AccountCheck.Access now = check.probe(account, "/me?fields=user_id", access.expiresAt());
    findings.addAll(now.findings());
    if (now.usable()) {
      check.subscription(account, account.id().value(), WEBHOOK_FIELDS).ifPresent(findings::add);
    }
    return AccountCheck.health(now, findings);
  }
}
