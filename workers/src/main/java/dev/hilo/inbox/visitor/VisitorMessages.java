package dev.hilo.inbox.visitor;

import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.visitor.VisitorMessage.Choice;
import dev.hilo.inbox.visitor.VisitorMessage.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes what a visitor sees of a message: what was said, not what agents are shown about it. */
@Component
class VisitorMessages {

  private final ObjectProvider<VisitorFiles> files;

  VisitorMessages(ObjectProvider<VisitorFiles> files) {
    this.files = files;
  }

  /**
   * The message for its visitor.
   *
   * @return empty for what the visitor has not got or is not to see
   */
  Optional<VisitorMessage> of(MessageRecord message) {
    if (!isVisible(message)) {
      return Optional.empty();
    }
    boolean in = message.direction() == Direction.IN;
    List<File> shown = in ? inFiles(message) : outFiles(message);
    List<Choice> choices = choices(message);
    return Optional.of(
        new VisitorMessage(
            message.id(),
            message.receivedAt().toEpochMilli(),
            in ? message.externalId().map(ExternalId::value).orElse(null) : null,
            in ? "visitor" : "agent",
            text(message),
            message.occurredAt(),
            message.state().orElse(DeliveryState.SENT).name().toLowerCase(Locale.ROOT),
            shown.isEmpty() ? null : shown,
            choices.isEmpty() ? null : choices,
            in && message.content().orElse(null) instanceof Content.ButtonReply
                ? message.replyTo().map(ExternalId::value).orElse(null)
                : null));
  }

  /** Notes are for agents; what is not sent yet, or was refused, the visitor has not got. */
  static boolean isVisible(MessageRecord message) {
    return switch (message.direction()) {
      case IN -> true;
      case OUT -> {
        DeliveryState state = message.state().orElse(DeliveryState.QUEUED);
        yield state != DeliveryState.QUEUED && state != DeliveryState.FAILED;
      }
      case NOTE -> false;
    };
  }

  /** What was said. */
  static String text(MessageRecord message) {
    return message
        .content()
        .map(VisitorMessages::said)
        .or(() -> message.outbound().map(VisitorMessages::said))
        .orElse(message.text());
  }

  /** The names of the files of a message. */
  static List<String> fileNames(MessageRecord message) {
    return Stream.concat(
            media(message).map(media -> media.fileName().orElse(media.reference())),
            outgoing(message).map(OutboundContent.File::fileName))
        .toList();
  }

  static Stream<OutboundContent.File> outgoing(MessageRecord message) {
    return message.outbound().orElse(null) instanceof OutboundContent.Media media
        ? media.files().stream()
        : Stream.empty();
  }

  static Stream<Content.Media> media(Content content) {
    return switch (content) {
      case Content.Media media -> Stream.of(media);
      case Content.Several several -> several.parts().stream().flatMap(VisitorMessages::media);
      default -> Stream.empty();
    };
  }

  private static Stream<Content.Media> media(MessageRecord message) {
    return message.content().stream().flatMap(VisitorMessages::media);
  }

  private static String said(Content content) {
    return switch (content) {
      case Content.Text text -> text.body();
      case Content.Media media -> media.caption().orElse("");
      case Content.ButtonReply button -> button.title();
      case Content.Several several ->
          several.parts().stream()
              .map(VisitorMessages::said)
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining("\n"));
      // Answers to our own questions are the agent's.
      default -> "";
    };
  }

  private static String said(OutboundContent content) {
    return switch (content) {
      case OutboundContent.Text text -> text.body();
      case OutboundContent.Template template -> template.rendering();
      case OutboundContent.Media media -> media.caption().orElse("");
      case OutboundContent.Choices question -> question.body();
      case OutboundContent.Reaction reaction -> reaction.emoji().orElse("");
    };
  }

  private List<File> inFiles(MessageRecord message) {
    return media(message)
        .map(
            media ->
                Optional.ofNullable(files.getIfAvailable())
                    .flatMap(all -> all.own(message.address(), media.reference()))
                    .map(File::of)
                    .orElseGet(
                        () ->
                            new File(
                                media.fileName().orElse(""),
                                media.mimeType().orElse(""),
                                media.size().orElse(0),
                                null,
                                null)))
        .toList();
  }

  private List<File> outFiles(MessageRecord message) {
    return outgoing(message)
        .map(
            file ->
                Optional.ofNullable(files.getIfAvailable())
                    .flatMap(all -> all.sent(file))
                    .map(File::of)
                    .orElseGet(
                        () -> new File(file.fileName(), file.mimeType(), file.size(), null, null)))
        .toList();
  }

  private static List<Choice> choices(MessageRecord message) {
    return message.outbound().orElse(null) instanceof OutboundContent.Choices question
        ? question.choices().stream()
            .map(
                choice ->
                    new Choice(choice.payload(), choice.title(), choice.description().orElse(null)))
            .toList()
        : List.of();
  }
}
