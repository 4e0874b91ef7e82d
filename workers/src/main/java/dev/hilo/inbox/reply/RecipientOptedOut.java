package dev.hilo.inbox.reply;

import dev.hilo.channel.DeliveryFailure;

/** A provider says that a customer wants no more messages. */
public record RecipientOptedOut(String contactId, ReplyTarget from, DeliveryFailure failure) {}
