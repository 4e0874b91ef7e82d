package dev.hilo.inbox.real;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Mails of customers as a shop gets them: plain and HTML, several charsets and transfer encodings,
 * answers that quote what went before, pictures and files. The same number gives the same mails but
 * for their dates.
 */
final class MailCorpus {

  static final String MAILBOX = "ayuda@tienda-aurora.example";

  private static final int MAILS_OF_A_CUSTOMER = 5;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII));
  private static final List<String> SENTENCES =
      List.of(
          "¿Cuándo llega mi pedido? Lo pedí la semana pasada y todavía no sé nada.",
          "El paquete llegó dañado; adjunto algunas fotos para que lo vean.",
          "Quisiera cambiar la dirección de envío antes de que salga el camión.",
          "No me ha llegado la factura electrónica de la última compra.",
          "Could you please tell me whether the blue one is still available?",
          "The discount code did not work when I tried to pay with my card.",
          "Gostaria de saber se vocês entregam também em São Paulo.",
          "Já são três semanas de espera, o que aconteceu com a encomenda?",
          "Muchas gracias por la ayuda, quedo atento a su respuesta.");

  private final Random random;
  private final Instant newest;
  private final Map<Integer, List<String>> written = new HashMap<>();

  private MailCorpus(long seed, Instant newest) {
    this.random = new Random(seed);
    this.newest = newest;
  }

  /** How many customers write so many mails. */
  static int customers(int mails) {
    return Math.max(1, mails / MAILS_OF_A_CUSTOMER);
  }

  static String messageId(int number) {
    return "bench-" + number + "@cliente.example";
  }

  /**
   * Writes the mails, a file each, named so that their order is that of arrival.
   *
   * @return how many bytes they have together
   */
  static long write(Path folder, int mails, Instant newest) throws IOException {
    MailCorpus corpus = new MailCorpus(20_261_120, newest);
    long bytes = 0;
    for (int number = 0; number < mails; number++) {
      byte[] mail = corpus.mail(number, mails);
      Files.write(folder.resolve((1_700_000_000L + number) + ".M" + number + "P1.bench"), mail);
      bytes += mail.length;
    }
    return bytes;
  }

  private byte[] mail(int number, int mails) {
    int customer = random.nextInt(customers(mails));
    List<String> before = written.computeIfAbsent(customer, one -> new ArrayList<>());
    boolean answers = !before.isEmpty() && random.nextInt(10) < 6;
    String text = text(number, answers);
    StringBuilder mail = new StringBuilder();
    mail.append("Return-Path: <cliente").append(customer).append("@example.com>\r\n");
    mail.append("Received: from mx.example.com (mx.example.com [192.0.2.7])\r\n\tby mail.");
    mail.append("tienda-aurora.example with ESMTPS id ").append(number).append(";\r\n\t");
    String date = DATE.format(newest.minusSeconds(10L * (mails - number)).atOffset(ZoneOffset.UTC));
    mail.append(date).append("\r\n");
    mail.append("From: =?UTF-8?Q?Mar=C3=ADa_N=C3=BA=C3=B1ez_").append(customer).append("?= <");
    mail.append("cliente").append(customer).append("@example.com>\r\n");
    mail.append("To: Tienda Aurora <").append(MAILBOX).append(">\r\n");
    mail.append("Subject: ").append(answers ? "Re: " : "").append("Pedido ");
    mail.append(answers ? customer : number).append(" =?UTF-8?B?");
    mail.append(base64("¿dónde está?")).append("?=\r\n");
    mail.append("Date: ").append(date).append("\r\n");
    mail.append("Message-ID: <").append(messageId(number)).append(">\r\n");
    if (answers) {
      mail.append("In-Reply-To: ").append(before.getLast()).append("\r\n");
      mail.append("References: ").append(String.join("\r\n ", before)).append("\r\n");
    }
    mail.append("MIME-Version: 1.0\r\n");
    before.add("<" + messageId(number) + ">");
    int kind = random.nextInt(100);
    if (kind < 40) {
      return join(mail, plain(text, StandardCharsets.UTF_8, "8bit"));
    } else if (kind < 50) {
      return join(mail, plain(text, StandardCharsets.ISO_8859_1, "8bit"));
    } else if (kind < 55) {
      return join(mail, plain(text, Charset.forName("windows-1252"), "base64"));
    } else if (kind < 58) {
      String japanese = text + "\r\nご注文の件でご連絡いたします。";
      return join(
          mail, plain(japanese.replaceAll("[¿áéíóúñãêç]", ""), Charset.forName("ISO-2022-JP"), ""));
    } else if (kind < 85) {
      return join(mail, multipart("alternative", number, alternatives(text)));
    } else if (kind < 92) {
      return join(mail, multipart("related", number, pictured(text)));
    }
    return join(mail, multipart("mixed", number, withFiles(text)));
  }

  private String text(int number, boolean answers) {
    StringBuilder text = new StringBuilder("Hola, correo número " + number + ".\r\n\r\n");
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      text.append(SENTENCES.get(random.nextInt(SENTENCES.size()))).append("\r\n");
    }
    text.append("\r\n-- \r\nMaría Núñez\r\nTel. +57 601 555 01").append(10 + number % 90);
    if (answers) {
      text.append("\r\n\r\nEl vie, 20 nov 2026 a las 10:15, Tienda Aurora escribió:\r\n");
      for (int i = 3 + random.nextInt(12); i > 0; i--) {
        text.append("> ").append(SENTENCES.get(random.nextInt(SENTENCES.size()))).append("\r\n");
      }
    }
    return text.append("\r\n").toString();
  }

  private static byte[] plain(String text, Charset charset, String encoding) {
    String head =
        "Content-Type: text/plain; charset="
            + charset.name()
            + "\r\n"
            + (encoding.isEmpty() ? "" : "Content-Transfer-Encoding: " + encoding + "\r\n")
            + "\r\n";
    byte[] body = text.getBytes(charset);
    return join(new StringBuilder(head), encoding.equals("base64") ? LINES.encode(body) : body);
  }

  private static byte[] html(String text) {
    String html =
        "<html><head><style>p { margin: 0 }</style></head><body><div dir=\"ltr\"><p>"
            + text.replace("\r\n> ", "<br>&gt; ").replace("\r\n", "</p>\r\n<p>")
            + "</p><img src=\"https://tracker.example/open.gif\" width=\"1\" height=\"1\">"
            + "</div></body></html>";
    return join(
        new StringBuilder(
            "Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"),
        html.getBytes(StandardCharsets.UTF_8));
  }

  private static List<byte[]> alternatives(String text) {
    return List.of(plain(text, StandardCharsets.UTF_8, "8bit"), html(text));
  }

  private List<byte[]> pictured(String text) {
    byte[] picture = bytes(4_000 + random.nextInt(20_000), 0x89, 'P', 'N', 'G', 13, 10, 26, 10);
    return List.of(
        html(text + "<img src=\"cid:logo@cliente.example\">"),
        join(
            new StringBuilder(
                "Content-Type: image/png; name=\"logo.png\"\r\nContent-ID:"
                    + " <logo@cliente.example>\r\nContent-Disposition: inline\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n"),
            LINES.encode(picture)));
  }

  private List<byte[]> withFiles(String text) {
    List<byte[]> parts = new ArrayList<>(List.of(plain(text, StandardCharsets.UTF_8, "8bit")));
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      byte[] file = bytes(10_000 + random.nextInt(140_000), '%', 'P', 'D', 'F', '-', '1', '.', '7');
      parts.add(
          join(
              new StringBuilder(
                  "Content-Type: application/pdf\r\nContent-Disposition: attachment;"
                      + " filename*=UTF-8''factura%20"
                      + i
                      + ".pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
              LINES.encode(file)));
    }
    return parts;
  }

  private byte[] bytes(int count, int... first) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    for (int i = 0; i < first.length; i++) {
      bytes[i] = (byte) first[i];
    }
    return bytes;
  }

  private static byte[] multipart(String kind, int number, List<byte[]> parts) {
    String boundary = "=_bench_" + kind + "_" + number;
    byte[] all =
        ("Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (byte[] part : parts) {
      all = join(all, ("--" + boundary + "\r\n").getBytes(StandardCharsets.US_ASCII));
      all = join(join(all, part), "\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return join(all, ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] join(StringBuilder head, byte[] body) {
    return join(head.toString().getBytes(StandardCharsets.US_ASCII), body);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
