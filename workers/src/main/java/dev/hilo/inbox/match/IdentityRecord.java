package dev.hilo.inbox.match;

import java.time.Instant;
import java.util.List;

/**
 * What a contact is found by.
 *
 * @param contactId its id; of the document too
 * @param keys its {@link BlockingKeys}, as digests: they are made of personal data
 * @param changedAt when they were written
 */
record IdentityRecord(String contactId, List<String> keys, Instant changedAt) {}
