package dev.hilo.inbox.merge;

import dev.hilo.inbox.contact.Actor;

/**
 * Somebody wants a merge undone.
 *
 * @param requestId the same for a repeated request: derived from what asks, never reused
 * @param contactId the contact that is to stand alone again, with those that were merged into it
 * @param why for the log, in the words of whoever asks
 */
public record SplitRequest(String requestId, String contactId, Actor by, String why) {}
