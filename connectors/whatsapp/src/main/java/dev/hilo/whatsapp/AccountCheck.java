package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a number is: its state and quality, when its access ends, and whether its webhooks reach us.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-
 * current-status, debug_token and whats-app-business-account/subscribed_apps, read 2026-11-20.
 */
final class AccountCheck {

  private static final String ALL_FIELDS =
      "verified_name,quality_rating,status,name_status,throughput,"
          + "whatsapp_business_manager_messaging_limit";

  /** Those that every version knows: one unknown name fails the whole call. */
  private static final String OLD_FIELDS = "verified_name,quality_rating";

  /** States in which nothing can be sent. */
  private static final Set<String> USELESS =
      Set.of("BANNED", "DELETED", "DISCONNECTED", "MIGRATED", "OFFLINE", "PENDING", "UNVERIFIED");

  private static final int UNKNOWN_FIELD = 100;
  private static final String MESSAGING = "whatsapp_business_messaging";

  /** A token that ends sooner is worth a word. */
  private static final Duration SOON = Duration.ofDays(14);

  private final WhatsAppSettings settings;
  private final GraphApi graph;
  private final Redaction redaction;
  private final Clock clock;

  AccountCheck(WhatsAppSettings settings, GraphApi graph, Redaction redaction, Clock clock) {
    this.settings = settings;
    this.graph = graph;
    this.redaction = redaction;
    this.clock = clock;
  }

  Health check(AccountId id) {
    return settings
        .account(id)
        .map(account -> new Check(account).run())
        .orElseGet(() -> Health.unreachable("the account " + id + " is not among the settings"));
  }

  /** One account being asked about. */
  private final class Check {

    private final WhatsAppSettings.Account account;
    private final List<Finding> findings = new ArrayList<>();
    private boolean connected = true;
    private Optional<Instant> expiresAt = Optional.empty();

    Check(WhatsAppSettings.Account account) {
      this.account = account;
    }

    Health run() {
      Outcome outcome = number(ALL_FIELDS);
      if (code(outcome) == UNKNOWN_FIELD) {
        outcome = number(OLD_FIELDS);
      }
      if (outcome instanceof Answered answered && answered.status() / 100 == 2) {
        readNumber(GraphApi.body(answered));
        readToken();
        account.businessAccount().ifPresent(this::readSubscription);
      } else {
        connected = false;
        find(aspect(outcome), Level.BAD, GraphError.describe(outcome));
      }
      findings.sort(Comparator.comparing(Finding::level).reversed());
      return new Health(connected, expiresAt, findings);
    }

    private Outcome number(String fields) {
      return graph.get(account, account.id().value(), "", Map.of("fields", fields));
    }

    private void readNumber(Part number) {
      number
          .text("quality_rating")
          .flatMap(Levels::ofColour)
          .ifPresent(level -> find(Aspect.QUALITY, level, number, "quality_rating"));
      number.text("status").ifPresent(status -> readStatus(status, number));
      number
          .text("name_status")
          .filter(status -> List.of("DECLINED", "EXPIRED").contains(status))
          .ifPresent(status -> find(Aspect.PROFILE, Level.WARNING, number, "name_status"));
      number
          .part("throughput")
          .text("level")
          .ifPresent(level -> find(Aspect.LIMIT, Level.GOOD, "throughput=" + level));
      number
          .text("whatsapp_business_manager_messaging_limit")
          .ifPresent(
              tier ->
                  find(
                      Aspect.LIMIT,
                      Level.GOOD,
                      number,
                      "whatsapp_business_manager_messaging_limit"));
    }

    /** A state that is not known may still work. */
    private void readStatus(String status, Part number) {
      connected = !USELESS.contains(status);
      boolean bad = !connected || status.equals("RESTRICTED");
      Level level = status.equals("CONNECTED") ? Level.GOOD : Level.WARNING;
      find(Aspect.RESTRICTION, bad ? Level.BAD : level, number, "status");
    }

    /** A token may ask about itself, but not every kind of token: no answer is no finding. */
    private void readToken() {
      Outcome outcome =
          graph.get(
              account, "debug_token", "", Map.of("input_token", account.accessToken().reveal()));
      if (!(outcome instanceof Answered answered) || answered.status() / 100 != 2) {
        return;
      }
      Part token = GraphApi.body(answered).part("data");
      if (token.get("is_valid").isBoolean() && !token.get("is_valid").booleanValue()) {
        connected = false;
        find(Aspect.CREDENTIALS, Level.BAD, "the access token is not valid any more");
        return;
      }
      // 0: never.
      expiresAt = token.time("expires_at");
      expiresAt
          .filter(end -> end.isBefore(clock.instant().plus(SOON)))
          .ifPresent(
              end -> find(Aspect.CREDENTIALS, Level.WARNING, "the access token ends at " + end));
      List<String> scopes = new ArrayList<>();
      token.get("scopes").forEach(scope -> scopes.add(scope.asText()));
      if (!scopes.isEmpty() && !scopes.contains(MESSAGING)) {
        find(Aspect.CREDENTIALS, Level.BAD, "the access token lacks the permission " + MESSAGING);
      }
    }

    private void readSubscription(String business) {
      Outcome outcome = graph.get(account, business, "subscribed_apps", Map.of());
      if (!(outcome instanceof Answered answered) || answered.status() / 100 != 2) {
        return;
      }
      Part apps = GraphApi.body(answered);
      if (apps.get("data").isArray()) {
        boolean none = apps.get("data").isEmpty();
        find(
            Aspect.SUBSCRIPTION,
            none ? Level.BAD : Level.GOOD,
            none
                ? "no app is subscribed to the business account: nothing is delivered"
                : "apps subscribed: " + apps.get("data").size());
      }
    }

    private void find(Aspect aspect, Level level, Part of, String name) {
      find(aspect, level, name + "=" + of.text(name).orElse(""));
    }

    private void find(Aspect aspect, Level level, String detail) {
      findings.add(new Finding(aspect, level, redaction.of(detail)));
    }
  }

  private static int code(Outcome outcome) {
    return outcome instanceof Answered answered
        ? GraphError.of(GraphApi.body(answered).part("error")).code().orElse(-1)
        : -1;
  }

  private static Aspect aspect(Outcome outcome) {
    if (!(outcome instanceof Answered answered)) {
      return Aspect.CONNECTION;
    }
    DeliveryError error = GraphError.of(GraphApi.body(answered).part("error")).reaction().error();
    return answered.status() == 401 ? Aspect.CREDENTIALS : Levels.aspectOf(error);
  }
}
