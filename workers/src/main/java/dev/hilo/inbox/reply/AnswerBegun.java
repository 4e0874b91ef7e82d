package dev.hilo.inbox.reply;

import java.time.Instant;

/**
 * Somebody answers a customer: what the customer wrote has been read.
 *
 * @param readThrough when Hilo got the newest message that was read
 */
public record AnswerBegun(ReplyTarget to, Instant readThrough) {}
