package dev.hilo.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Content;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.MediaChannel.Request;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFetcherTest {

  private static final String PHOTO = "https://scontent.xx.fbcdn.net/v/a.jpg?oh=1";

  private final ByteArrayOutputStream to = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        PHOTO,
        "HTTPS://SCONTENT.XX.FBCDN.NET/v/a.jpg",
        "https://fbcdn.net:443/a",
        "https://cdn.fbsbx.com/v/f.pdf",
        "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1",
        "https://scontent.cdninstagram.com/v/a.jpg",
        "http://localhost:8095/cdn/1",
        "https://stand-in.example/cdn/1",
        "http://stand-in.example:9000/cdn/1"
      })
  void shouldFetchFromTheProvidersHosts(String address) {
    ScriptedHttp http = ScriptedHttp.answering(answered(200, "bytes", "Content-Type", "image/png"));
    // when
    Fetched fetched = fetcher(http).fetch(request(address, 100), to);
    // then
    assertThat(fetched)
        .isEqualTo(new Fetched.Complete(Optional.of("image/png"), Optional.of("a.pdf")));
    assertThat(to.toString(StandardCharsets.UTF_8)).isEqualTo("bytes");
    assertThat(http.calls().getFirst().headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://scontent.xx.fbcdn.net/v/a.jpg",
        "https://scontent.xx.fbcdn.net:8443/v/a.jpg",
        "https://evilfbcdn.net/a",
        "https://fbcdn.net.example.org/a",
        "https://user@scontent.xx.fbcdn.net/a",
        "https://scontent.xx.fbcdn.net@169.254.169.254/a",
        "https://169.254.169.254/latest/meta-data",
        "http://localhost:9200/_search",
        "http://localhost/a",
        "http://[::1]:8095/a",
        "file:///etc/passwd",
        "https://scontent.xx.fbcdn.net\\@localhost/",
        "//scontent.xx.fbcdn.net/a",
        "IMAGE_URL",
        "http://",
        ""
      })
  void shouldAskNobodyElse(String address) {
    assertThat(fetcher(ScriptedHttp.silent()).fetch(request(address, 100), to))
        .isInstanceOf(Fetched.Gone.class);
  }

  @Test
  void shouldFollowRedirectsOnlyToTheProvidersHosts() {
    // given
    ScriptedHttp inside =
        ScriptedHttp.answering(
            answered(302, "", "Location", "https://video.xx.fbcdn.net/b.mp4"),
            answered(301, "", "Location", "/c.mp4"),
            answered(200, "film", "Content-Type", "video/mp4"));
    ScriptedHttp outside =
        ScriptedHttp.answering(answered(302, "", "Location", "http://169.254.169.254/"));
    Answered round = answered(302, "", "Location", PHOTO);
    // then
    assertThat(fetcher(inside).fetch(request(PHOTO, 100), to)).isInstanceOf(Fetched.Complete.class);
    assertThat(inside.calls().getLast().uri()).hasToString("https://video.xx.fbcdn.net/c.mp4");
    assertThat(fetcher(outside).fetch(request(PHOTO, 100), to)).isInstanceOf(Fetched.Gone.class);
    assertThat(outside.calls()).hasSize(1);
    assertThat(
            fetcher(ScriptedHttp.answering(round, round, round, round))
                .fetch(request(PHOTO, 100), to))
        .isInstanceOf(Fetched.Gone.class);
  }

  @Test
  void shouldTellGoneFromLaterFromTooLarge() {
    for (int status : List.of(400, 403, 404, 410)) {
      assertThat(
              fetcher(ScriptedHttp.answering(answered(status, "", "X", "y")))
                  .fetch(request(PHOTO, 100), to))
          .isEqualTo(new Fetched.Gone("answer " + status));
    }
    for (int status : List.of(429, 500, 503)) {
      assertThat(
              fetcher(ScriptedHttp.answering(answered(status, "", "X", "y")))
                  .fetch(request(PHOTO, 100), to))
          .isInstanceOf(Fetched.RetryLater.class);
    }
    for (Outcome outcome : List.of(new Outcome.NotSent("x"), new Outcome.AnswerLost("y"))) {
      assertThat(fetcher(ScriptedHttp.answering(outcome)).fetch(request(PHOTO, 100), to))
          .isInstanceOf(Fetched.RetryLater.class);
    }
    assertThat(
            fetcher(ScriptedHttp.answering(answered(200, "12345", "X", "y")))
                .fetch(request(PHOTO, 4), to))
        .isInstanceOf(Fetched.TooLarge.class);
  }

  @Test
  void shouldNotCopyWhatTheProviderOnlyLinks() {
    Content.Media story =
        new Content.Media(
            Content.Media.Form.IMAGE,
            PHOTO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.of(new Content.LinkOnly(PHOTO, Optional.empty())));
    assertThat(
            fetcher(ScriptedHttp.silent())
                .fetch(new Request(new AccountId("1"), story, 100, Optional.empty()), to))
        .isInstanceOf(Fetched.Gone.class);
  }

  private static MediaFetcher fetcher(ScriptedHttp http) {
    return new MediaFetcher(http, List.of("localhost:8095", "stand-in.example"));
  }

  private static Request request(String address, long maxBytes) {
    return new Request(
        new AccountId("1"),
        new Content.Media(
            Content.Media.Form.DOCUMENT,
            address,
            Optional.empty(),
            Optional.of("a.pdf"),
            Optional.empty(),
            OptionalLong.empty()),
        maxBytes,
        Optional.empty());
  }

  private static Answered answered(int status, String body, String header, String value) {
    return new Answered(status, Map.of(header, value), body.getBytes(StandardCharsets.UTF_8));
  }
}
