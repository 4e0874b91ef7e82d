package dev.hilo.email;

import java.util.List;
import java.util.Optional;

/**
 * What a mail tells programs: the parts of a {@code multipart/report}. Source: RFC 6522.
 *
 * @param type {@code delivery-status}, {@code feedback-report}, {@code disposition-notification}
 * @param blocks the groups of fields, in order
 * @param original the header of the mail it is about, if it came along
 */
record Report(String type, List<MailHeaders> blocks, Optional<MailHeaders> original) {

  Report {
    blocks = List.copyOf(blocks);
  }

  @Override
  public String toString() {
    return "Report[" + type + "]";
  }
}
