package dev.hilo.inbox.ingest;

import dev.hilo.channel.EventHeader;

/** A customer is writing; worth nothing a few seconds later. */
public record CustomerTyping(EventHeader header) {}
