package dev.hilo.webchat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Secret;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The channel's settings, checked.
 *
 * @param tokenSecret signs the visitors' tokens; at least 32 characters
 * @param tokenLifetime how long a token holds without the visitor coming back
 */
record WebchatSettings(Secret tokenSecret, Duration tokenLifetime, Map<AccountId, Widget> widgets) {

  private static final int MIN_SECRET_LENGTH = 32;
  private static final Duration MIN_LIFETIME = Duration.ofMinutes(5);
  private static final Duration MAX_LIFETIME = Duration.ofDays(365);
  private static final Pattern WIDGET_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final String DEFAULT_COLOUR = "#4338ca";

  WebchatSettings {
    widgets = Map.copyOf(widgets);
  }

  /** One widget, as it is put on the pages of one site. */
  record Widget(
      AccountId id,
      String language,
      Set<String> allowedOrigins,
      String title,
      String colour,
      List<PrechatField> prechat,
      List<Continuation> continueOn) {
    Widget {
      allowedOrigins = Set.copyOf(allowedOrigins);
      prechat = List.copyOf(prechat);
      continueOn = List.copyOf(continueOn);
    }
  }

  /** A question asked before the first message; {@code name} is {@code name}, phone or email. */
  record PrechatField(String name, boolean required) {
    static final Set<String> NAMES = Set.of("name", "phone", "email");
  }

  /** Another channel that the visitor is offered to go on with. */
  record Continuation(ChannelType channel, AccountId account) {}

  Optional<Widget> widget(AccountId id) {
    return Optional.ofNullable(widgets.get(id));
  }

  /**
   * Checks what an operator wrote.
   *
   * @throws dev.hilo.channel.InvalidSettingsException naming the setting that is missing or wrong
   */
  static WebchatSettings of(ChannelSettings settings) {
    ChannelSettings.Values common = settings.common();
    Secret secret = common.secret("token-secret");
    if (secret.reveal().length() < MIN_SECRET_LENGTH) {
      throw common.invalid("token-secret", "at least " + MIN_SECRET_LENGTH + " characters");
    }
    Map<AccountId, Widget> widgets = new LinkedHashMap<>();
    for (ChannelSettings.Account account : settings.accounts()) {
      widgets.put(account.id(), widget(account));
    }
    return new WebchatSettings(secret, lifetime(common), widgets);
  }

  private static Duration lifetime(ChannelSettings.Values common) {
    String expected = "an ISO-8601 duration from PT5M to P365D, for example P30D";
    try {
      Duration lifetime = Duration.parse(common.optional("token-lifetime", "P30D"));
      if (lifetime.compareTo(MIN_LIFETIME) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw common.invalid("token-lifetime", expected);
      }
      return lifetime;
    } catch (DateTimeParseException e) {
      throw common.invalid("token-lifetime", expected);
    }
  }

  private static Widget widget(ChannelSettings.Account account) {
    ChannelSettings.Values values = account.values();
    if (!WIDGET_ID.matcher(account.id().value()).matches()) {
      throw values.invalid(
          "(account id)", "a widget id of letters, digits, '-' and '_', at most 64 characters");
    }
    String colour = values.optional("colour", DEFAULT_COLOUR);
    if (!COLOUR.matcher(colour).matches()) {
      throw values.invalid("colour", "#rrggbb, for example " + DEFAULT_COLOUR);
    }
    return new Widget(
        account.id(),
        account.language(),
        origins(values),
        values.optional("title", account.name()),
        colour,
        prechat(values),
        continuations(values));
  }

  private static Set<String> origins(ChannelSettings.Values values) {
    values.required("allowed-origins");
    Set<String> origins = new LinkedHashSet<>();
    for (String written : values.list("allowed-origins")) {
      origins.add(
          canonicalOrigin(written)
              .orElseThrow(
                  () ->
                      values.invalid(
                          "allowed-origins",
                          "scheme, host and port of a page without a path, for example"
                              + " https://shop.example, got '"
                              + written
                              + "'")));
    }
    return origins;
  }

  /**
   * An origin as a browser writes it into its {@code Origin} header. Source: RFC 6454 section 6.1
   * (lower case, A-labels, no default port).
   */
  private static Optional<String> canonicalOrigin(String written) {
    int schemeEnd = written.indexOf("://");
    if (schemeEnd < 0) {
      return Optional.empty();
    }
    try {
      String scheme = written.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
      URI uri =
          new URI(scheme + "://" + IDN.toASCII(written.substring(schemeEnd + 3)))
              .parseServerAuthority();
      boolean plain =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (!plain || !(scheme.equals("https") || scheme.equals("http"))) {
        return Optional.empty();
      }
      int defaultPort = scheme.equals("https") ? 443 : 80;
      String port = uri.getPort() == -1 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort();
      return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<PrechatField> prechat(ChannelSettings.Values values) {
    List<PrechatField> fields = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String written : values.list("prechat")) {
      boolean required = written.endsWith("!");
      String name = required ? written.substring(0, written.length() - 1) : written;
      if (!PrechatField.NAMES.contains(name) || !seen.add(name)) {
        throw values.invalid(
            "prechat",
            "a list of name, phone, email, each once, with '!' after what is required, got '"
                + written
                + "'");
      }
      fields.add(new PrechatField(name, required));
    }
    return fields;
  }

  private static List<Continuation> continuations(ChannelSettings.Values values) {
    List<Continuation> continuations = new ArrayList<>();
    for (String written : values.list("continue-on")) {
      int colon = written.indexOf(':');
      try {
        continuations.add(
            new Continuation(
                new ChannelType(written.substring(0, Math.max(0, colon))),
                new AccountId(written.substring(colon + 1))));
      } catch (IllegalArgumentException e) {
        throw values.invalid("continue-on", "a list of channel:account, got '" + written + "'");
      }
    }
    return continuations;
  }
}
