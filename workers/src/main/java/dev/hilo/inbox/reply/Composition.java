package dev.hilo.inbox.reply;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.ChoiceLimits;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import dev.hilo.channel.TemplateChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Makes the messages of an answer, as the channel can take them. */
@Component
class Composition {

  /** What stands for the name of a customer whom we do not know by name. */
  private static final String NO_NAME = "👋";

  private final TemplateRegistry templates;

  Composition(TemplateRegistry templates) {
    this.templates = templates;
  }

  /**
   * The messages, in the order they are sent.
   *
   * @param customerName fills the first placeholder of a template
   * @param last the customer's last message on this channel, which a reaction goes to
   * @return empty if there is nothing to send
   */
  List<OutboundContent> compose(
      Answer answer,
      Channel channel,
      AccountId account,
      Optional<String> customerName,
      Optional<ExternalId> last) {
    Capabilities can = channel.capabilities();
    List<OutboundContent> messages = new ArrayList<>();
    if (answer.template().isPresent()) {
      template(answer.template().get(), channel, account, customerName).ifPresent(messages::add);
      return messages;
    }
    if (can.abilities().contains(Ability.REACTIONS_OUT)) {
      answer
          .reaction()
          .flatMap(emoji -> last.map(id -> new OutboundContent.Reaction(id, Optional.of(emoji))))
          .ifPresent(messages::add);
    }
    boolean together =
        can.abilities().contains(Ability.CAPTIONS)
            && !answer.files().isEmpty()
            && answer.files().size() <= can.filesPerMessage()
            && answer.choices().isEmpty()
            && can.filesPerMessage() > 1;
    if (together) {
      Optional<String> caption = Optional.of(answer.text().strip()).filter(t -> !t.isEmpty());
      messages.add(new OutboundContent.Media(answer.files(), caption));
      return messages;
    }
    messages.addAll(texts(answer, can));
    for (OutboundContent.File file : answer.files()) {
      messages.add(new OutboundContent.Media(List.of(file), Optional.empty()));
    }
    return messages;
  }

  private static List<OutboundContent> texts(Answer answer, Capabilities can) {
    String text = answer.text().strip();
    if (answer.choices().isEmpty()) {
      return TextParts.of(text, can.maxTextLength()).stream()
          .<OutboundContent>map(OutboundContent.Text::new)
          .toList();
    }
    if (can.choices().filter(limits -> fits(answer, text, limits)).isPresent()) {
      List<Choice> choices =
          answer.choices().stream()
              .map(title -> new Choice(title, title, Optional.empty()))
              .toList();
      return List.of(new OutboundContent.Choices(text, choices, Optional.empty()));
    }
    String numbered =
        IntStream.range(0, answer.choices().size())
            .mapToObj(i -> "\n" + (i + 1) + ". " + answer.choices().get(i))
            .reduce(text, String::concat);
    return TextParts.of(numbered, can.maxTextLength()).stream()
        .<OutboundContent>map(OutboundContent.Text::new)
        .toList();
  }

  private static boolean fits(Answer answer, String text, ChoiceLimits limits) {
    return !text.isEmpty()
        && text.length() <= limits.body()
        && answer.choices().size() <= limits.choices()
        && answer.choices().stream().allMatch(title -> title.length() <= limits.title())
        && answer.choices().stream().distinct().count() == answer.choices().size();
  }

  private Optional<OutboundContent> template(
      String wanted, Channel channel, AccountId account, Optional<String> customerName) {
    if (!(channel instanceof TemplateChannel)) {
      return Optional.empty();
    }
    return templates.approved(channel.type(), account).stream()
        .filter(known -> (known.name() + ":" + known.language()).equals(wanted))
        .findFirst()
        .map(
            known -> {
              // The first placeholder is the customer's name; a template that needs more is not
              // offered.
              List<String> used =
                  List.of(customerName.orElse(NO_NAME)).subList(0, known.parameterCount());
              return new OutboundContent.Template(
                  known.name(), known.language(), used, known.render(used));
            });
  }
}
