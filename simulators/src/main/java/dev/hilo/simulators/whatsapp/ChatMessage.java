package dev.hilo.simulators.whatsapp;

import java.time.Instant;
import java.util.Optional;

/**
 * A message as it stands on a customer's phone.
 *
 * @param order in which it was taken by the platform, over all phones, from 1
 * @param wamid the provider's id
 * @param business the phone number id of the other side
 * @param fromCustomer written on this phone
 * @param text as shown
 * @param opaque what the business attached and gets back in statuses
 * @param template the name of the template it was made of
 * @param at when it was taken, on the simulator's clock
 * @param deliveredAt when it reached the other side; a customer's message: when its webhook was
 *     acknowledged
 * @param readAt when it was shown, or marked as read by the business
 */
public record ChatMessage(
    long order,
    String wamid,
    String business,
    boolean fromCustomer,
    String text,
    Optional<String> opaque,
    Optional<String> template,
    Instant at,
    Optional<Instant> deliveredAt,
    Optional<Instant> readAt) {

  ChatMessage delivered(Instant when) {
    return new ChatMessage(
        order,
        wamid,
        business,
        fromCustomer,
        text,
        opaque,
        template,
        at,
        deliveredAt.or(() -> Optional.of(when)),
        readAt);
  }

  ChatMessage read(Instant when) {
    return new ChatMessage(
        order,
        wamid,
        business,
        fromCustomer,
        text,
        opaque,
        template,
        at,
        deliveredAt.or(() -> Optional.of(when)),
        readAt.or(() -> Optional.of(when)));
  }

  /** Whether the phone's owner can see it. */
  boolean isOnThePhone() {
    return fromCustomer || deliveredAt.isPresent();
  }
}
