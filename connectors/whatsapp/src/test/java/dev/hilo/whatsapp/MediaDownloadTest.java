package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.graphError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers' files: the address first, then the bytes, and the token nowhere else. */
class MediaDownloadTest {

  private static final String LOOKASIDE =
      "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=900";

  /** SHA-256 of {@code bytes}. */
  private static final String HEX =
      "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9";

  private static final String BASE64 = "J3CJ2RwL308uaGK6fkoHYFEZQx9dE/cm3TUrBvGyBqk=";
  private static final Answered BYTES =
      new Answered(200, Map.of(), "bytes".getBytes(StandardCharsets.UTF_8));

  private final ByteArrayOutputStream got = new ByteArrayOutputStream();

  private static Answered address(String url, String more) {
    return answer(
        200,
        "{\"messaging_product\":\"whatsapp\",\"url\":\""
            + url
            + "\",\"mime_type\":\"image/jpeg\",\"id\":\"900\""
            + more
            + "}");
  }

  private Fetched fetch(ScriptedHttp http) {
    return fetch(http, Samples.ACCOUNT, "900");
  }

  private Fetched fetch(ScriptedHttp http, AccountId account, String reference) {
    Content.Media media =
        new Content.Media(
            Form.IMAGE,
            reference,
            Optional.empty(),
            Optional.of("foto.jpg"),
            Optional.empty(),
            OptionalLong.empty());
    return ((MediaChannel) Samples.channel(http))
        .fetch(new MediaChannel.Request(account, media, 1000, Optional.empty()), got);
  }

  @Test
  void shouldAskForTheAddressThenForTheBytes() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            address(LOOKASIDE, ",\"file_size\":5,\"sha256\":\"" + HEX + "\""), BYTES);
    // when
    Fetched fetched = fetch(http);
    // then
    assertThat(fetched)
        .isEqualTo(new Fetched.Complete(Optional.of("image/jpeg"), Optional.of("foto.jpg")));
    assertThat(got.toString(StandardCharsets.UTF_8)).isEqualTo("bytes");
    assertThat(http.calls().stream().map(call -> call.uri().toString()))
        .containsExactly("http://localhost:8095/v25.0/900?phone_number_id=1000000001", LOOKASIDE);
    for (Call call : http.calls()) {
      assertThat(call.method()).isEqualTo("GET");
      assertThat(call.headers()).containsEntry("Authorization", "Bearer demo-access-token");
    }
  }

  @Test
  void shouldAskForANewAddressWhenItHasExpired() {
    // given
    Answered expired = answer(404, "");
    ScriptedHttp http =
        ScriptedHttp.answering(
            address(LOOKASIDE, ""), expired, address(LOOKASIDE + "&again", ""), BYTES);
    // when
    Fetched fetched = fetch(http);
    // then
    assertThat(fetched).isInstanceOf(Fetched.Complete.class);
    assertThat(http.calls().getLast().uri()).hasToString(LOOKASIDE + "&again");
  }

  @Test
  void shouldGiveUpWhenTheNewAddressDoesNotWorkEither() {
    Answered expired = answer(404, "");
    assertThat(
            fetch(
                ScriptedHttp.answering(
                    address(LOOKASIDE, ""), expired, address(LOOKASIDE, ""), expired)))
        .isInstanceOf(Fetched.Gone.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.org/whatsapp_business/attachments/?mid=900",
        "https://lookaside.fbsbx.com.evil.example.org/x",
        "https://lookaside.fbsbx.com@evil.example.org/x",
        "https://user@lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "http://lookaside.fbsbx.com/x",
        "http://localhost:8096/v25.0/file",
        "https://localhost:8095/v25.0/file",
        "file:///etc/passwd",
        "not an address",
        ""
      })
  void shouldNotTellTheTokenToAnyOtherHost(String url) {
    // given
    ScriptedHttp http = ScriptedHttp.answering(address(url, ""));
    // when
    Fetched fetched = fetch(http);
    // then
    assertThat(fetched).isInstanceOf(Fetched.RetryLater.class);
    assertThat(http.calls()).hasSize(1);
  }

  @Test
  void shouldFetchFromTheHostOfTheGraphApi() {
    assertThat(
            fetch(
                ScriptedHttp.answering(
                    address("http://localhost:8095/media/900?token=1", ""), BYTES)))
        .isInstanceOf(Fetched.Complete.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"file_size\":1001", ",\"file_size\":\"1001\""})
  void shouldNotFetchWhatIsTooLarge(String size) {
    // given
    ScriptedHttp http = ScriptedHttp.answering(address(LOOKASIDE, size));
    // when
    Fetched fetched = fetch(http);
    // then
    assertThat(fetched).isInstanceOf(Fetched.TooLarge.class);
    assertThat(http.calls()).hasSize(1);
  }

  @Test
  void shouldStopWhenTheBytesAreMoreThanWanted() {
    assertThat(
            fetch(
                ScriptedHttp.answering(
                    address(LOOKASIDE, ""), new Answered(200, Map.of(), new byte[1001]))))
        .isInstanceOf(Fetched.TooLarge.class);
  }

  @Test
  void shouldCheckTheBytesAgainstTheirDigest() {
    for (String digest : new String[] {HEX, HEX.toUpperCase(java.util.Locale.ROOT), BASE64}) {
      assertThat(
              fetch(
                  ScriptedHttp.answering(
                      address(LOOKASIDE, ",\"sha256\":\"" + digest + "\""), BYTES)))
          .as(digest)
          .isInstanceOf(Fetched.Complete.class);
    }
    assertThat(
            fetch(
                ScriptedHttp.answering(
                    address(LOOKASIDE, ",\"sha256\":\"" + HEX.replace('2', '3') + "\""), BYTES)))
        .isEqualTo(
            new Fetched.RetryLater(
                "the bytes are not those that were announced", Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "401, 190, Denied",
    "403, 10, Denied",
    "400, 131031, Denied",
    "400, 100, Gone",
    "400, 33, Gone",
    "400, 131052, Gone",
    "404, 999, Gone",
    "400, 4, RetryLater",
    "500, 1, RetryLater",
    "503, 999, RetryLater"
  })
  void shouldTellWhyThereIsNoAddress(int status, int code, String expected) {
    assertThat(fetch(ScriptedHttp.answering(graphError(status, code, "words"))))
        .extracting(fetched -> fetched.getClass().getSimpleName())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "401, Denied",
    "403, Denied",
    "410, Gone",
    "302, RetryLater",
    "429, RetryLater",
    "500, RetryLater"
  })
  void shouldTellWhyThereAreNoBytes(int status, String expected) {
    assertThat(fetch(ScriptedHttp.answering(address(LOOKASIDE, ""), answer(status, "<html>"))))
        .extracting(fetched -> fetched.getClass().getSimpleName())
        .isEqualTo(expected);
  }

  @Test
  void shouldWaitAsLongAsTheProviderSays() {
    Answered busy = new Answered(429, Map.of("Retry-After", "90"), new byte[0]);
    assertThat(fetch(ScriptedHttp.answering(busy)))
        .isEqualTo(new Fetched.RetryLater("answer 429 without a reason", Duration.ofSeconds(90)));
  }

  @Test
  void shouldTryAgainLaterWhenTheAnswerIsLost() {
    assertThat(fetch(ScriptedHttp.answering(new Outcome.NotSent("connection refused"))))
        .isInstanceOf(Fetched.RetryLater.class);
    assertThat(
            fetch(
                ScriptedHttp.answering(
                    address(LOOKASIDE, ""), new Outcome.AnswerLost("cut in the middle"))))
        .isInstanceOf(Fetched.RetryLater.class);
  }

  @Test
  void shouldFetchByAddressWhenTheMessageHadNoId() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(BYTES);
    // when
    Fetched fetched = fetch(http, Samples.ACCOUNT, LOOKASIDE);
    // then
    assertThat(fetched).isInstanceOf(Fetched.Complete.class);
    assertThat(fetch(ScriptedHttp.answering(answer(404, "")), Samples.ACCOUNT, LOOKASIDE))
        .isInstanceOf(Fetched.Gone.class);
    assertThat(fetch(ScriptedHttp.silent(), Samples.ACCOUNT, "https://evil.example.org/x"))
        .isInstanceOf(Fetched.Gone.class);
  }

  @Test
  void shouldKeepAReferenceInsideItsPlace() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(graphError(400, 100, "no such object"));
    // when
    var unused = fetch(http, Samples.ACCOUNT, "../me?fields=x#");
    // then
    assertThat(http.calls().getFirst().uri())
        .hasToString(
            "http://localhost:8095/v25.0/..%2Fme%3Ffields%3Dx%23?phone_number_id=1000000001");
  }

  @Test
  void shouldDenyFilesOfUnknownAccounts() {
    assertThat(fetch(ScriptedHttp.silent(), new AccountId("4040404040"), "900"))
        .isInstanceOf(Fetched.Denied.class);
  }
}
