package dev.hilo.inbox.reply;

import dev.hilo.channel.OutboundContent;
import java.util.List;
import java.util.Optional;

/**
 * What an agent wants to say.
 *
 * @param text may be empty
 * @param template {@code name:language} of a template to send instead of the text
 * @param choices answers for the customer to tap, may be empty
 * @param reaction an emoji to put on the customer's last message
 * @param files to send after the text, may be empty
 */
public record Answer(
    String text,
    Optional<String> template,
    List<String> choices,
    Optional<String> reaction,
    List<OutboundContent.File> files) {

  public Answer {
    choices = List.copyOf(choices);
    files = List.copyOf(files);
  }
}
