package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.email.AuthenticationResults.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of Authentication-Results, and whom it makes us believe. */
class AuthenticationResultsTest {

  private static final String OURS = "mx.tienda.example";
  private static final String FROM = "cliente.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx.tienda.example; dmarc=pass header.from=cliente.example",
        "MX.Tienda.Example 1; DMARC=Pass header.From=CLIENTE.example",
        "\"mx.tienda.example\"; dmarc=pass header.from=\"cliente.example\"",
        "(a (nested \\) one) comment) mx.tienda.example (x) 1 (y) ; (z) dmarc (a) = (b) pass (c)"
            + " header (d) . (e) from (f) = (g) cliente.example (h)",
        "mx.tienda.example;\r\n\tspf=fail smtp.mailfrom=otro.example;\r\n\tdkim=pass"
            + " header.d=cliente.example header.b=\"aB/c+d==\"",
        "mx.tienda.example; dkim=pass header.i=@cliente.example header.s=20230601 header.b=aB/c=d",
        "mx.tienda.example; dkim=fail header.d=cliente.example; dkim=pass header.d=cliente.example",
        "mx.tienda.example; dkim/1=pass header.d=cliente.example",
        "mx.tienda.example; spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=ana@cliente.example;",
        "mx.tienda.example; spf=pass smtp.mailfrom=\"a; (b\"@cliente.example",
        "mx.tienda.example; dmarc=pass action=none header.from=cliente.example;compauth=pass"
            + " reason=100",
        "mx.tienda.example; dmarc=pass reason=\"p; (none\" header.from=cliente.example",
        "mx.tienda.example; dmarc=pass",
      })
  void shouldBelieveOurServer(String header) {
    assertThat(vouched("Authentication-Results: " + header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx.tienda.example; none",
        "mx.tienda.example",
        "mx.tienda.example; dmarc=fail header.from=cliente.example",
        "mx.tienda.example; dmarc=pass header.from=otro.example",
        "mx.tienda.example; dmarc=pass header.from=cliente.example header.from=otro.example",
        "mx.tienda.example; dkim=pass header.d=otro.example",
        "mx.tienda.example; dkim=pass header.d=otro.example header.i=@cliente.example",
        "mx.tienda.example; dkim=pass header.d=mail.cliente.example",
        "mx.tienda.example; dkim=pass header.d=example",
        "mx.tienda.example; dkim=pass",
        "mx.tienda.example; spf=pass smtp.helo=cliente.example",
        "mx.tienda.example; arc=pass header.d=cliente.example",
        "mx.tienda.example; x-dmarc=pass header.from=cliente.example",
        "mx.tienda.example; notdmarc=pass; header.from=cliente.example",
        "otro.example; dmarc=pass header.from=cliente.example",
        "mx.tienda.example.otro.example; dmarc=pass header.from=cliente.example",
        "(mx.tienda.example); dmarc=pass header.from=cliente.example",
        "dmarc=pass header.from=cliente.example; mx.tienda.example",
        // The sender's own words, where a server quotes them, and where it fails to
        "mx.tienda.example; spf=pass smtp.mailfrom=\"x; dmarc=pass header.from=cliente.example\""
            + "@malo.example",
        "mx.tienda.example; spf=pass (domain of \"x); dmarc=pass header.from=cliente.example"
            + "\"@malo.example designates 192.0.2.1) smtp.mailfrom=malo.example",
        "mx.tienda.example; spf=pass (a \\) ; dmarc=pass header.from=cliente.example (b)",
        "mx.tienda.example; spf=none reason=\"a \\\" ; dmarc=pass header.from=cliente.example\"",
        "mx.tienda.example; dmarc=pass header.from=cliente.example; spf=pass (never closed",
        "mx.tienda.example; dmarc=pass header.from=cliente.example \"",
        "mx.tienda.example; dmarc=pass header.from=cliente.example )",
        "mx.tienda.example; dmarc=pass header.from=malo.example@cliente.example@",
      })
  void shouldNotBelieve(String header) {
    assertThat(vouched("Authentication-Results: " + header)).isFalse();
  }

  @Test
  void shouldBelieveOnlyTheTopmostOfOurServer() {
    String pass = "Authentication-Results: mx.tienda.example; dmarc=pass header.from=" + FROM;
    String fail = "Authentication-Results: mx.tienda.example; dmarc=fail header.from=" + FROM;
    String others = "Authentication-Results: otro.example; dmarc=fail header.from=" + FROM;
    String broken = "Authentication-Results: mx.tienda.example; dmarc=fail (never closed";
    assertThat(vouched(others, pass, fail)).isTrue();
    assertThat(vouched(fail, pass)).isFalse();
    assertThat(vouched(broken, pass)).isFalse();
    assertThat(vouched(others, others)).isFalse();
  }

  @Test
  void shouldBelieveNobodyWhoWritesTwoFroms() {
    String pass = "Authentication-Results: mx.tienda.example; dmarc=pass header.from=" + FROM;
    assertThat(vouched(pass, "From: jefa@malo.example")).isFalse();
  }

  @Test
  void shouldReadMethodsAndProperties() {
    AuthenticationResults read =
        AuthenticationResults.read(
            "mx.example; dkim=pass (good) header.d=a.example header.s=x; spf=softfail");
    assertThat(read.server()).isEqualTo("mx.example");
    assertThat(read.sound()).isTrue();
    assertThat(read.results()).extracting(Result::method).containsExactly("dkim", "spf");
    assertThat(read.results()).extracting(Result::result).containsExactly("pass", "softfail");
    assertThat(read.results().getFirst().value("header.s")).contains("x");
  }

  @Test
  void shouldEndOnAnything() {
    Random random = new Random(8601);
    List<String> pieces =
        Stream.of("mx", ";", "=", "(", ")", "\"", "\\", " ", "dmarc", "pass", "/", ".", "\0", "é")
            .toList();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder header = new StringBuilder();
      random.ints(random.nextInt(30), 0, pieces.size()).forEach(p -> header.append(pieces.get(p)));
      AuthenticationResults read = AuthenticationResults.read(header.toString());
      assertThat(read.sound() || read.results().isEmpty()).isTrue();
    }
    assertThat(AuthenticationResults.read("mx; dmarc=pass " + "(".repeat(9_000)).sound()).isFalse();
    assertThat(AuthenticationResults.read("mx; dmarc=pass" + " ".repeat(10_000)).sound()).isFalse();
  }

  private static boolean vouched(String... headers) {
    String mail = String.join("\n", headers) + "\nFrom: Ana <ana@" + FROM + ">\n\nHola\n";
    return Authenticity.of(MailReader.read(mail.getBytes(StandardCharsets.UTF_8)), Set.of(OURS))
        .vouched();
  }
}
