package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The pages and accounts, and what their app gets webhooks about. An app whose webhooks fail for an
 * hour is unsubscribed and has to subscribe again.
 *
 * <p>Source: "Webhooks disabled" notices of the Messenger Platform, read 2026-11-20.
 */
public final class Accounts {

  private static final Logger LOG = System.getLogger(Accounts.class.getName());

  private final Map<String, Account> byId = new ConcurrentHashMap<>();
  private final Map<String, Instant> failingSince = new ConcurrentHashMap<>();
  private final Provider provider;
  private final Supplier<MessagingRules> rules;
  private final InstantSource realTime;

  Accounts(Provider provider, Supplier<MessagingRules> rules, InstantSource realTime) {
    this.provider = provider;
    this.rules = rules;
    this.realTime = realTime;
  }

  /** All of them, by id. */
  public List<Account> all() {
    return byId.values().stream().sorted(Comparator.comparing(Account::id)).toList();
  }

  public Optional<Account> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The account with the id; without one, the first. */
  public Account findOrFirst(Optional<String> id) {
    return id.map(
            wanted ->
                find(wanted)
                    .orElseThrow(() -> new BadRequest("account: there is none '" + wanted + "'")))
        .orElseGet(() -> all().getFirst());
  }

  /** Adds an account, or replaces the one with its id. */
  public void put(Account account) {
    byId.put(account.id(), account);
    failingSince.remove(account.id());
  }

  /** Whether the app gets webhooks with that event. */
  boolean wants(Account account, ObjectNode event, boolean standby) {
    List<String> subscribed = find(account.id()).orElse(account).subscribedFields();
    return provider.field(event, standby).map(subscribed::contains).orElse(!subscribed.isEmpty());
  }

  /**
   * Hears of an attempt to deliver a webhook.
   *
   * @return whether the app was unsubscribed now
   */
  boolean attempted(String account, boolean acknowledged) {
    if (acknowledged) {
      failingSince.remove(account);
      return false;
    }
    Account known = byId.get(account);
    if (known == null || known.subscribedFields().isEmpty()) {
      return false;
    }
    Instant now = realTime.instant();
    Instant since = failingSince.computeIfAbsent(account, id -> now);
    if (now.isBefore(since.plus(rules.get().scaledDisableAfter()))) {
      return false;
    }
    LOG.log(
        Level.WARNING,
        "webhooks of {0} {1} failed for too long: the app is unsubscribed",
        provider.id(),
        account);
    put(known.subscribedTo(List.of()));
    return true;
  }

  void clear() {
    byId.clear();
    failingSince.clear();
  }

  void restore(Collection<Account> saved) {
    saved.forEach(this::put);
  }
}
