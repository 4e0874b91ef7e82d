package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a mail comes out, with something to show, in bounded time. */
class MailReaderFuzzTest {

  private static final Set<String> OURS = Set.of("soporte@tienda.example");
  private static final int CUTS = 60;
  private static final int MUTANTS = 40;

  private static final ThreadTokens TOKENS =
      new ThreadTokens(new dev.hilo.channel.Secret("for tests only"), "tienda.example");

  @Test
  void shouldReadEveryMailCutAnywhere() throws IOException {
    for (Path file : GoldenMailsTest.mails()) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i <= CUTS; i++) {
        byte[] cut = new byte[(int) ((long) whole.length * i / CUTS)];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        check(cut, file + " cut at " + cut.length);
      }
    }
  }

  @Test
  void shouldReadEveryMailWithBytesChanged() throws IOException {
    Random random = new Random(20261120);
    for (Path file : GoldenMailsTest.mails()) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < MUTANTS; i++) {
        byte[] mutant = mutate(whole, random);
        check(mutant, file + " mutant " + i);
      }
    }
  }

  @Test
  void shouldReadNoise() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(4000)];
      random.nextBytes(noise);
      check(noise, "noise " + i);
    }
  }

  private static byte[] mutate(byte[] whole, Random random) {
    if (whole.length == 0) {
      return whole;
    }
    byte[] mutant = whole.clone();
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(4)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant[at] = (byte) "\r\n :;=<>\"()@-?%".charAt(random.nextInt(15));
        case 2 -> {
          int length = Math.min(random.nextInt(40), mutant.length - at);
          System.arraycopy(mutant, random.nextInt(mutant.length - length + 1), mutant, at, length);
        }
        default -> {
          ByteArrayOutputStream twice = new ByteArrayOutputStream();
          int length = Math.min(random.nextInt(200), mutant.length - at);
          twice.write(mutant, 0, at + length);
          twice.write(mutant, at, mutant.length - at);
          mutant = twice.toByteArray();
        }
      }
    }
    return mutant;
  }

  /** Reads and judges; each part is found again by its path, and has its size. */
  private static void check(byte[] bytes, String what) {
    CpuTime start = CpuTime.now();
    Mail mail = MailReader.read(bytes);
    assertThat(mail.messageId()).as(what).isNotEmpty();
    assertThat(MailReader.read(bytes)).as(what + ": read twice").isEqualTo(mail);
    assertThat(MailJson.write(mail)).as(what).isNotEmpty();
    assertThat(TOKENS.marks(mail)).as(what).isNotNull();
    assertThat(Robot.of(mail, OURS, "tienda.example")).isNotNull();
    assertThat(mail.body().text().isBlank() && mail.parts().isEmpty())
        .as(what + ": something to show of what is behind the header")
        .isEqualTo(isBlankBehindHeader(bytes, mail));
    for (Part part : mail.parts()) {
      try (PartStream stream =
          MailReader.part(new ByteArrayInputStream(bytes), part.path()).orElseThrow()) {
        if (mail.damage().isEmpty()) {
          assertThat(stream.content().readAllBytes().length).as(what).isEqualTo(part.size());
        }
      } catch (IOException e) {
        assertThat(mail.damage()).as(what).isNotEmpty();
      }
    }
    assertThat(start.since()).as(what).isLessThan(Duration.ofSeconds(5));
  }

  private static boolean isBlankBehindHeader(byte[] bytes, Mail mail) {
    if (!mail.parts().isEmpty() || !mail.body().text().isBlank()) {
      return false;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    int empty = text.indexOf("\n\n");
    return Optional.of(empty < 0 ? "" : text.substring(empty))
        .map(rest -> rest.replaceAll("[\\p{Cntrl}\\s\u0080-\u00A0]", "").isEmpty())
        .orElseThrow();
  }
}
