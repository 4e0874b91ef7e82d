package dev.hilo.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.OutboundContent.Choices;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A question with answers: quick replies where they fit, numbered lines where they do not.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/send-messages/quick-replies, read
 * 2026-11-20.
 */
final class ChoiceBodies {

  private static final int MOST = 13;
  private static final int LONGEST_TITLE = 20;
  private static final int LONGEST_PAYLOAD = 1000;

  private final Capabilities capabilities;

  ChoiceBodies(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  /** Why a question cannot be asked at all. */
  Optional<String> problem(Choices asked) {
    String text = fits(asked) ? question(asked) : numbered(asked);
    if (asked.choices().isEmpty() || text.isBlank()) {
      return Optional.of("expected a question with at least one answer");
    }
    Capabilities.Limit limit = capabilities.maxTextLength();
    return limit.isExceededBy(text)
        ? Optional.of("the question has more than " + limit.value() + " " + limit.unit())
        : Optional.empty();
  }

  /** The {@code message}. */
  ObjectNode of(Choices asked) {
    ObjectNode message = GraphCalls.object();
    if (!fits(asked)) {
      return message.put("text", numbered(asked));
    }
    message.put("text", question(asked));
    ArrayNode replies = message.putArray("quick_replies");
    for (Choice choice : asked.choices()) {
      replies
          .addObject()
          .put("content_type", "text")
          .put("title", choice.title())
          .put("payload", choice.payload());
    }
    return message;
  }

  private static boolean fits(Choices asked) {
    return asked.choices().size() <= MOST
        && !asked.body().isBlank()
        && asked.choices().stream()
            .allMatch(
                choice ->
                    !choice.title().isBlank()
                        && choice.title().length() <= LONGEST_TITLE
                        && !choice.payload().isBlank()
                        && choice.payload().length() <= LONGEST_PAYLOAD);
  }

  /** Quick replies have no room for descriptions: they stand below the question. */
  private static String question(Choices asked) {
    String descriptions =
        asked.choices().stream()
            .filter(choice -> choice.description().isPresent())
            .map(choice -> "\n" + line(choice))
            .collect(Collectors.joining());
    return asked.body() + (descriptions.isEmpty() ? "" : "\n" + descriptions);
  }

  private static String numbered(Choices asked) {
    List<Choice> choices = asked.choices();
    return asked.body()
        + "\n"
        + IntStream.range(0, choices.size())
            .mapToObj(i -> "\n" + (i + 1) + ". " + line(choices.get(i)))
            .collect(Collectors.joining());
  }

  private static String line(Choice choice) {
    return choice.title() + choice.description().map(text -> ": " + text).orElse("");
  }
}
