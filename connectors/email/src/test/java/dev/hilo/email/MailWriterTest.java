package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailWriterTest {

  private static final MailAddress ANA =
      new MailAddress(Optional.of("Ana Gómez, S.L."), "ana@cliente.example");
  private static final MailAddress US =
      new MailAddress(Optional.of("Soporte Ñandú"), "soporte@tienda.example");

  @Test
  void shouldBeReadAsItWasWritten() throws Exception {
    // given
    String text =
        "Hola Ana:\n\nTu pedido ñ 4711 llega mañana. " + "palabra ".repeat(30) + "\n\n-- \nSoporte";

    // when
    Mail mail =
        MailReader.read(bytes(MailWriter.write(mail(text, List.of(), Optional.empty(), false))));

    // then
    assertThat(mail.damage()).isEmpty();
    assertThat(mail.from()).containsExactly(US);
    assertThat(mail.to()).containsExactly(ANA);
    assertThat(mail.cc()).extracting(MailAddress::address).containsExactly("luis@cliente.example");
    assertThat(mail.subject()).isEqualTo("Re: ¿Dónde está mi pedido? 😀");
    assertThat(mail.messageId()).isEqualTo("hilo.1.abc@tienda.example");
    assertThat(mail.inReplyTo()).containsExactly("c2@cliente.example");
    assertThat(mail.references()).containsExactly("c1@cliente.example", "c2@cliente.example");
    assertThat(mail.date()).contains(Instant.parse("2026-11-20T12:00:00Z"));
    assertThat(mail.body().text().replaceAll(" +\n", "\n"))
        .isEqualTo(text.replaceAll(" +\n", "\n"));
    assertThat(mail.body().newHtml().orElseThrow()).contains("ñ 4711").doesNotContain("<script");
    assertThat(mail.headers().has("Bcc")).isFalse();
    assertThat(Robot.of(mail, java.util.Set.of(), "otra.example")).isEmpty();
  }

  @Test
  void shouldHideWhatItQuotesWhenReadAgain() throws Exception {
    for (String language : List.of("es", "en", "pt")) {
      // given
      OutboundMail.Quoted quoted =
          new OutboundMail.Quoted(
              ANA,
              Optional.of(Instant.parse("2026-11-19T15:15:30Z")),
              "Hola\n\n> antes\n¿y mi pedido?");

      // when
      Mail mail =
          MailReader.read(
              bytes(
                  MailWriter.write(
                      mail("Ya va.", List.of(), Optional.of(quoted), false, Locale.of(language)))));

      // then
      assertThat(mail.body().newText()).as(language).isEqualTo("Ya va.");
      assertThat(mail.body().text()).contains("> ¿y mi pedido?").contains(">> antes");
      assertThat(mail.body().newHtml().orElseThrow()).doesNotContain("antes");
    }
  }

  @Test
  void shouldMarkAutomaticMail() throws Exception {
    MimeMessage message = MailWriter.write(mail("Recibido", List.of(), Optional.empty(), true));
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-replied");
    assertThat(message.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
    assertThat(message.getHeader("Precedence")).containsExactly("bulk");
  }

  @Test
  void shouldCarryFilesWithTheirNames() throws Exception {
    // given
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    OutboundMail.Attachment file =
        new OutboundMail.Attachment(
            "Factura de mañana (nº 1).pdf",
            "application/pdf",
            () -> new ByteArrayInputStream(content));

    // when
    byte[] written =
        bytes(MailWriter.write(mail("Adjunto.", List.of(file), Optional.empty(), false)));
    Mail mail = MailReader.read(written);

    // then
    assertThat(mail.attachments()).hasSize(1);
    Part part = mail.attachments().get(0);
    assertThat(part.fileName()).contains("Factura de mañana (nº 1).pdf");
    assertThat(part.size()).isEqualTo(content.length);
    try (PartStream stream =
        MailReader.part(new ByteArrayInputStream(written), part.path()).orElseThrow()) {
      assertThat(stream.content().readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void shouldStreamFilesWithoutHoldingThem() throws Exception {
    // given: more than the memory that the tests have
    long size = 1_500_000_000L;
    OutboundMail.Attachment file =
        new OutboundMail.Attachment(
            "grande.bin", "application/octet-stream", () -> new Zeros(size));
    long[] written = {0};

    // when
    MailWriter.write(mail("Adjunto.", List.of(file), Optional.empty(), false))
        .writeTo(
            new OutputStream() {
              @Override
              public void write(int b) {
                written[0]++;
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                written[0] += length;
              }
            });

    // then
    assertThat(written[0]).isGreaterThan(size);
  }

  @Test
  void shouldNotLetAnyTextStartAHeader() throws Exception {
    // given
    String evil = "x\r\nBcc: victima@x.example\r\n\r\ncuerpo";
    OutboundMail mail =
        new OutboundMail(
            "hilo.1.abc@tienda.example",
            new MailAddress(Optional.of(evil), "soporte@tienda.example"),
            Optional.empty(),
            List.of(new MailAddress(Optional.of(evil), "ana@cliente.example")),
            List.of(),
            evil,
            "Hola",
            List.of(
                new OutboundMail.Attachment(
                    evil, "text/plain\r\nBcc: v@x.example", () -> InputStream.nullInputStream())),
            Optional.of("a\r\nBcc: v@x.example"),
            List.of("ok@x.example", "b\nBcc: v@x.example"),
            Optional.empty(),
            false,
            Instant.EPOCH,
            Locale.ENGLISH);

    // when
    String written = new String(bytes(MailWriter.write(mail)), StandardCharsets.UTF_8);

    // then
    assertThat(written.lines().filter(line -> line.regionMatches(true, 0, "bcc", 0, 3))).isEmpty();
    Mail read = MailReader.read(written.getBytes(StandardCharsets.UTF_8));
    assertThat(read.headers().has("Bcc")).isFalse();
    assertThat(read.inReplyTo()).isEmpty();
    assertThat(read.references()).containsExactly("ok@x.example");
  }

  @Test
  void shouldRefuseAnAddressThatIsNone() {
    OutboundMail mail =
        new OutboundMail(
            "a@b.example",
            US,
            Optional.empty(),
            List.of(new MailAddress(Optional.empty(), "ana@cliente.example, otra@x.example")),
            List.of(),
            "s",
            "t",
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false,
            Instant.EPOCH,
            Locale.ENGLISH);
    assertThatThrownBy(() -> MailWriter.write(mail)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepReferencesToALengthWithTheFirst() throws Exception {
    // given
    List<String> chain = IntStream.range(0, 80).mapToObj(i -> "m" + i + "@x.example").toList();
    OutboundMail mail =
        new OutboundMail(
            "a@b.example",
            US,
            Optional.empty(),
            List.of(ANA),
            List.of(),
            "s",
            "t",
            List.of(),
            Optional.of("m79@x.example"),
            chain,
            Optional.empty(),
            false,
            Instant.EPOCH,
            Locale.ENGLISH);

    // when
    List<String> references = MailReader.read(bytes(MailWriter.write(mail))).references();

    // then
    assertThat(references).hasSize(20).startsWith("m0@x.example").endsWith("m79@x.example");
  }

  @Test
  void shouldGiveFlowedTextBack() {
    Random random = new Random(3);
    String[] pieces = {
      "palabra", " ", "\n", ">", "From ", "-- ", "ñandú", "\n\n", "x".repeat(90), "a b c "
    };
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      // Spaces at a line's end and quote marks' spacing are not kept: compare without them.
      assertThat(tight(FlowedText.read(FlowedText.write(text.toString()), false)))
          .isEqualTo(tight(text.toString()));
    }
  }

  private static String tight(String text) {
    return text.replaceAll("(?m)[ ]+$", "").replaceAll("(?m)^(>+) ?", "$1").stripTrailing();
  }

  private static OutboundMail mail(
      String text,
      List<OutboundMail.Attachment> files,
      Optional<OutboundMail.Quoted> quoted,
      boolean automatic) {
    return mail(text, files, quoted, automatic, Locale.of("es"));
  }

  private static OutboundMail mail(
      String text,
      List<OutboundMail.Attachment> files,
      Optional<OutboundMail.Quoted> quoted,
      boolean automatic,
      Locale language) {
    return new OutboundMail(
        "hilo.1.abc@tienda.example",
        US,
        Optional.empty(),
        List.of(ANA),
        List.of(new MailAddress(Optional.empty(), "luis@cliente.example"), ANA),
        "Re: ¿Dónde está mi pedido? 😀",
        text,
        files,
        Optional.of("c2@cliente.example"),
        List.of("c1@cliente.example", "c2@cliente.example"),
        quoted,
        automatic,
        Instant.parse("2026-11-20T12:00:00Z"),
        language);
  }

  private static byte[] bytes(MimeMessage message) throws IOException, MessagingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message.writeTo(bytes);
    return bytes.toByteArray();
  }

  /** That many zero bytes. */
  private static final class Zeros extends InputStream {
    private long left;

    private Zeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      left -= count;
      return count;
    }
  }
}
