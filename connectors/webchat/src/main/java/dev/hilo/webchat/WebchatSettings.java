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
  private static final Pattern REALM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  WebchatSettings {
    widgets = Map.copyOf(widgets);
  }

  /**
   * One widget, as it is put on the pages of one site.
   *
   * @param identity checks who visitors are; empty when nobody can be verified
   * @param identityRequired whether only verified visitors may write
   * @param attachments whether visitors may send files
   * @param transcript whether visitors may ask for the conversation by mail
   */
  record Widget(
      AccountId id,
      String name,
      String language,
      Set<String> allowedOrigins,
      Look look,
      List<PrechatField> prechat,
      List<Continuation> continueOn,
      Optional<IdentityProof> identity,
      boolean identityRequired,
      boolean attachments,
      boolean transcript) {
    Widget {
      allowedOrigins = Set.copyOf(allowedOrigins);
      prechat = List.copyOf(prechat);
      continueOn = List.copyOf(continueOn);
    }
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
      widgets.put(account.id(), widget(account, secret));
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

  private static Widget widget(ChannelSettings.Account account, Secret tokenSecret) {
    ChannelSettings.Values values = account.values();
    if (!WIDGET_ID.matcher(account.id().value()).matches()) {
      throw values.invalid(
          "(account id)", "a widget id of letters, digits, '-' and '_', at most 64 characters");
    }
    Optional<IdentityProof> identity = identity(account, tokenSecret);
    boolean identityRequired = flag(values, "identity-required", false);
    if (identityRequired && identity.isEmpty()) {
      throw values.invalid("identity-required", "an identity-secret beside it");
    }
    return new Widget(
        account.id(),
        account.name().isBlank() ? account.id().value() : account.name(),
        account.language(),
        origins(values),
        Look.of(values),
        PrechatField.all(values),
        continuations(values),
        identity,
        identityRequired,
        flag(values, "attachments", true),
        flag(values, "transcript", true));
  }

  private static Optional<IdentityProof> identity(
      ChannelSettings.Account account, Secret tokenSecret) {
    ChannelSettings.Values values = account.values();
    if (values.optional("identity-secret", "").isEmpty()) {
      return Optional.empty();
    }
    Secret secret = values.secret("identity-secret");
    if (secret.reveal().length() < MIN_SECRET_LENGTH
        || secret.reveal().equals(tokenSecret.reveal())) {
      throw values.invalid(
          "identity-secret",
          "at least " + MIN_SECRET_LENGTH + " characters, and not the token-secret");
    }
    String realm = values.optional("identity-realm", account.id().value());
    if (!REALM.matcher(realm).matches()) {
      throw values.invalid("identity-realm", "letters, digits, '-' and '_', at most 64");
    }
    return Optional.of(new IdentityProof(account.id().value(), realm, secret));
  }

  private static boolean flag(ChannelSettings.Values values, String key, boolean fallback) {
    return switch (values.optional(key, Boolean.toString(fallback))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw values.invalid(key, "true or false");
    };
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
