package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MailReaderTest {

  private static final String HEAD =
      """
      From: Ana <ana@cliente.example>
      To: soporte@tienda.example
      Subject: Prueba
      Message-ID: <1@cliente.example>
      """;

  private static final String MIXED =
      HEAD + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n";

  @Test
  void shouldStopAtTooManyParts() {
    // given
    String parts = "--B\nContent-Type: text/plain\n\nx\n".repeat(5000);

    // when
    Mail mail = read(MIXED + parts + "--B--\n");

    // then
    assertThat(mail.parts()).hasSize(PartWalker.MAX_PARTS);
    assertThat(mail.damage()).contains("too many parts");
  }

  @Test
  void shouldCutAVeryLongText() {
    Mail mail = read(HEAD + "\n" + "palabra ".repeat(300_000));
    assertThat(mail.body().text().length()).isLessThanOrEqualTo(PartCollector.MAX_TEXT_BYTES);
    assertThat(mail.damage()).anyMatch(note -> note.contains("cut at"));
    assertThat(mail.parts().get(0).size()).isEqualTo(2_400_000);
  }

  @Test
  void shouldStreamAPartLargerThanTheMemory() throws IOException {
    // given
    long size = 1_200_000_000L;
    byte[] start =
        (MIXED
                + "--B\nContent-Type: text/plain\n\nAdjunto\n"
                + "--B\nContent-Type: application/zip; name=a.zip\n\n")
            .getBytes(StandardCharsets.UTF_8);
    InputStream mail = new SequenceInputStream(new ByteArrayInputStream(start), new Lines(size));

    // when
    long read = 0;
    try (PartStream part = MailReader.part(mail, "2").orElseThrow()) {
      assertThat(part.fileName()).contains("a.zip");
      byte[] buffer = new byte[64 * 1024];
      for (int n = part.content().read(buffer); n >= 0; n = part.content().read(buffer)) {
        read += n;
      }
    }

    // then
    assertThat(read).isEqualTo(size);
  }

  @Test
  void shouldFindNoPartThatIsNotThere() throws IOException {
    for (String path : new String[] {"", "0", "2", "1.1", "x", "1.1.1.1"}) {
      InputStream mail =
          new ByteArrayInputStream((HEAD + "\nHola\n").getBytes(StandardCharsets.UTF_8));
      assertThat(MailReader.part(mail, path)).isEmpty();
    }
  }

  @Test
  void shouldGiveTheSameIdToTheSameBytes() {
    String mail = "From: ana@cliente.example\n\nHola\n";
    assertThat(read(mail).messageId()).isEqualTo(read(mail).messageId());
    assertThat(read(mail).messageId()).isNotEqualTo(read(mail + "x").messageId());
    assertThat(read(mail).messageId()).matches("[0-9a-f]{40}@no-message-id\\.invalid");
  }

  @Test
  void shouldNotPrintWhatIsPersonal() {
    Mail mail = read(MIXED + "--B\nContent-Type: text/plain; name=carta.txt\n\nsecreto\n--B--\n");
    String printed =
        mail + " " + mail.body() + " " + mail.parts() + " " + mail.from() + " " + mail.headers();
    assertThat(printed).doesNotContain("ana@", "secreto", "Prueba", "carta");
  }

  @Test
  void shouldChooseWhoIsAnswered() {
    assertThat(read("From: a@x.example\nReply-To: b@x.example\n\n").writer())
        .contains(new MailAddress(Optional.empty(), "b@x.example"));
    assertThat(read("From: g@x.example\nX-Original-Sender: c@x.example\n\n").writer())
        .contains(new MailAddress(Optional.empty(), "c@x.example"));
    assertThat(read("From: a@x.example\nReply-To: nadie\n\n").writer())
        .contains(new MailAddress(Optional.empty(), "a@x.example"));
    assertThat(read("From: nadie\n\n").writer()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> shouldBeQuickOn() {
    int n = 200_000;
    return Stream.of(
            new Hostile("open words", "Subject: " + "=?a?q?".repeat(n) + "\n\n"),
            new Hostile(
                "open comments", "To: " + "(".repeat(n) + "\nDate: " + "(".repeat(n) + "\n\n"),
            new Hostile("open angles", "To: " + "<".repeat(n) + "\n\n"),
            new Hostile("open quotes", "To: " + "\"a\" ".repeat(n) + "\"\n\n"),
            new Hostile(
                "at signs", "To: " + "@".repeat(n) + "\nReturn-Path: " + "a@".repeat(n) + "\n\n"),
            new Hostile("addresses", "To: " + "a@b.example, ".repeat(n) + "\n\n"),
            new Hostile("references", "References: " + "<a@b> ".repeat(n) + "\n\n"),
            new Hostile("parameters", "Content-Type: text/plain" + "; a*0*=b".repeat(n) + "\n\nx"),
            new Hostile("fields", "X-A: b\n".repeat(n) + "\nx"),
            new Hostile("received", "Received: x; Thu, 19 Nov\n".repeat(n) + "\nx"),
            new Hostile("no header at all", "x\n".repeat(n)),
            new Hostile("prefixes", "Subject: " + "Re: ".repeat(n) + "\n\nx"),
            new Hostile("quoted lines", HEAD + "\nx\n" + "> y\n".repeat(n)),
            new Hostile("attributions", HEAD + "\n" + "On 1 a@b wrote\n".repeat(n / 4)),
            new Hostile("header blocks", HEAD + "\n" + "From: x\n\n".repeat(n / 4)),
            new Hostile("dashes", HEAD + "\n" + "--\n".repeat(n)),
            new Hostile("dashed line", HEAD + "\n" + "-".repeat(n) + " original"),
            new Hostile("one line", HEAD + "\n" + "wrote 1:".repeat(n)),
            new Hostile("spaces", HEAD + "\n" + " ".repeat(n * 4) + "x"),
            new Hostile("near boundaries", MIXED + "--B \t".repeat(n) + "\n" + "\n--Bx".repeat(n)),
            new Hostile(
                "multiparts",
                HEAD
                    + "Content-Type: multipart/mixed; boundary=B\n\n"
                    + "--B\nContent-Type: multipart/mixed; boundary=B\n\n".repeat(n / 20)),
            new Hostile(
                "open tags", HEAD + "Content-Type: text/html\n\n" + "<a href=\"".repeat(n / 4)),
            new Hostile(
                "nested quotes",
                HEAD
                    + "Content-Type: text/html\n\n"
                    + "<div class=gmail_quote>x<blockquote type=cite>".repeat(n / 10)),
            new Hostile(
                "nested tables",
                HEAD + "Content-Type: text/html\n\n" + "<table><tr><td>".repeat(n / 10)),
            new Hostile("lists", HEAD + "Content-Type: text/html\n\n<ol>" + "<li>x".repeat(n / 4)),
            new Hostile(
                "cids",
                HEAD + "Content-Type: text/html\n\n" + "cid:".repeat(n) + " src=".repeat(n / 4)),
            new Hostile(
                "results",
                HEAD + "Authentication-Results: mx; " + "dkim=pass (".repeat(n / 4) + "\n\n"),
            new Hostile(
                "bounce",
                "From: mailer-daemon@x.example\nSubject: failure notice\n\n"
                    + "<a@".repeat(n / 2)
                    + "\n  a@b".repeat(n / 8)))
        .map(hostile -> DynamicTest.dynamicTest(hostile.name(), hostile::check));
  }

  private record Hostile(String name, String mail) {

    void check() {
      // given
      CpuTime start = CpuTime.now();

      // when
      Mail read = read(mail);
      Robot.of(read, Set.of(), "x.example");
      Bounce.of(read);
      Authenticity.of(read, Set.of("mx"));
      read.body().html().ifPresent(html -> HtmlSanitizer.sanitize(html, read.parts()));

      // then
      assertThat(start.since()).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static Mail read(String mail) {
    return MailReader.read(mail.getBytes(StandardCharsets.UTF_8));
  }

  /** Lines of sixty letters, then the closing boundary. */
  private static final class Lines extends InputStream {
    private final long size;
    private final byte[] end = "\n--B--\n".getBytes(StandardCharsets.US_ASCII);
    private long at;

    private Lines(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      if (at < size) {
        return ++at % 60 == 0 ? '\n' : 'x';
      }
      int rest = (int) (at++ - size);
      return rest < end.length ? end[rest] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = 0;
      while (count < length) {
        int c = read();
        if (c < 0) {
          return count == 0 ? -1 : count;
        }
        target[offset + count++] = (byte) c;
      }
      return count;
    }
  }
}
