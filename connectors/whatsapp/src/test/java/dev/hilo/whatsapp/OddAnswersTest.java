package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.answer;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the provider answers, no call throws. */
class OddAnswersTest {

  private static final int ROUNDS = 2000;
  private static final List<String> ANSWERS =
      List.of(
          """
          {"url":"https://lookaside.fbsbx.com/x?mid=1","mime_type":"image/png","file_size":5,
           "sha256":"277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"}""",
          """
          {"data":[{"name":"a","language":"es","status":"APPROVED","components":[
            {"type":"BODY","text":"Hola {{1}}"},{"type":"BUTTONS","buttons":[{"type":"URL"}]}]}],
           "paging":{"cursors":{"after":"M"},"next":"x"}}""",
          """
          {"data":{"is_valid":true,"expires_at":1795777200,"scopes":["email"]}}""",
          """
          {"quality_rating":"GREEN","status":"CONNECTED","throughput":{"level":"HIGH"}}""",
          """
          {"error":{"message":"m","code":131056,"error_data":{"details":"d"}}}""",
          """
          {"success":true}""");

  @Test
  void shouldSurviveOddAnswers() {
    Content.Media media =
        new Content.Media(
            Form.IMAGE,
            "900",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());
    List<Consumer<WhatsAppChannel>> calls =
        List.of(
            channel ->
                channel.fetch(
                    new MediaChannel.Request(Samples.ACCOUNT, media, 100, Optional.empty()),
                    OutputStream.nullOutputStream()),
            channel -> channel.readTemplates(Samples.ACCOUNT),
            channel -> channel.check(Samples.ACCOUNT),
            channel ->
                channel.markRead(Samples.ACCOUNT, Samples.ANA, new ExternalId("wamid.THEIRS")));
    Random random = new Random(20261120);
    for (int round = 0; round < ROUNDS; round++) {
      Outcome odd = odd(random);
      for (Consumer<WhatsAppChannel> call : calls) {
        // Enough for every page that may be asked for.
        Outcome[] all = Collections.nCopies(200, odd).toArray(Outcome[]::new);
        assertThatCode(
                () -> call.accept(Samples.channel(ScriptedHttp.answering(all), OutgoingFiles.NONE)))
            .as(
                "%s",
                odd instanceof Answered answered
                    ? new String(answered.body(), java.nio.charset.StandardCharsets.UTF_8)
                    : odd)
            .doesNotThrowAnyException();
      }
    }
  }

  private static Outcome odd(Random random) {
    byte[] body = Samples.bytes(ANSWERS.get(random.nextInt(ANSWERS.size())));
    for (int flips = random.nextInt(4); flips > 0; flips--) {
      body[random.nextInt(body.length)] = (byte) (random.nextInt(96) + 32);
    }
    int status = List.of(200, 200, 200, 302, 400, 404, 429, 500).get(random.nextInt(8));
    Answered answered = answer(status, "");
    return random.nextInt(50) == 0
        ? new Outcome.AnswerLost("read timed out")
        : new Answered(answered.status(), Map.of("Retry-After", "x"), body);
  }
}
