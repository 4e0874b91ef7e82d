package dev.hilo.simulators.mail;

import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.oauth.TokenRules;
import dev.hilo.simulators.oauth.Tokens;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tests do to tokens, under {@code /control/mail/tokens}. */
final class TokenControl {

  private final Tokens tokens;

  TokenControl(Tokens tokens) {
    this.tokens = tokens;
  }

  void addTo(Routes routes) {
    routes.on("GET", "/control/mail/tokens", call -> Reply.json(tokens.rules()));
    routes.on("PUT", "/control/mail/tokens", this::rule);
    routes.on("POST", "/control/mail/tokens/refuse", this::refuse);
    routes.on("POST", "/control/mail/tokens/revoke", this::revoke);
    routes.on("POST", "/control/mail/tokens/expire", call -> expire());
  }

  private record Rules(@Nullable Duration lifetime, @Nullable Duration grace) {}

  private record Refusal(@Nullable String error, @Nullable Integer next) {}

  private record Whose(@Nullable String mailbox) {}

  private Reply rule(Call call) {
    Rules wanted = call.json(Rules.class);
    TokenRules now = tokens.rules();
    tokens.rule(
        new TokenRules(
            Optional.ofNullable(wanted.lifetime()).orElse(now.lifetime()),
            Optional.ofNullable(wanted.grace()).orElse(now.grace())));
    return Reply.json(tokens.rules());
  }

  private Reply refuse(Call call) {
    Refusal wanted = call.json(Refusal.class);
    int next = Optional.ofNullable(wanted.next()).orElse(1);
    if (next < 1) {
      throw new BadRequest("next: at least 1, got " + next);
    }
    tokens.refuseNext(Optional.ofNullable(wanted.error()).orElse("invalid_grant"), next);
    return Reply.json(tokens.rules());
  }

  private Reply revoke(Call call) {
    Whose wanted = call.json(Whose.class);
    if (wanted.mailbox() == null) {
      throw new BadRequest("mailbox: is missing");
    }
    tokens.revoke(wanted.mailbox());
    return Reply.json(tokens.rules());
  }

  private Reply expire() {
    tokens.expireAccess();
    return Reply.json(tokens.rules());
  }
}
