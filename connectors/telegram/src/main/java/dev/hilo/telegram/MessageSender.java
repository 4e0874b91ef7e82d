package dev.hilo.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes one call for each message.
 *
 * <p>Source: core.telegram.org/bots/api#available-methods, by excerpts.
 */
final class MessageSender {

  /** Source: core.telegram.org/bots/api#sendphoto, after entities parsing; we send no entities. */
  private static final int LONGEST_CAPTION = 1024;

  /** Source: core.telegram.org/bots/api#inlinekeyboardbutton; bytes. */
  private static final int LONGEST_PAYLOAD = 64;

  /** A method that sends a file, and the name of the file's field. */
  private record FileMethod(String name, String field) {}

  private final TelegramSettings settings;
  private final Capabilities capabilities;
  private final OutgoingFiles files;
  private final BotApi api;
  private final Answers answers;

  MessageSender(
      TelegramSettings settings, Capabilities capabilities, OutgoingFiles files, BotApi api) {
    this.settings = settings;
    this.capabilities = capabilities;
    this.files = files;
    this.api = api;
    this.answers = new Answers(settings);
  }

  SendResult send(OutboundMessage message) {
    Optional<TelegramSettings.Bot> bot = settings.bot(message.account());
    if (bot.isEmpty()) {
      return rejected(DeliveryError.ACCOUNT_RESTRICTED, "the account is not among the settings");
    }
    Optional<String> chat = Chat.of(message.to());
    if (chat.isEmpty()) {
      return rejected(DeliveryError.RECIPIENT_UNREACHABLE, "the address is no Telegram person's");
    }
    return switch (message.content()) {
      case OutboundContent.Text text -> sendText(bot.get(), chat.get(), message, text.body());
      case OutboundContent.Choices choices -> ask(bot.get(), chat.get(), message, choices);
      case OutboundContent.Media media -> sendFile(bot.get(), chat.get(), message, media);
      case OutboundContent.Reaction reaction -> react(bot.get(), chat.get(), reaction);
      case OutboundContent.Template template ->
          rejected(DeliveryError.TEMPLATE_REJECTED, "there are no templates on this channel");
    };
  }

  private SendResult sendText(
      TelegramSettings.Bot bot, String chat, OutboundMessage message, String text) {
    return textProblem(text)
        .orElseGet(
            () ->
                answers.sent(
                    api.call(bot, "sendMessage", body(chat, message).put("text", text)), chat));
  }

  private Optional<SendResult> textProblem(String text) {
    if (text.isBlank()) {
      return Optional.of(rejected(DeliveryError.CONTENT_REJECTED, "the text is empty"));
    }
    Capabilities.Limit limit = capabilities.maxTextLength();
    return limit.isExceededBy(text)
        ? Optional.of(
            rejected(
                DeliveryError.CONTENT_REJECTED,
                "the text has more than " + limit.value() + " " + limit.unit()))
        : Optional.empty();
  }

  /** Buttons below the question, one a row; what does not fit is written as numbered lines. */
  private SendResult ask(
      TelegramSettings.Bot bot, String chat, OutboundMessage message, Choices asked) {
    if (!fits(asked)) {
      return sendText(bot, chat, message, numbered(asked));
    }
    String descriptions =
        asked.choices().stream()
            .filter(choice -> choice.description().isPresent())
            .map(choice -> "\n" + line(choice))
            .collect(Collectors.joining());
    String text = asked.body() + (descriptions.isEmpty() ? "" : "\n" + descriptions);
    Optional<SendResult> problem = textProblem(text);
    if (problem.isPresent()) {
      return problem.get();
    }
    ObjectNode body = body(chat, message).put("text", text);
    ArrayNode rows = body.putObject("reply_markup").putArray("inline_keyboard");
    for (Choice choice : asked.choices()) {
      rows.addArray()
          .addObject()
          .put("text", choice.title())
          .put("callback_data", choice.payload());
    }
    return answers.sent(api.call(bot, "sendMessage", body), chat);
  }

  private boolean fits(Choices asked) {
    int most = capabilities.choices().map(Capabilities.ChoiceLimits::choices).orElse(0);
    int longest = capabilities.choices().map(Capabilities.ChoiceLimits::title).orElse(0);
    return !asked.choices().isEmpty()
        && asked.choices().size() <= most
        && asked.choices().stream()
            .allMatch(
                choice ->
                    !choice.title().isBlank()
                        && choice.title().length() <= longest
                        && !choice.payload().isEmpty()
                        && choice.payload().getBytes(StandardCharsets.UTF_8).length
                            <= LONGEST_PAYLOAD);
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

  private SendResult sendFile(
      TelegramSettings.Bot bot, String chat, OutboundMessage message, OutboundContent.Media media) {
    Optional<String> problem = fileProblem(media);
    if (problem.isPresent()) {
      return rejected(DeliveryError.CONTENT_REJECTED, problem.get());
    }
    OutboundContent.File file = media.files().getFirst();
    FileMethod method = methodFor(file);
    Map<String, String> fields = new LinkedHashMap<>();
    body(chat, message)
        .properties()
        .forEach(
            field ->
                fields.put(
                    field.getKey(),
                    field.getValue().isTextual()
                        ? field.getValue().textValue()
                        : field.getValue().toString()));
    media.caption().ifPresent(caption -> fields.put("caption", caption));
    Multipart form = new Multipart(fields, method.field(), file, files);
    return answers.sent(api.upload(bot, method.name(), form), chat);
  }

  private Optional<String> fileProblem(OutboundContent.Media media) {
    if (media.files().size() != 1) {
      return Optional.of("expected one file, got " + media.files().size());
    }
    OutboundContent.File file = media.files().getFirst();
    Capabilities.FileLimit limit = capabilities.files().get(file.form());
    if (limit == null || !limit.takes(file.mimeType())) {
      return Optional.of("a file of the type " + file.mimeType() + " may not be sent so");
    }
    if (file.size() > limit.maxBytes()) {
      return Optional.of("the file has more than " + limit.maxBytes() + " bytes");
    }
    if (file.form() == Form.STICKER && media.caption().isPresent()) {
      return Optional.of("a sticker carries no text");
    }
    return media.caption().filter(caption -> caption.length() > LONGEST_CAPTION).isPresent()
        ? Optional.of("the caption has more than " + LONGEST_CAPTION + " UTF-16 units")
        : Optional.empty();
  }

  private static FileMethod methodFor(OutboundContent.File file) {
    return switch (file.form()) {
      case IMAGE ->
          file.mimeType().startsWith("image/gif")
              ? new FileMethod("sendAnimation", "animation")
              : new FileMethod("sendPhoto", "photo");
      case AUDIO ->
          file.mimeType().startsWith("audio/ogg")
              ? new FileMethod("sendVoice", "voice")
              : new FileMethod("sendAudio", "audio");
      case VIDEO -> new FileMethod("sendVideo", "video");
      case DOCUMENT -> new FileMethod("sendDocument", "document");
      case STICKER -> new FileMethod("sendSticker", "sticker");
    };
  }

  private SendResult react(
      TelegramSettings.Bot bot, String chat, OutboundContent.Reaction reaction) {
    Optional<Long> number = Chat.messageNumber(reaction.message(), chat);
    if (number.isEmpty()) {
      return rejected(DeliveryError.CONTENT_REJECTED, "there is nothing to react to");
    }
    ObjectNode body = BotApi.object().put("chat_id", chat).put("message_id", number.get());
    ArrayNode reactions = body.putArray("reaction");
    reaction
        .emoji()
        .ifPresent(emoji -> reactions.addObject().put("type", "emoji").put("emoji", emoji));
    return answers.acted(api.call(bot, "setMessageReaction", body), reaction.message());
  }

  /** Where it goes, and what it quotes; a quoted message that is gone does not hold it up. */
  private static ObjectNode body(String chat, OutboundMessage message) {
    ObjectNode body = BotApi.object().put("chat_id", chat);
    message
        .replyTo()
        .flatMap(quoted -> Chat.messageNumber(quoted, chat))
        .ifPresent(
            number ->
                body.putObject("reply_parameters")
                    .put("message_id", number)
                    .put("allow_sending_without_reply", true));
    return body;
  }

  private static SendResult rejected(DeliveryError error, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, "", detail));
  }
}
