package dev.hilo.inbox.engine;

/**
 * What is published to the engine. Every call may be repeated.
 *
 * <p>All methods throw {@link EngineUnavailableException} if the engine does not take the message
 * in time.
 */
public interface Engine {

  /**
   * Tells the conversation of a contact that there is news; starts one if there is none.
   *
   * @param messageId the event's id: the engine drops a twin that it still has
   */
  void customerMessage(String contactId, String messageId);

  /**
   * Wakes the agent's step. A hint: whoever wakes looks into the mailbox.
   *
   * @param newest number of the newest news, so that equal hints become one
   */
  void wakeAgentStep(String contactId, long newest);

  /** Tells the conversation of a contact that the contact is another one now. */
  void contactMerged(String contactId, String into);
}
