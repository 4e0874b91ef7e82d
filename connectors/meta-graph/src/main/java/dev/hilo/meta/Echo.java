package dev.hilo.meta;

import dev.hilo.channel.OutboundId;
import java.util.Optional;
import java.util.Set;

/**
 * Who sent what the business sent.
 *
 * @param outboundId our own id, where it came back
 * @param app what another app is called
 */
record Echo(boolean ours, Optional<OutboundId> outboundId, Optional<String> app) {

  /**
   * Before our outbound id in a message's {@code metadata}: other apps write metadata too, and
   * their echoes come to us.
   */
  static final String MARK = "hilo:";

  /** The app of the Page's own inbox; the documentation prints both. */
  private static final Set<String> PAGE_INBOX = Set.of("263902037430900", "26390203743090");

  private static final int LONGEST_ID = 512;

  static Echo of(Part message, MetaAccount account) {
    Optional<String> app = message.id("app_id");
    Optional<OutboundId> outboundId =
        message
            .text("metadata")
            .filter(text -> text.startsWith(MARK))
            .map(text -> text.substring(MARK.length()))
            .filter(id -> !id.isBlank() && id.length() <= LONGEST_ID)
            .map(OutboundId::new);
    boolean ourApp = account.appId().isPresent() && app.equals(account.appId());
    return new Echo(ourApp || outboundId.isPresent(), outboundId, app.map(Echo::nameOf));
  }

  /** What people call an app, where that is known. */
  static String nameOf(String app) {
    return isPageInbox(app) ? "Page Inbox" : OneLine.of(app, 80);
  }

  static boolean isPageInbox(String app) {
    return PAGE_INBOX.contains(app);
  }
}
