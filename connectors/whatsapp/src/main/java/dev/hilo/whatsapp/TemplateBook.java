package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.TemplateChannel.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The templates of every account: read from its business account, or taken from the settings when
 * that is not named there.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 * and the reference of {@code message_templates}, read 2026-11-20.
 */
final class TemplateBook {

  private static final String FIELDS = "name,language,status,category,components,parameter_format";
  private static final String PAGE = "100";

  /** More than any business account may have: 6,000. */
  private static final int MOST_PAGES = 100;

  private static final Duration BETWEEN_READINGS = Duration.ofMinutes(10);

  /** Source: the provider's text of 132018. */
  private static final Pattern NOT_IN_PARAMETERS = Pattern.compile("[\\n\\r\\t]| {5,}");

  private final WhatsAppSettings settings;
  private final GraphApi graph;
  private final Redaction redaction;
  private final Clock clock;
  private final Map<AccountId, List<KnownTemplate>> read = new ConcurrentHashMap<>();
  private final Map<AccountId, Instant> asked = new ConcurrentHashMap<>();

  TemplateBook(WhatsAppSettings settings, GraphApi graph, Redaction redaction, Clock clock) {
    this.clock = clock;
    this.settings = settings;
    this.graph = graph;
    this.redaction = redaction;
  }

  /** Every template of an account, asked anew. */
  Registry read(AccountId id) {
    Optional<WhatsAppSettings.Account> account = settings.account(id);
    if (account.isEmpty()) {
      return new Registry.Unavailable("the account " + id + " is not among the settings");
    }
    return account
        .get()
        .businessAccount()
        .map(business -> readPages(account.get(), business))
        .orElseGet(() -> new Registry.Read(account.get().templates()));
  }

  /**
   * The template as last read; empty when it is not known. When it is not there the book is read
   * again, but not at every send.
   */
  Optional<KnownTemplate> find(WhatsAppSettings.Account account, String name, String language) {
    Optional<KnownTemplate> found = search(account, name, language);
    if (found.isPresent() || account.businessAccount().isEmpty() || !due(account)) {
      return found;
    }
    var unused = read(account.id());
    return search(account, name, language);
  }

  private boolean due(WhatsAppSettings.Account account) {
    Instant last = asked.get(account.id());
    return last == null || clock.instant().isAfter(last.plus(BETWEEN_READINGS));
  }

  private Optional<KnownTemplate> search(
      WhatsAppSettings.Account account, String name, String language) {
    List<KnownTemplate> all = read.get(account.id());
    if (all == null) {
      all = account.templates().stream().map(it -> new KnownTemplate(it, List.of())).toList();
    }
    return all.stream()
        .filter(known -> known.template().name().equals(name))
        .filter(known -> known.template().language().equals(language))
        .findFirst();
  }

  /** What is wrong with a template to send, for an administrator; empty when nothing is. */
  static Optional<String> problem(
      OutboundContent.Template template, Optional<KnownTemplate> known) {
    for (String value : template.parameters()) {
      if (value.isBlank() || NOT_IN_PARAMETERS.matcher(value).find()) {
        return Optional.of(
            "a parameter must not be blank, nor hold line breaks, tabs or five spaces in a row");
      }
    }
    return known.flatMap(it -> it.problem(template));
  }

  private Registry readPages(WhatsAppSettings.Account account, String business) {
    asked.put(account.id(), clock.instant());
    List<KnownTemplate> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      Map<String, String> query = new HashMap<>(Map.of("fields", FIELDS, "limit", PAGE));
      after.ifPresent(cursor -> query.put("after", cursor));
      Outcome outcome = graph.get(account, business, "message_templates", query);
      if (!(outcome instanceof Answered answered) || answered.status() / 100 != 2) {
        return new Registry.Unavailable(redaction.of(GraphError.describe(outcome)));
      }
      Part body = GraphApi.body(answered);
      if (!body.get("data").isArray()) {
        return new Registry.Unavailable("the list of templates has no known form");
      }
      body.parts("data").stream()
          .map(KnownTemplate::of)
          .flatMap(Optional::stream)
          .forEach(all::add);
      // The next page is asked for with its cursor, not by its address: the token stays with us.
      Part paging = body.part("paging");
      after = paging.part("cursors").text("after").filter(cursor -> paging.has("next"));
      if (after.isEmpty()) {
        break;
      }
    }
    read.put(account.id(), List.copyOf(all));
    return new Registry.Read(all.stream().map(KnownTemplate::template).toList());
  }
}
