package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Content.Media.Form;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTypesTest {

  private final FileTypes types = new FileTypes();

  private FileTypes.Sniffed sniff(byte[] head, String name, String declared) {
    return types.sniff(head, name, Optional.of(declared));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "png, image/png",
    "jpeg, image/jpeg",
    "gif, image/gif",
  })
  void shouldKnowPicturesByTheirBytes(String format, String type) throws Exception {
    // when
    FileTypes.Sniffed sniffed = sniff(Pictures.plain(format, 8, 8), "x.exe", "text/html");

    // then
    assertThat(sniffed.type()).isEqualTo(type);
    assertThat(sniffed.picture()).isTrue();
    assertThat(sniffed.active()).isFalse();
    assertThat(types.form(Form.IMAGE, sniffed)).isEqualTo(Form.IMAGE);
  }

  @Test
  void shouldKnowWebP() {
    FileTypes.Sniffed sniffed = sniff(Pictures.WEBP, "photo", "image/png");
    assertThat(sniffed.type()).isEqualTo("image/webp");
    assertThat(sniffed.picture()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'<!DOCTYPE html><html><script>alert(1)</script></html>'",
    "'<html><body onload=x()>'",
    "'<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>'",
    "'<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>'",
    "'#!/bin/sh\nrm -rf /'",
  })
  void shouldNeverTakeWhatRunsForAPicture(String content) {
    // when
    FileTypes.Sniffed sniffed = sniff(ascii(content), "photo.jpg", "image/jpeg");

    // then
    assertThat(sniffed.active()).as(sniffed.type()).isTrue();
    assertThat(sniffed.picture()).isFalse();
    assertThat(types.form(Form.IMAGE, sniffed)).isEqualTo(Form.DOCUMENT);
    assertThat(FileTypes.isActive(sniffed.type())).isTrue();
    assertThat(FileNames.forBytes("photo.jpg", sniffed)).isEqualTo("photo.jpg.bin");
  }

  @Test
  void shouldKnowPrograms() {
    byte[] windows = new byte[512];
    windows[0] = 'M';
    windows[1] = 'Z';
    byte[] elf = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
    elf[16] = 2;
    for (byte[] program : new byte[][] {windows, elf}) {
      FileTypes.Sniffed sniffed = sniff(program, "photo.jpg", "image/jpeg");
      assertThat(sniffed.active()).as(sniffed.type()).isTrue();
      assertThat(types.form(Form.IMAGE, sniffed)).isEqualTo(Form.DOCUMENT);
    }
  }

  @Test
  void shouldNotBelieveTheNameOfBytesThatShowNothing() {
    // when
    FileTypes.Sniffed sniffed = sniff(new byte[] {1, 2, 3, 4}, "photo.jpg", "image/jpeg");

    // then
    assertThat(sniffed.type()).isEqualTo("application/octet-stream");
    assertThat(sniffed.picture()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "a.zip, application/zip",
    "a.jpg, application/zip",
  })
  void shouldLetTheNameSayWhatIsInAContainer(String name, String type) {
    byte[] zip = new byte[64];
    System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, zip, 0, 4);
    assertThat(sniff(zip, name, "application/pdf").type()).isEqualTo(type);
  }

  @Test
  void shouldKnowPdf() {
    assertThat(sniff(ascii("%PDF-1.7\n"), "x", "image/png").type()).isEqualTo("application/pdf");
  }

  @Test
  void shouldLetTheSenderChooseBetweenSoundAndFilmInOneContainer() {
    // given
    byte[] ogg = new byte[64];
    System.arraycopy(ascii("OggS"), 0, ogg, 0, 4);
    byte[] opus = ascii("OggS" + "\0".repeat(24) + "OpusHead" + "\0".repeat(20));
    byte[] mp4 = ascii("\0\0\0\30ftypisom\0\0\2\0isomiso2");

    // then
    assertThat(sniff(opus, "voice", "audio/ogg; codecs=opus").type()).isEqualTo("audio/ogg");
    assertThat(sniff(ogg, "voice", "audio/ogg; codecs=opus").type()).isEqualTo("audio/ogg");
    assertThat(sniff(mp4, "v", "audio/mp4").type()).isEqualTo("audio/mp4");
    assertThat(sniff(mp4, "v", "video/mp4").type()).isEqualTo("video/mp4");
    assertThat(sniff(mp4, "v", "image/png").type())
        .isIn("video/mp4", "application/mp4", "video/quicktime");
  }
}
