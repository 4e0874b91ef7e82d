package dev.hilo.inbox.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine that only remembers what was published. */
public final class RecordingEngine implements Engine {

  public final List<String> published = new CopyOnWriteArrayList<>();

  @Override
  public void customerMessage(String contactId, String messageId) {
    published.add("customer-message " + contactId + " " + messageId);
  }

  @Override
  public void wakeAgentStep(String contactId, long newest) {
    published.add("wake " + contactId + " " + newest);
  }

  @Override
  public void contactMerged(String contactId, String into) {
    published.add("merged " + contactId + " " + into);
  }
}
