package dev.hilo.telegram;

import dev.hilo.channel.Content;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.MediaChannel.Request;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fetches a customer's file: {@code getFile} tells where it is, for an hour, if it has at most 20
 * MB.
 *
 * <p>Source: core.telegram.org/bots/api#getfile, by excerpts.
 */
final class FileDownload {

  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_./-]{0,500}");
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TelegramSettings settings;
  private final BotApi api;

  FileDownload(TelegramSettings settings, BotApi api) {
    this.settings = settings;
    this.api = api;
  }

  Fetched fetch(Request request, OutputStream to) {
    Optional<TelegramSettings.Bot> bot = settings.bot(request.account());
    if (bot.isEmpty()) {
      return new Fetched.Denied("the account is not among the settings");
    }
    Content.Media media = request.media();
    Outcome asked =
        api.call(bot.get(), "getFile", BotApi.object().put("file_id", media.reference()));
    if (!(asked instanceof Answered answered) || answered.status() != 200) {
      return failed(asked);
    }
    Part file = Part.of(answered.body()).part("result");
    if (file.count("file_size").orElse(0) > request.maxBytes()) {
      return tooLarge(request.maxBytes());
    }
    Optional<String> path =
        file.id("file_path").filter(it -> PATH.matcher(it).matches() && !it.contains(".."));
    if (path.isEmpty()) {
      return new Fetched.RetryLater("the provider does not say where the file is", SOON);
    }
    Outcome fetched = api.download(bot.get(), path.get(), request.maxBytes(), to);
    return fetched instanceof Answered done && done.status() / 100 == 2
        // The server calls every file a stream of bytes: what the message said is better.
        ? new Fetched.Complete(
            media.mimeType().or(() -> done.header("Content-Type")), media.fileName())
        : failed(fetched);
  }

  private Fetched failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotSent notSent -> later(notSent.detail(), SOON);
      case Outcome.AnswerLost lost -> later(lost.detail(), SOON);
      case Outcome.TooLarge tooLarge -> tooLarge(tooLarge.maxBytes());
      case Answered answered -> refused(answered);
    };
  }

  private Fetched refused(Answered answered) {
    Part body = Part.of(answered.body());
    String description = body.text("description").orElse("").toLowerCase(Locale.ROOT);
    String detail = settings.redacted("answer " + answered.status() + " " + description);
    return switch (answered.status()) {
      case 429 -> later(detail, Answers.bounded(Answers.retryAfter(answered, body)));
      case 401, 403 -> new Fetched.Denied(detail);
      case 404 -> new Fetched.Gone(detail);
      case 400 ->
          description.contains("too big")
              ? new Fetched.TooLarge("it is larger than a bot may fetch (20 MB)")
              : description.contains("temporarily")
                  ? later(detail, SOON)
                  : new Fetched.Gone(detail);
      default ->
          answered.status() >= 500 || answered.status() / 100 == 2
              ? later(detail, SOON)
              : new Fetched.Gone(detail);
    };
  }

  private Fetched later(String detail, Duration after) {
    return new Fetched.RetryLater(settings.redacted(detail), after);
  }

  private static Fetched tooLarge(long maxBytes) {
    return new Fetched.TooLarge("it has more than " + maxBytes + " bytes");
  }
}
