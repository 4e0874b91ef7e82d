package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignatureTest {

  /** RFC 4231, test case 2. */
  @Test
  void shouldSignAsTheStandardSaysWhenGivenItsExample() {
    // given
    byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    // when
    String signature = new Signature("Jefe").of(body);

    // then
    assertThat(signature)
        .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }
}
