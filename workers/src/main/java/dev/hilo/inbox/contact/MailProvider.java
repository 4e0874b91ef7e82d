package dev.hilo.inbox.contact;

import java.net.IDN;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a mail provider ignores in the part before the @, so that two ways of writing are one
 * mailbox. Of a domain that is not listed nothing is known, and only case is ignored.
 *
 * <p>Domains of one provider stay apart ({@code ana@outlook.com}, {@code ana@hotmail.com}): they
 * may be two people's. Google's two names are the exception, because Google says so.
 */
enum MailProvider {
  /**
   * Dots and what follows a plus. Sources: support.google.com/mail/answer/7436150 (dots),
   * support.google.com/a/users/answer/9282734 (plus), support.google.com/mail/answer/10313
   * (googlemail.com); read in November 2026.
   */
  GOOGLE("gmail.com", "googlemail.com"),

  /**
   * What follows a plus. Source:
   * learn.microsoft.com/exchange/recipients-in-exchange-online/plus-addressing-in-exchange-online,
   * which holds for Outlook.com too.
   */
  MICROSOFT(
      "outlook.com",
      "outlook.es",
      "outlook.cl",
      "outlook.com.ar",
      "outlook.com.br",
      "outlook.pt",
      "outlook.fr",
      "outlook.de",
      "outlook.it",
      "hotmail.com",
      "hotmail.es",
      "hotmail.cl",
      "hotmail.com.ar",
      "hotmail.com.br",
      "hotmail.co.uk",
      "hotmail.fr",
      "hotmail.de",
      "hotmail.it",
      "live.com",
      "live.com.ar",
      "live.com.mx",
      "live.cl",
      "live.com.pt",
      "live.co.uk",
      "msn.com"),

  /**
   * What follows a plus: subaddresses as in RFC 5233, which iCloud Mail receives; Apple's help does
   * not name them.
   */
  APPLE("icloud.com", "me.com", "mac.com"),

  /**
   * What follows a plus, and {@code any@ana.fastmail.com} is {@code ana@fastmail.com}. Source:
   * fastmail.help/hc/articles/360060591053.
   */
  FASTMAIL("fastmail.com", "fastmail.fm"),

  /**
   * What follows a plus, and dots, hyphens and underscores: a name that differs in these only
   * cannot be had by somebody else. Sources: proton.me/support/addresses-and-aliases,
   * proton.me/support/creating-aliases.
   */
  PROTON("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),

  /**
   * What follows a hyphen: a disposable address is a nickname, a hyphen and a word. The nickname is
   * chosen for that and is not the mailbox's own name, which has no hyphen; so {@code ana-a} and
   * {@code ana-b} are one mailbox, and {@code ana} may be somebody else's. Source:
   * help.yahoo.com/help/uk/bt/tutorials/mail/addressguard2.html (base name and keyword).
   */
  YAHOO(
      "yahoo.com",
      "yahoo.es",
      "yahoo.com.ar",
      "yahoo.com.br",
      "yahoo.com.mx",
      "yahoo.com.co",
      "yahoo.com.pe",
      "yahoo.cl",
      "yahoo.fr",
      "yahoo.de",
      "yahoo.it",
      "yahoo.co.uk",
      "ymail.com",
      "rocketmail.com");

  private static final Map<String, MailProvider> BY_DOMAIN = byDomain();

  /** IDNA 2003, which Java has, maps these to others that IDNA 2008 tells apart. */
  private static final Pattern DEVIATION = Pattern.compile("[\\u00df\\u03c2\\u200c\\u200d]");

  private final String domains;

  MailProvider(String... domains) {
    this.domains = String.join(" ", domains);
  }

  /**
   * One form for all ways to write a mailbox; for matching only, mail goes to what was written.
   *
   * @param address anything; without an @ it only loses its case
   */
  static String toMatchForm(String address) {
    String lower =
        Normalizer.normalize(address.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    if (at < 1 || at == lower.length() - 1) {
      return lower;
    }
    String name = lower.substring(0, at);
    String domain = ascii(lower.substring(at + 1));
    String user = subdomainOfFastmail(domain);
    if (!user.isEmpty()) {
      name = user;
      domain = domain.substring(user.length() + 1);
    }
    MailProvider provider = BY_DOMAIN.get(domain);
    return provider == null || name.startsWith("\"")
        ? name + '@' + domain
        : provider.same(name) + '@' + (provider == GOOGLE ? "gmail.com" : domain);
  }

  private String same(String name) {
    String same =
        switch (this) {
          case GOOGLE -> ignoring(".", beforePlus(name));
          case PROTON -> ignoring(".-_", beforePlus(name));
          case MICROSOFT, APPLE, FASTMAIL -> beforePlus(name);
          case YAHOO -> disposable(name);
        };
    return same.isEmpty() ? name : same;
  }

  private static String ascii(String domain) {
    String bare = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    if (DEVIATION.matcher(bare).find()) {
      return bare;
    }
    try {
      return IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return bare;
    }
  }

  /** The user of {@code user.fastmail.com}; empty for any other domain. */
  private static String subdomainOfFastmail(String domain) {
    int dot = domain.indexOf('.');
    return dot > 0 && BY_DOMAIN.get(domain.substring(dot + 1)) == FASTMAIL
        ? domain.substring(0, dot)
        : "";
  }

  private static String beforePlus(String local) {
    int plus = local.indexOf('+');
    return plus < 0 ? local : local.substring(0, plus);
  }

  private static String disposable(String local) {
    int hyphen = local.indexOf('-');
    return hyphen < 0 ? local : local.substring(0, hyphen + 1);
  }

  private static String ignoring(String characters, String local) {
    StringBuilder rest = new StringBuilder();
    local.chars().filter(c -> characters.indexOf(c) < 0).forEach(c -> rest.append((char) c));
    return rest.toString();
  }

  private static Map<String, MailProvider> byDomain() {
    Map<String, MailProvider> all = new HashMap<>();
    for (MailProvider provider : values()) {
      for (String domain : provider.domains.split(" ", -1)) {
        all.put(domain, provider);
      }
    }
    return Map.copyOf(all);
  }
}
