package dev.hilo.channel.contract;

import dev.hilo.channel.DeliveryState;

/**
 * A provider's status and what it must become.
 *
 * @param name the provider's word
 * @param body a payload with this one status of one message
 */
public record StatusCase(String name, byte[] body, DeliveryState expected) {}
