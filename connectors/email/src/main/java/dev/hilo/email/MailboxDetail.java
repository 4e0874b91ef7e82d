package dev.hilo.email;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * What a server or a network says, fit for an administrator: one line, without our secrets and
 * without the names of people in addresses.
 */
final class MailboxDetail {

  private static final int LONGEST = 240;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'()\\[\\]:;,=]+@");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s\\u2028\\u2029]+");

  private MailboxDetail() {}

  static String of(String said, Collection<String> secrets) {
    String clean = said;
    for (String secret : secrets) {
      clean = clean.replace(secret, "[REDACTED]");
    }
    clean = ADDRESS.matcher(CONTROL.matcher(clean).replaceAll(" ")).replaceAll("***@").strip();
    if (clean.length() > LONGEST) {
      int end = Character.isHighSurrogate(clean.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      clean = clean.substring(0, end);
    }
    return clean.isEmpty() ? "no reason given" : clean;
  }
}
