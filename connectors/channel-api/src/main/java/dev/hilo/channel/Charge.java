package dev.hilo.channel;

import java.util.Optional;

/**
 * What a provider says of the price of a message.
 *
 * @param category the provider's word for what kind of message it bills
 * @param model the provider's word for how it counts
 * @param type the provider's word for why it is free or not
 */
public record Charge(
    Optional<Boolean> billable,
    Optional<String> category,
    Optional<String> model,
    Optional<String> type) {}
