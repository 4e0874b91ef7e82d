package dev.hilo.meta;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.ProfileChannel.Profile;
import dev.hilo.channel.ProviderHttp.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks who a customer is: {@code GET /{person}?fields=...}. Who did not agree to be known (error
 * 230) and whom the provider does not find (9010) stay without a name.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/identity/user-profile and
 * /docs/instagram-platform/instagram-api-with-instagram-login/messaging-api/user-profile, read
 * 2026-11-20.
 */
public final class Profiles {

  private static final int LONGEST_NAME = 160;

  private final MetaSettings settings;
  private final GraphCalls calls;
  private final String fields;

  /**
   * Asks for these fields.
   *
   * @param fields separated by commas
   */
  public Profiles(MetaSettings settings, GraphCalls calls, String fields) {
    this.settings = settings;
    this.calls = calls;
    this.fields = fields;
  }

  /** What the provider says; empty when it does not, or not now. */
  public Optional<Profile> read(AccountId account, ContactAddress address) {
    Optional<MetaAccount> known = settings.account(account);
    if (known.isEmpty()
        || address.kind() != ContactAddress.Kind.SOCIAL
        || address.value().startsWith(Item.GUEST)) {
      return Optional.empty();
    }
    String person = URLEncoder.encode(address.value(), StandardCharsets.UTF_8);
    Outcome outcome = calls.get(known.get(), known.get().graph("/" + person + "?fields=" + fields));
    if (!(outcome instanceof Outcome.Answered answered) || answered.status() / 100 != 2) {
      return Optional.empty();
    }
    Part body = Part.of(answered.body());
    Profile profile = new Profile(name(body), language(body));
    return profile.displayName().isEmpty() && profile.language().isEmpty()
        ? Optional.empty()
        : Optional.of(profile);
  }

  private static Optional<String> name(Part body) {
    String both =
        Stream.of(body.text("first_name"), body.text("last_name"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return Optional.of(both)
        .filter(name -> !name.isBlank())
        .or(() -> body.text("name"))
        .or(() -> body.text("username"))
        .map(name -> OneLine.of(name, LONGEST_NAME))
        .filter(name -> !name.isEmpty());
  }

  /** {@code es_CO} is {@code es-CO}. */
  private static Optional<String> language(Part body) {
    return body.text("locale")
        .map(locale -> Locale.forLanguageTag(locale.replace('_', '-')).toLanguageTag())
        .filter(tag -> !tag.equals("und"));
  }
}
