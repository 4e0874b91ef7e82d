package dev.hilo.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks whether the token works, and how the webhook does.
 *
 * <p>Source: core.telegram.org/bots/api#getme and #getwebhookinfo, by excerpts.
 */
final class BotCheck {

  /** Without these, something of a customer's would be missed. */
  private static final Set<String> WANTED =
      Set.of("message", "edited_message", "callback_query", "message_reaction", "my_chat_member");

  private static final Duration RECENT = Duration.ofHours(1);
  private static final int MANY_WAITING = 100;

  private final TelegramSettings settings;
  private final BotApi api;
  private final Clock clock;

  BotCheck(TelegramSettings settings, BotApi api, Clock clock) {
    this.settings = settings;
    this.api = api;
    this.clock = clock;
  }

  Health check(TelegramSettings.Bot bot) {
    Outcome me = api.call(bot, "getMe", BotApi.object());
    if (me instanceof Answered refused && (refused.status() == 401 || refused.status() == 404)) {
      return new Health(
          false,
          Optional.empty(),
          List.of(
              new Finding(
                  Aspect.CREDENTIALS, Level.BAD, "the token was revoked, or the bot deleted")));
    }
    Outcome info = result(me).isPresent() ? api.call(bot, "getWebhookInfo", BotApi.object()) : me;
    return result(info)
        .map(this::webhook)
        .orElseGet(() -> Health.unreachable(settings.redacted(reason(info))));
  }

  private static Optional<Part> result(Outcome outcome) {
    return outcome instanceof Answered answered && answered.status() == 200
        ? Optional.of(Part.of(answered.body()).part("result")).filter(it -> it.node().isObject())
        : Optional.empty();
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Answered answered -> "answer " + answered.status();
      case Outcome.TooLarge tooLarge -> "the answer is too large";
      case Outcome.NotSent notSent -> notSent.detail();
      case Outcome.AnswerLost lost -> lost.detail();
    };
  }

  private Health webhook(Part info) {
    List<Finding> findings = new ArrayList<>();
    boolean set = info.text("url").isPresent();
    if (!set) {
      findings.add(
          new Finding(Aspect.SUBSCRIPTION, Level.BAD, "no webhook is set: nothing is delivered"));
    }
    Optional<Instant> lastError = info.time("last_error_date");
    if (lastError.filter(at -> at.isAfter(clock.instant().minus(RECENT))).isPresent()) {
      String said = info.text("last_error_message").orElse("without a reason");
      findings.add(
          new Finding(
              Aspect.SUBSCRIPTION,
              Level.WARNING,
              settings.redacted("a delivery failed at " + lastError.get() + ": " + said)));
    }
    long waiting = info.count("pending_update_count").orElse(0);
    if (waiting >= MANY_WAITING) {
      findings.add(
          new Finding(Aspect.SUBSCRIPTION, Level.WARNING, waiting + " updates wait for delivery"));
    }
    Set<String> missing = missing(info);
    if (set && !missing.isEmpty()) {
      findings.add(
          new Finding(
              Aspect.SUBSCRIPTION,
              Level.WARNING,
              "not among the webhook's allowed_updates: " + String.join(", ", missing)));
    }
    return new Health(set, Optional.empty(), findings);
  }

  /** Without a list, everything comes but reactions and changes of members. */
  private static Set<String> missing(Part info) {
    Set<String> missing = new TreeSet<>(WANTED);
    JsonNode allowed = info.node().path("allowed_updates");
    if (allowed.isEmpty()) {
      missing.retainAll(Set.of("message_reaction"));
    } else {
      Set<String> told = new HashSet<>();
      allowed.forEach(kind -> told.add(kind.asText()));
      missing.removeAll(told);
    }
    return missing;
  }
}
