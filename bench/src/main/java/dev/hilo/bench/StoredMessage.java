package dev.hilo.bench;

/**
 * A message as Hilo's store holds it.
 *
 * @param id the document
 * @param externalId the provider's id
 */
record StoredMessage(String id, String externalId, String contactId, String addressKey) {}
