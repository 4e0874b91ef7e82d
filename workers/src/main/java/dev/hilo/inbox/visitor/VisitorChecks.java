package dev.hilo.inbox.visitor;

import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.Verification;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What a channel cannot know of a visitor's message: whether its files are the visitor's own, and
 * whether an answer is one that we offered this visitor.
 */
@Component
class VisitorChecks {

  private final Threads threads;
  private final ObjectProvider<VisitorFiles> files;

  VisitorChecks(Threads threads, ObjectProvider<VisitorFiles> files) {
    this.threads = threads;
    this.files = files;
  }

  /** Why a message cannot be taken. */
  record Unsound(String error, String code) {}

  /** Looks at a call; one that its channel does not take is left to the channel. */
  Optional<Unsound> look(VisitorCalls.Call call) {
    if (!(call.channel().verify(call.delivery()) instanceof Verification.Verified)
        || !(call.channel().parse(call.delivery()) instanceof ParseResult.Events parsed)) {
      return Optional.empty();
    }
    return parsed.events().stream()
        .filter(MessageReceived.class::isInstance)
        .map(MessageReceived.class::cast)
        .flatMap(message -> look(message).stream())
        .findFirst();
  }

  private Optional<Unsound> look(MessageReceived message) {
    ContactAddress visitor = message.header().sender().address();
    List<Content.Media> media = VisitorMessages.media(message.content()).toList();
    if (!media.stream().allMatch(file -> isOwn(visitor, file))) {
      return Optional.of(
          new Unsound("a file of the message is not there, or not this visitor's", "file-gone"));
    }
    if (message.content() instanceof Content.ButtonReply answer
        && !isOffered(visitor, message.replyTo(), answer)) {
      return Optional.of(
          new Unsound("the visitor was not asked this, or not offered this answer", "choice-gone"));
    }
    return Optional.empty();
  }

  private boolean isOwn(ContactAddress visitor, Content.Media file) {
    return Optional.ofNullable(files.getIfAvailable())
        .flatMap(all -> all.own(visitor, file.reference()))
        .filter(own -> file.mimeType().filter(own.type()::equals).isPresent())
        .isPresent();
  }

  private boolean isOffered(
      ContactAddress visitor, Optional<ExternalId> question, Content.ButtonReply answer) {
    return question
        .flatMap(id -> threads.message(id.value()))
        .filter(message -> message.direction() == MessageRecord.Direction.OUT)
        .filter(message -> message.address().equals(visitor))
        .flatMap(MessageRecord::outbound)
        .filter(OutboundContent.Choices.class::isInstance)
        .map(OutboundContent.Choices.class::cast)
        .filter(
            offered ->
                offered.choices().stream()
                    .anyMatch(
                        choice ->
                            choice.title().strip().equals(answer.title())
                                && answer.payload().equals(Optional.of(choice.payload()))))
        .isPresent();
  }
}
