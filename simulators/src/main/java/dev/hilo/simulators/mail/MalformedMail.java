package dev.hilo.simulators.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.hilo.simulators.http.BadRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Mails that break a rule, each in one way; all of them are seen in the wild. */
enum MalformedMail {
  /** A multipart whose boundary never comes. */
  MISSING_BOUNDARY,
  /** A multipart that declares no boundary. */
  NO_BOUNDARY_PARAMETER,
  /** A charset that does not exist. */
  UNKNOWN_CHARSET,
  /** Bytes of windows-1252 declared as UTF-8. */
  WRONG_CHARSET,
  /** Headers in UTF-8 without encoding. */
  RAW_HEADERS,
  /** From and To that are no addresses. */
  BAD_ADDRESSES,
  /** Base64 that ends in the middle. */
  TRUNCATED_BASE64,
  /** A content type that is none. */
  BAD_CONTENT_TYPE,
  /** No Message-ID, no Date, no From. */
  BARE,
  /** Two of what there may be one of. */
  DOUBLE_HEADERS,
  /** Lines end with LF alone, and one has no end. */
  LINE_FEEDS,
  /** A whole mail inside that is broken itself. */
  BROKEN_INNER_MAIL;

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static MalformedMail of(String word) {
    return Arrays.stream(values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadRequest(
                    "kind: one of "
                        + Arrays.stream(values()).map(MalformedMail::word).toList()
                        + ", got '"
                        + word
                        + "'"));
  }

  /** The mail's bytes. */
  byte[] bytes(String from, String to, String id) {
    String usual =
        "From: Nora Broken <"
            + from
            + ">\r\nTo: "
            + to
            + "\r\nSubject: "
            + word()
            + "\r\nDate: Fri, 20 Nov 2026 12:00:00 +0000\r\nMessage-ID: "
            + id
            + "\r\nMIME-Version: 1.0\r\n";
    String text =
        switch (this) {
          case MISSING_BOUNDARY ->
              usual + "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\nNo boundary here\r\n";
          case NO_BOUNDARY_PARAMETER ->
              usual + "Content-Type: multipart/alternative\r\n\r\n--x\r\n\r\nHello\r\n--x--\r\n";
          case UNKNOWN_CHARSET ->
              usual + "Content-Type: text/plain; charset=x-martian\r\n\r\nHello from Mars\r\n";
          case WRONG_CHARSET ->
              usual
                  + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
                  + "\r\n\r\nSe\u00f1or, el caf\u00e9 lleg\u00f3\r\n";
          case RAW_HEADERS ->
              usual.replace(
                      "Nora Broken",
                      new String(
                          "Nora Núñez".getBytes(StandardCharsets.UTF_8),
                          StandardCharsets.ISO_8859_1))
                  + "Content-Type: text/plain\r\n\r\nHello\r\n";
          case BAD_ADDRESSES ->
              usual.replace("<" + from + ">", "<<" + from + ", \"").replace(to, "undisclosed <>")
                  + "Content-Type: text/plain\r\n\r\nHello\r\n";
          case TRUNCATED_BASE64 ->
              usual
                  + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
                  + "\r\n\r\nSG9sYSwgwr9oYXkgYWxn";
          case BAD_CONTENT_TYPE -> usual + "Content-Type: ;;text\r\n\r\nHello\r\n";
          case BARE -> "Subject: bare\r\n\r\nHello\r\n";
          case DOUBLE_HEADERS ->
              usual
                  + "Subject: the second\r\nContent-Type: text/plain\r\n"
                  + "Content-Type: text/html\r\n\r\nHello\r\n";
          case LINE_FEEDS ->
              usual.replace("\r\n", "\n") + "Content-Type: text/plain\n\nHello\nno end";
          case BROKEN_INNER_MAIL ->
              usual + "Content-Type: message/rfc822\r\n\r\nContent-Type: multipart/x\r\n\r\n--\r\n";
        };
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
