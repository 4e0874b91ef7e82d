package dev.hilo.meta;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.ChannelEvent.ControlChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventHeader;
import java.util.Optional;

/**
 * Reads who may answer: another app took the conversation over or gave it to us, or the platform
 * blocks the account.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events
 * (messaging_handovers, policy-enforcement), read 2026-11-20.
 */
final class ControlReader {

  private static final int LONGEST_DETAIL = 300;

  /** The conversation was passed on: to us, unless it says to somebody else. */
  void readPass(Item item, Part pass, ContactAddress customer) {
    Optional<String> to = pass.id("new_owner_app_id");
    boolean ours = isOurs(item, to).orElse(!to.map(Echo::isPageInbox).orElse(false));
    Optional<String> other = ours ? pass.id("previous_owner_app_id") : to;
    add(item, customer, "pass", ours, other);
  }

  /** The conversation was taken: from us, unless it says that we took it. */
  void readTake(Item item, Part take, ContactAddress customer) {
    Optional<String> to = take.id("new_owner_app_id");
    boolean ours = isOurs(item, to).orElse(false);
    add(item, customer, "take", ours, ours ? take.id("previous_owner_app_id") : to);
  }

  /** Empty when either side is not known. */
  private static Optional<Boolean> isOurs(Item item, Optional<String> app) {
    return item.account().appId().flatMap(ours -> app.map(ours::equals));
  }

  private static void add(
      Item item, ContactAddress customer, String what, boolean ours, Optional<String> app) {
    EventHeader header =
        item.header(customer, "control", customer.value(), what, app.orElse(""), item.when());
    item.reading().add(new ControlChanged(header, ours, app.map(Echo::nameOf)));
  }

  void readPolicy(Item item, Part policy) {
    String action = policy.text("action").orElse("untyped");
    if (!action.equals("block") && !action.equals("unblock")) {
      item.reading().skip("policy-enforcement", "an action that is not known");
      return;
    }
    String reason = policy.text("reason").map(text -> ": " + text).orElse("");
    item.reading()
        .add(
            new AccountHealthChanged(
                item.accountHeader("health", "policy", action, item.when()),
                Aspect.RESTRICTION,
                action.equals("block") ? Level.BAD : Level.GOOD,
                OneLine.of(action + reason, LONGEST_DETAIL)));
  }
}
