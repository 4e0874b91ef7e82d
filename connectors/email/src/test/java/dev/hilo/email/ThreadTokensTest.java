package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTokensTest {

  private final ThreadTokens tokens = new ThreadTokens(new Secret("one"), "Tienda.example");
  private final ThreadTokens others = new ThreadTokens(new Secret("two"), "tienda.example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2251799813685312",
        "a-b_c",
        "Con Mayúsculas/y:ñ",
        "~x",
        "un-identificador-bastante-largo-0123456789-0123456789-0123456789"
      })
  void shouldReadItsOwnMessageId(String outboundId) {
    String id = tokens.messageId(outboundId);
    assertThat(id).matches("[a-z0-9_~.@-]+").endsWith("@tienda.example");
    assertThat(tokens.messageId(outboundId)).isEqualTo(id);
    assertThat(tokens.outboundId(id)).contains(outboundId);
    assertThat(tokens.outboundId(id.toUpperCase(Locale.ROOT))).contains(outboundId);
  }

  @Test
  void shouldNotReadAForgedMessageId() {
    String id = tokens.messageId("100");
    assertThat(tokens.outboundId(id.replace("hilo.100.", "hilo.101."))).isEmpty();
    assertThat(others.outboundId(id)).isEmpty();
    assertThat(tokens.outboundId("hilo.100@tienda.example")).isEmpty();
    assertThat(tokens.outboundId("x")).isEmpty();
    assertThat(ThreadTokens.looksOurs(id)).isTrue();
  }

  @Test
  void shouldNotTakeOneKindOfMarkForAnother() {
    // given: the signature of an address, put into a message id
    String address = tokens.address("soporte@tienda.example", "7");
    String signature =
        address.substring(address.lastIndexOf('.', address.indexOf('@')) + 1, address.indexOf('@'));

    // then
    assertThat(tokens.outboundId("hilo.7." + signature + "@tienda.example")).isEmpty();
  }

  @Test
  void shouldFindEveryMarkInOrderOfTrust() {
    // given
    String mail =
        """
        From: ana@cliente.example
        To: %s
        Subject: %s
        In-Reply-To: <%s>
        References: <%s> <%s>

        Hola %s
        """
            .formatted(
                tokens.address("soporte@tienda.example", "conversation-1"),
                tokens.subject("Re: Pedido", "conversation-2"),
                tokens.messageId("out-1"),
                tokens.messageId("out-0"),
                others.messageId("out-9"),
                tokens.subject("", "conversation-3"));

    // when
    List<ThreadTokens.Mark> marks = tokens.marks(read(mail));

    // then
    assertThat(marks)
        .containsExactly(
            new ThreadTokens.Mark(
                ThreadTokens.Source.ADDRESS, ThreadTokens.Kind.CONVERSATION, "conversation-1"),
            new ThreadTokens.Mark(
                ThreadTokens.Source.IN_REPLY_TO, ThreadTokens.Kind.OUTBOUND, "out-1"),
            new ThreadTokens.Mark(
                ThreadTokens.Source.REFERENCES, ThreadTokens.Kind.OUTBOUND, "out-0"),
            new ThreadTokens.Mark(
                ThreadTokens.Source.SUBJECT, ThreadTokens.Kind.CONVERSATION, "conversation-2"),
            new ThreadTokens.Mark(
                ThreadTokens.Source.BODY, ThreadTokens.Kind.CONVERSATION, "conversation-3"));
  }

  @Test
  void shouldPutTheSubjectMarkOnce() {
    String once = tokens.subject("Pedido", "22");
    assertThat(once).matches("Pedido \\[#22\\.[a-z2-7]{8}]");
    assertThat(tokens.subject("Re: " + once, "22")).isEqualTo("Re: " + once);
    assertThat(tokens.subject(once, "23")).startsWith("Pedido [#23.").doesNotContain("#22");
  }

  @Test
  void shouldLeaveAMailboxAloneWhenItsMarkWouldBeTooLong() {
    String mailbox = "s".repeat(40) + "@tienda.example";
    assertThat(tokens.address(mailbox, "2251799813685312")).isEqualTo(mailbox);
    assertThat(tokens.address("soporte@tienda.example", "2251799813685312"))
        .startsWith("soporte+hilo.2251799813685312.")
        .endsWith("@tienda.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Re: Pedido|Pedido",
        "RE: Re: AW: Fwd: Pedido|Pedido",
        "Re[5]: Pedido|Pedido",
        "Re(2): Pedido|Pedido",
        "RE : Pedido|Pedido",
        "SV: VS: Odp: Pedido|Pedido",
        "RV: Pedido|Pedido",
        "Rif: R: I: Pedido|Pedido",
        "[Fwd: Pedido]|Pedido",
        "回复：Pedido|Pedido",
        "Antw: Pedido|Pedido",
        "Respuesta: Pedido|Respuesta: Pedido",
        "Pedido: Re: algo|Pedido: Re: algo",
        "Re:|''",
        "React: problema|React: problema",
      })
  void shouldStripPrefixes(String subject, String rest) {
    assertThat(Subjects.strip(subject)).isEqualTo(rest);
  }

  @Test
  void shouldNormaliseSubjectsForComparing() {
    assertThat(Subjects.normalise("Re:  Mi   PEDIDO " + tokens.subject("", "1")))
        .isEqualTo(Subjects.normalise("mi pedido"));
    assertThat(Subjects.reply("RE: Re: Mi pedido")).isEqualTo("Re: Mi pedido");
    assertThat(Subjects.isForward("RV: Factura")).isTrue();
    assertThat(Subjects.isForward("Re: Factura")).isFalse();
  }

  @Test
  void shouldNotPrintItsSecret() {
    assertThat(tokens.toString()).doesNotContain("one");
  }

  private static Mail read(String mail) {
    return MailReader.read(mail.getBytes(StandardCharsets.UTF_8));
  }
}
