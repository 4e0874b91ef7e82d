package dev.hilo.inbox.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done to a contact's data.
 *
 * @param action what was done, kebab case, past tense: {@code contact-joined}, {@code file-read}
 * @param actor who or what did it
 * @param subject the contact that stands
 * @param merged the contact that was merged into it, if any
 * @param object the id of what was touched, where it is less than the contact
 */
public record AuditRecord(
    String action,
    String actor,
    String subject,
    Optional<String> merged,
    Optional<String> object,
    Instant at) {}
