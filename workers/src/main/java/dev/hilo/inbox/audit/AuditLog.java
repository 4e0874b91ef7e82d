package dev.hilo.inbox.audit;

import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreUnavailableException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The audit: append only. */
@Component
public class AuditLog {

  private final Documents<AuditRecord> records;

  public AuditLog(Store store) {
    this.records = store.documents(Indexes.AUDIT, AuditRecord.class);
  }

  /**
   * Adds what may be repeated and must be there once.
   *
   * @param id derived from what caused it; a second record with the same id changes nothing
   * @throws StoreUnavailableException if it could not be written: what was to be audited must then
   *     not happen
   */
  public void addOnce(String id, AuditRecord record) {
    records.create(id, record);
  }

  /**
   * Adds one more record.
   *
   * @throws StoreUnavailableException if it could not be written: what was to be audited must then
   *     not happen
   */
  public void add(AuditRecord record) {
    records.create(UUID.randomUUID().toString(), record);
  }
}
