package dev.hilo.email;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether our own receiving server vouches for the From address: by DMARC, or by DKIM or SPF for
 * that address' domain.
 *
 * <p>Only the topmost Authentication-Results header that carries a trusted server's name counts;
 * anybody can write one, so that server must remove foreign ones that bear its name (RFC 8601 §5).
 *
 * @param vouched whether the From address is proven
 * @param reason which method proved it, or why none did; no address in it
 */
record Authenticity(boolean vouched, String reason) {

  private static final int MAX_LENGTH = 10_000;
  private static final Pattern COMMENT = Pattern.compile("\\([^()]{0,1000}\\)");
  private static final Pattern RESULT = Pattern.compile("^([a-z0-9-]+)(?:/\\d+)?\\s*=\\s*([a-z]+)");
  private static final Pattern PROPERTY =
      Pattern.compile("\\b(header|smtp|policy)\\.([a-z-]+)\\s*=\\s*\"?([^\\s;\"]+)");

  /**
   * Judges a mail.
   *
   * @param trustedServers the names that our receiving servers write first in the header, any case
   */
  static Authenticity of(Mail mail, Set<String> trustedServers) {
    List<MailAddress> from = mail.from();
    if (from.size() != 1 || !from.get(0).isComplete()) {
      return new Authenticity(false, from.isEmpty() ? "no From" : "not one From address");
    }
    if (mail.headers().all("From").size() != 1) {
      return new Authenticity(false, "several From headers");
    }
    Optional<String> results =
        mail.headers().all("Authentication-Results").stream()
            .map(Authenticity::withoutComments)
            .filter(value -> trustedServers.stream().anyMatch(id -> isOf(value, id)))
            .findFirst();
    if (results.isEmpty()) {
      return new Authenticity(false, "no result of a trusted server");
    }
    String domain = from.get(0).domain();
    StringBuilder failed = new StringBuilder();
    String[] methods = results.get().split(";", -1);
    for (int i = 1; i < methods.length; i++) {
      String method = methods[i].strip().toLowerCase(Locale.ROOT);
      Matcher result = RESULT.matcher(method);
      if (!result.find()) {
        continue;
      }
      String name = result.group(1);
      if (result.group(2).equals("pass") && isAligned(name, method, domain)) {
        return new Authenticity(true, name);
      }
      if (Set.of("dkim", "spf", "dmarc").contains(name)) {
        failed.append(failed.isEmpty() ? "" : ", ").append(name).append(' ');
        failed.append(result.group(2).equals("pass") ? "of another domain" : result.group(2));
      }
    }
    return new Authenticity(false, failed.isEmpty() ? "not checked" : failed.toString());
  }

  private static boolean isAligned(String name, String method, String domain) {
    Matcher property = PROPERTY.matcher(method);
    boolean anyFrom = false;
    while (property.find()) {
      String key = property.group(1) + "." + property.group(2);
      String value = property.group(3);
      String of = value.substring(value.lastIndexOf('@') + 1);
      switch (name) {
        case "dmarc" -> {
          if (key.equals("header.from")) {
            anyFrom = true;
            if (of.equals(domain) || domain.endsWith("." + of)) {
              return true;
            }
          }
        }
        case "dkim" -> {
          if ((key.equals("header.d") || key.equals("header.i")) && covers(of, domain)) {
            return true;
          }
        }
        case "spf" -> {
          if (key.equals("smtp.mailfrom") && covers(of, domain)) {
            return true;
          }
        }
        default -> {
          // Other methods prove nothing of the From address.
        }
      }
    }
    return name.equals("dmarc") && !anyFrom;
  }

  /**
   * The same domain or one above it. RFC 7489 §3.1 allows one below, too, given a list of public
   * suffixes; without that list a neighbour on a shared domain could pass, so it is left to DMARC.
   */
  private static boolean covers(String of, String domain) {
    return of.equals(domain) || (of.indexOf('.') > 0 && domain.endsWith("." + of));
  }

  private static boolean isOf(String value, String server) {
    String id = value.split(";", 2)[0].strip().split("\\s", 2)[0];
    return id.equalsIgnoreCase(server);
  }

  private static String withoutComments(String value) {
    String text = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
    for (int i = 0; i < 3 && text.indexOf('(') >= 0; i++) {
      text = COMMENT.matcher(text).replaceAll(" ");
    }
    return text;
  }
}
