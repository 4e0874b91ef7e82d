package dev.hilo.channel;

/**
 * Why a message did not arrive.
 *
 * @param error the kind, the same for all channels
 * @param providerCode the provider's own code, for the administrator; may be empty
 * @param detail the provider's words, for the administrator; may be empty
 */
public record DeliveryFailure(DeliveryError error, String providerCode, String detail) {}
