package dev.hilo.meta;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the provider how an account's access and subscription are. Each question answers with
 * findings; none means that nothing is wrong.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/reference/debug_token and
 * /docs/graph-api/reference/page/subscribed_apps, read 2026-11-20.
 */
public final class AccountCheck {

  private static final Duration SOON = Duration.ofDays(7);

  private final GraphCalls calls;
  private final Redaction redaction;
  private final Clock clock;

  /** Asks by these calls; the clock tells whether an access ends soon. */
  public AccountCheck(GraphCalls calls, Redaction redaction, Clock clock) {
    this.calls = calls;
    this.redaction = redaction;
    this.clock = clock;
  }

  /**
   * What is known of an access.
   *
   * @param usable whether calls work with it; not so when nobody answered
   * @param expiresAt empty: never, or not known
   */
  public record Access(boolean usable, Optional<Instant> expiresAt, List<Finding> findings) {
    public Access {
      findings = List.copyOf(findings);
    }
  }

  /** Asks about a token: {@code GET /debug_token}. */
  public Access debugToken(MetaAccount account, Secret token) {
    String input = URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8);
    Outcome outcome = calls.get(account, account.graph("/debug_token?input_token=" + input));
    Optional<Finding> problem = problem(outcome);
    if (problem.isPresent()) {
      return new Access(false, Optional.empty(), List.of(problem.get()));
    }
    Part data = body(outcome).part("data");
    // 0 means that it does not expire; it is before any time that is believed.
    Optional<Instant> expiresAt =
        data.time("expires_at").or(() -> data.time("data_access_expires_at"));
    if (!data.flag("is_valid")) {
      String why = data.part("error").text("message").orElse("the token is not valid");
      return new Access(false, expiresAt, List.of(credentials(Level.BAD, why)));
    }
    return new Access(true, expiresAt, expiry(expiresAt));
  }

  /** Asks for an address that needs nothing but a working token. */
  public Access probe(MetaAccount account, String path, Optional<Instant> expiresAt) {
    Optional<Finding> problem = problem(calls.get(account, account.graph(path)));
    return problem
        .map(finding -> new Access(false, expiresAt, List.of(finding)))
        .orElseGet(() -> new Access(true, expiresAt, expiry(expiresAt)));
  }

  private List<Finding> expiry(Optional<Instant> expiresAt) {
    Instant now = clock.instant();
    return expiresAt
        .filter(end -> end.isBefore(now.plus(SOON)))
        .map(
            end ->
                credentials(
                    end.isAfter(now) ? Level.WARNING : Level.BAD, "the access ends at " + end))
        .stream()
        .toList();
  }

  /**
   * Asks which webhooks are sent to our app: {@code GET /{owner}/subscribed_apps}.
   *
   * @param owner the Page or account whose webhooks they are
   * @param wanted the fields without which messages or their states are missed
   */
  public Optional<Finding> subscription(MetaAccount account, String owner, Set<String> wanted) {
    Outcome outcome = calls.get(account, account.graph("/" + owner + "/subscribed_apps"));
    Optional<Finding> problem = problem(outcome);
    if (problem.isPresent()) {
      return problem;
    }
    List<Part> apps = body(outcome).parts("data");
    Optional<Part> ours =
        apps.stream()
            .filter(app -> account.appId().isEmpty() || app.id("id").equals(account.appId()))
            .findFirst();
    if (ours.isEmpty()) {
      return Optional.of(
          new Finding(
              Aspect.SUBSCRIPTION,
              Level.BAD,
              "the app is not subscribed any more: no messages come in until it is again"));
    }
    Set<String> missing = new LinkedHashSet<>(wanted);
    ours.get().get("subscribed_fields").forEach(field -> missing.remove(field.asText()));
    boolean told = ours.get().get("subscribed_fields").isArray();
    return told && !missing.isEmpty()
        ? Optional.of(
            new Finding(
                Aspect.SUBSCRIPTION,
                missing.contains("messages") ? Level.BAD : Level.WARNING,
                "webhook fields that are not subscribed: " + String.join(", ", missing)))
        : Optional.empty();
  }

  /**
   * All findings together, worst first: connected when the access works and nothing says that
   * messages cannot come or go.
   */
  public static Health health(Access access, List<Finding> findings) {
    boolean bad =
        findings.stream()
            .anyMatch(it -> it.level() == Level.BAD && it.aspect() != Aspect.CREDENTIALS);
    List<Finding> worstFirst =
        findings.stream().sorted(Comparator.comparing(Finding::level).reversed()).toList();
    return new Health(access.usable() && !bad, access.expiresAt(), worstFirst);
  }

  /** Why a question was not answered; the worst that is known of it. */
  private Optional<Finding> problem(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotSent notSent -> Optional.of(unreachable(notSent.detail()));
      case Outcome.AnswerLost lost -> Optional.of(unreachable(lost.detail()));
      case Outcome.TooLarge tooLarge -> Optional.of(unreachable("the answer is too large"));
      case Outcome.Answered answered ->
          answered.status() / 100 == 2 ? Optional.empty() : Optional.of(refused(answered));
    };
  }

  private Finding refused(Outcome.Answered answered) {
    GraphError error = GraphError.of(Part.of(answered.body()).part("error"));
    String line = "answer " + answered.status() + " " + error.codeText() + " " + error.line();
    return switch (error.reaction().error()) {
      case CREDENTIALS_EXPIRED -> credentials(Level.BAD, line);
      case ACCOUNT_RESTRICTED -> finding(Aspect.RESTRICTION, Level.BAD, line);
      default -> finding(Aspect.CONNECTION, Level.WARNING, line);
    };
  }

  private Finding unreachable(String detail) {
    return finding(Aspect.CONNECTION, Level.BAD, detail);
  }

  /** A finding about the access. */
  public Finding credentials(Level level, String detail) {
    return finding(Aspect.CREDENTIALS, level, detail);
  }

  private Finding finding(Aspect aspect, Level level, String detail) {
    return new Finding(aspect, level, redaction.of(detail));
  }

  private static Part body(Outcome outcome) {
    return outcome instanceof Outcome.Answered answered ? Part.of(answered.body()) : Part.none();
  }
}
