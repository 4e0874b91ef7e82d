package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;

/** A visitor's one-time code came from another channel. */
public record VisitorProven(ContactAddress visitor, ChannelType by) {}
