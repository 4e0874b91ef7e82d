package dev.hilo.telegram;

import static dev.hilo.telegram.Samples.BOT;
import static dev.hilo.telegram.Samples.answer;
import static dev.hilo.telegram.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.Content;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.MediaChannel.Request;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Fetching customers' files, and how a bot is. */
class AccountTest {

  private static final String ME = "{\"ok\":true,\"result\":{\"id\":700000001,\"is_bot\":true}}";

  private static TelegramChannel channel(ScriptedHttp http) {
    return (TelegramChannel)
        new TelegramProvider()
            .create(
                Samples.settings(),
                new ChannelContext(http, Clock.fixed(Samples.NOW, ZoneOffset.UTC)));
  }

  private static Fetched fetch(MediaChannel channel, ByteArrayOutputStream to) {
    Content.Media media =
        new Content.Media(
            Content.Media.Form.DOCUMENT,
            "BQAC-1",
            Optional.of("application/pdf"),
            Optional.of("factura.pdf"),
            Optional.empty(),
            OptionalLong.empty());
    return channel.fetch(new Request(BOT, media, 100, Optional.empty()), to);
  }

  private static Fetched fetch(Outcome... outcomes) {
    return fetch(channel(ScriptedHttp.answering(outcomes)), new ByteArrayOutputStream());
  }

  private static Outcome located(String path, int size) {
    return answer(
        200,
        "{\"ok\":true,\"result\":{\"file_id\":\"BQAC-1\",\"file_size\":"
            + size
            + ",\"file_path\":\""
            + path
            + "\"}}");
  }

  @Test
  void shouldFetchAFileFromWhereTheProviderSays() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(located("documents/file_7.pdf", 5), answer(200, "bytes"));
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    // when
    Fetched fetched = fetch(channel(http), to);
    // then
    assertThat(fetched)
        .isEqualTo(
            new Fetched.Complete(Optional.of("application/pdf"), Optional.of("factura.pdf")));
    assertThat(to).hasToString("bytes");
    assertThat(http.calls().getLast().uri())
        .hasToString("https://api.telegram.org/file/bot" + Samples.TOKEN + "/documents/file_7.pdf");
  }

  @Test
  void shouldTellFailuresOfFetchingApart() {
    assertThat(fetch(refused(400, "Bad Request: file is too big")))
        .isInstanceOf(Fetched.TooLarge.class);
    assertThat(fetch(located("documents/a", 101))).isInstanceOf(Fetched.TooLarge.class);
    assertThat(fetch(located("documents/a", 5), answer(200, "x".repeat(101))))
        .isInstanceOf(Fetched.TooLarge.class);
    assertThat(fetch(refused(400, "Bad Request: wrong file_id or the file is temporarily gone")))
        .isInstanceOf(Fetched.RetryLater.class);
    assertThat(fetch(refused(400, "Bad Request: invalid file_id")))
        .isInstanceOf(Fetched.Gone.class);
    assertThat(fetch(refused(401, "Unauthorized"))).isInstanceOf(Fetched.Denied.class);
    assertThat(fetch(refused(429, "Too Many Requests"))).isInstanceOf(Fetched.RetryLater.class);
    assertThat(fetch(refused(500, "Internal"))).isInstanceOf(Fetched.RetryLater.class);
    assertThat(fetch(new Outcome.NotSent("refused"))).isInstanceOf(Fetched.RetryLater.class);
    assertThat(fetch(located("documents/a", 5), refused(404, "Not Found")))
        .isInstanceOf(Fetched.Gone.class);
  }

  @Test
  void shouldNotFollowAPathOutOfItsPlace() {
    assertThat(fetch(located("../700000002:x/getMe", 5))).isInstanceOf(Fetched.RetryLater.class);
    assertThat(fetch(located("a?b=c", 5))).isInstanceOf(Fetched.RetryLater.class);
  }

  private static Health health(Outcome... outcomes) {
    return ((CheckedChannel) channel(ScriptedHttp.answering(outcomes))).check(BOT);
  }

  @Test
  void shouldBeWellWhenTheWebhookIsSet() {
    Health health =
        health(
            answer(200, ME),
            answer(
                200,
                """
                {"ok":true,"result":{"url":"https://hilo.example/webhooks/telegram/700000001",
                  "pending_update_count":0,"last_error_date":1700000000,
                  "last_error_message":"long ago","allowed_updates":["message","edited_message",
                  "callback_query","message_reaction","my_chat_member"]}}"""));
    assertThat(health).isEqualTo(new Health(true, Optional.empty(), java.util.List.of()));
  }

  @Test
  void shouldSayWhatIsWrongWithTheWebhook() {
    Health failing =
        health(
            answer(200, ME),
            answer(
                200,
                """
                {"ok":true,"result":{"url":"https://hilo.example/webhooks/telegram/700000001",
                  "pending_update_count":240,"last_error_date":%d,
                  "last_error_message":"Wrong response from the webhook: 502 Bad Gateway"}}"""
                    .formatted(Samples.NOW.getEpochSecond() - 60)));
    assertThat(failing.connected()).isTrue();
    assertThat(failing.findings().stream().map(Finding::detail))
        .containsExactly(
            "a delivery failed at 2026-11-20T11:59:00Z: Wrong response from the webhook: 502 Bad"
                + " Gateway",
            "240 updates wait for delivery",
            "not among the webhook's allowed_updates: message_reaction");
    Health none = health(answer(200, ME), answer(200, "{\"ok\":true,\"result\":{\"url\":\"\"}}"));
    assertThat(none.connected()).isFalse();
  }

  @Test
  void shouldSayThatTheTokenIsGone() {
    Health health = health(refused(401, "Unauthorized"));
    assertThat(health.connected()).isFalse();
    assertThat(health.findings().getFirst().aspect()).isEqualTo(Aspect.CREDENTIALS);
    assertThat(health.findings().getFirst().level()).isEqualTo(Level.BAD);
  }

  @Test
  void shouldSayThatNobodyAnswers() {
    assertThat(health(new Outcome.NotSent("no connection")).findings().getFirst().aspect())
        .isEqualTo(Aspect.CONNECTION);
    assertThat(health(refused(500, "Internal")).connected()).isFalse();
  }
}
