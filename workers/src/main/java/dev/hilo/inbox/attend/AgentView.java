package dev.hilo.inbox.attend;

import java.util.List;

/**
 * What the agent's form shows; the components are the form's keys.
 *
 * @param taskContext one line for the task list: who, where, what
 * @param thread oldest first
 * @param files newest first
 * @param filesPage where files are added to the next answer; empty: nowhere
 * @param reactions that can be put on the customer's last message; empty where there are none
 * @param shownThrough number of the newest news shown
 * @param replyTargets where an answer may go, the newest first
 * @param replyTo the target chosen at first
 * @param templates approved templates of the chosen target's account
 * @param windowClosed whether the chosen target takes templates only
 */
record AgentView(
    String taskContext,
    String customerName,
    List<Alias> customerAliases,
    String channelLabel,
    List<Bubble> thread,
    List<FileLink> files,
    String filesPage,
    List<Choice> reactions,
    long shownThrough,
    List<Choice> replyTargets,
    String replyTo,
    List<Choice> templates,
    boolean windowClosed) {

  /** An address of the customer. */
  record Alias(String label, String badge, boolean proven) {}

  /**
   * One message.
   *
   * @param dir {@code in}, {@code out} or {@code note}
   * @param ticks how far an answer has come
   * @param badge {@code not proven} where the sender is only claimed to be this customer
   */
  record Bubble(
      String dir, String who, String channel, String at, String text, String ticks, String badge) {}

  /**
   * A file of the thread.
   *
   * @param label its name, and why it cannot be opened if it cannot
   * @param url empty if it cannot be opened
   */
  record FileLink(String label, String url) {}

  /** An entry of a select. */
  record Choice(String label, String value) {}
}
