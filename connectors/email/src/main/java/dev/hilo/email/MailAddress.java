package dev.hilo.email;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody named in a mail. Printed masked, because addresses are personal data.
 *
 * @param name as shown, decoded and cleaned; empty when there is none or it only repeats the
 *     address
 * @param address lower case, the domain in its ASCII form; may lack a domain where the mail gives
 *     none ({@code mailer-daemon})
 */
record MailAddress(Optional<String> name, String address) {

  private static final int MAX_LENGTH = 320;
  private static final Pattern UNFIT = Pattern.compile("[:;,()\\[\\\\]");

  /** Takes parts as they come; empty when nothing of an address is there. */
  static Optional<MailAddress> of(String name, String address) {
    String normal = normalise(address);
    if (normal.isEmpty() || normal.length() > MAX_LENGTH || UNFIT.matcher(normal).find()) {
      return Optional.empty();
    }
    String shown = HeaderText.clean(HeaderText.decodeWords(name)).replaceAll("^['\"]+|['\"]+$", "");
    boolean says = !shown.isBlank() && !shown.equalsIgnoreCase(normal);
    return Optional.of(
        new MailAddress(says ? Optional.of(shown.strip()) : Optional.empty(), normal));
  }

  /** Equal for two spellings of one address. */
  static String normalise(String address) {
    String bare = address.replaceAll("[\\s\\p{Cntrl}<>\"]", "");
    if (bare.regionMatches(true, 0, "mailto:", 0, 7)) {
      bare = bare.substring(7);
    }
    int route = bare.startsWith("@") ? bare.indexOf(':') : -1;
    bare = bare.substring(route + 1);
    int at = bare.lastIndexOf('@');
    if (at < 0) {
      return bare.toLowerCase(Locale.ROOT);
    }
    String domain = bare.substring(at + 1).replaceAll("\\.+$", "");
    return (bare.substring(0, at) + '@' + ascii(domain)).toLowerCase(Locale.ROOT);
  }

  /** Whether a mail could be sent there. */
  boolean isComplete() {
    int at = address.indexOf('@');
    return at > 0 && at < address.length() - 1;
  }

  /** What follows the at sign; empty when there is none. */
  String domain() {
    int at = address.lastIndexOf('@');
    return at < 0 ? "" : address.substring(at + 1);
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return domain;
    }
  }

  @Override
  public String toString() {
    return "***@" + domain();
  }
}
