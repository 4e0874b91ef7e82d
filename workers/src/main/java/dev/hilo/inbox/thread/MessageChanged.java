package dev.hilo.inbox.thread;

/** A message was stored or has changed; told to whoever shows it live on this node. */
public record MessageChanged(MessageRecord message) {}
