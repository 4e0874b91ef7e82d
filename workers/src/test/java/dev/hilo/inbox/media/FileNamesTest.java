package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

  private static final FileTypes.Sniffed PDF =
      new FileTypes.Sniffed("application/pdf", false, ".pdf");

  @ParameterizedTest
  @CsvSource({
    "factura.pdf, factura.pdf",
    "'Señal ñ 你好.pdf', 'Señal ñ 你好.pdf'",
    "../../etc/passwd, passwd",
    "'..\\..\\windows\\win.ini', win.ini",
    "'C:\\a:b.txt', a_b.txt",
    ".bashrc, bashrc",
    "'...', file",
    "'  ', file",
    "'a\tb\nc.pdf', 'abc.pdf'",
    "con.txt, _con.txt",
    "'a<b>|?*\"c.pdf', 'a_b_____c.pdf'",
  })
  void shouldMakeNamesSafe(String given, String safe) {
    assertThat(FileNames.safe(Optional.of(given))).isEqualTo(safe);
  }

  @Test
  void shouldRemoveSignsThatTurnTheDirectionOfWriting() {
    // photo<RLO>gpj.exe is shown as photoexe.jpg
    assertThat(FileNames.safe(Optional.of("photo\u202egpj.exe"))).isEqualTo("photogpj.exe");
    assertThat(FileNames.safe(Optional.of("a\0b\u200b.pdf"))).isEqualTo("ab.pdf");
  }

  @Test
  void shouldKeepTheEndingOfALongName() {
    // when
    String safe = FileNames.safe(Optional.of("é".repeat(500) + ".pdf"));

    // then
    assertThat(safe).hasSize(120).endsWith(".pdf");
  }

  @Test
  void shouldNameWhatHasNoName() {
    assertThat(FileNames.safe(Optional.empty())).isEqualTo("file");
    assertThat(FileNames.forBytes("file", PDF)).isEqualTo("file.pdf");
  }

  @Test
  void shouldTakeTheEndingThatRunsAway() {
    assertThat(FileNames.forBytes("factura.pdf.EXE", PDF)).isEqualTo("factura.pdf.EXE.bin");
    assertThat(FileNames.forBytes("start.bat", PDF)).isEqualTo("start.bat.bin");
    assertThat(FileNames.forBytes("factura.pdf", PDF)).isEqualTo("factura.pdf");
  }
}
