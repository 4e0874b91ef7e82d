package dev.hilo.inbox.channels;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;

/**
 * One connected number, page, mailbox or widget.
 *
 * @param language BCP 47 tag
 * @param country ISO 3166 code that phone numbers without a country code are read in
 */
public record Account(
    ChannelType channel,
    AccountId id,
    String name,
    String language,
    String country,
    LinkClaims linkClaims,
    String queue) {}
