package dev.hilo.email;

import dev.hilo.email.AuthenticationResults.Result;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    // Not the topmost that can be read: below one that was tampered with, a forged one may lie.
    Optional<AuthenticationResults> topmost =
        mail.headers().all("Authentication-Results").stream()
            .map(AuthenticationResults::read)
            .filter(results -> trustedServers.stream().anyMatch(results.server()::equalsIgnoreCase))
            .findFirst();
    if (topmost.isEmpty()) {
      return new Authenticity(false, "no result of a trusted server");
    }
    if (!topmost.get().sound()) {
      return new Authenticity(false, "a result that cannot be read");
    }
    String domain = from.get(0).domain();
    StringBuilder failed = new StringBuilder();
    for (Result result : topmost.get().results()) {
      if (!Set.of("dkim", "spf", "dmarc").contains(result.method())) {
        continue;
      }
      if (result.passed() && isAligned(result, domain)) {
        return new Authenticity(true, result.method());
      }
      failed.append(failed.isEmpty() ? "" : ", ").append(result.method()).append(' ');
      failed.append(result.passed() ? "of another domain" : result.result());
    }
    return new Authenticity(false, failed.isEmpty() ? "not checked" : failed.toString());
  }

  private static boolean isAligned(Result result, String domain) {
    return switch (result.method()) {
      // DMARC is about the From alone; some servers do not repeat its domain.
      case "dmarc" -> !result.has("header.from") || isCovered(result, "header.from", domain);
      // The domain that signed; header.i, which lies within it, where only that is written.
      case "dkim" -> isCovered(result, result.has("header.d") ? "header.d" : "header.i", domain);
      case "spf" -> isCovered(result, "smtp.mailfrom", domain);
      // Other methods prove nothing of the From address.
      default -> false;
    };
  }

  private static boolean isCovered(Result result, String property, String domain) {
    return result
        .value(property)
        .map(value -> value.substring(value.lastIndexOf('@') + 1))
        .filter(of -> covers(of, domain))
        .isPresent();
  }

  /**
   * The same domain or one above it. RFC 7489 §3.1 allows one below, too, given a list of public
   * suffixes; without that list a neighbour on a shared domain could pass, so it is left to DMARC.
   */
  private static boolean covers(String of, String domain) {
    return of.equals(domain) || (of.indexOf('.') > 0 && domain.endsWith("." + of));
  }
}
