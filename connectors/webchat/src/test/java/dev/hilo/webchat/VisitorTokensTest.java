package dev.hilo.webchat;

import static dev.hilo.webchat.Webchat.NOW;
import static dev.hilo.webchat.Webchat.SECRET;
import static dev.hilo.webchat.Webchat.SHOP;
import static dev.hilo.webchat.Webchat.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VisitorTokensTest {

  private final VisitorTokens tokens = new VisitorTokens(new Secret(SECRET));
  private final VisitorToken visitor = new VisitorToken(SHOP, VISITOR, NOW.plusSeconds(60));
  private final String written = tokens.write(visitor).reveal();

  @Test
  void shouldReadWhatItWrote() {
    assertThat(tokens.read(written)).contains(visitor);
  }

  @Test
  void shouldNotReadATokenWhenAnyCharacterIsChanged() {
    for (int i = 0; i < written.length(); i++) {
      char other = written.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = written.substring(0, i) + other + written.substring(i + 1);
      assertThat(tokens.read(tampered)).as("changed at %s", i).isEmpty();
    }
  }

  @Test
  void shouldNotReadATokenWhenItsLastSignatureBitsAreSpare() {
    // given: the last of 43 characters carries 4 bits, the other 2 are lost on decoding
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(written.charAt(written.length() - 1));
    String sameBytes = written.substring(0, written.length() - 1) + alphabet.charAt(last ^ 1);
    // then
    assertThat(tokens.read(sameBytes)).isEmpty();
  }

  @Test
  void shouldNotReadUnsignedTokens() {
    String payload = written.split("\\.", -1)[1];
    for (String algorithm : new String[] {"none", "None", "NONE", "HS384", "RS256", ""}) {
      String header = encoded("{\"alg\":\"" + algorithm + "\"}");
      assertThat(tokens.read(header + "." + payload + ".")).as(algorithm).isEmpty();
      assertThat(tokens.read(header + "." + payload + "." + written.split("\\.", -1)[2]))
          .as(algorithm)
          .isEmpty();
    }
  }

  @Test
  void shouldNotReadTokensOfAnotherSecret() {
    // given
    VisitorTokens others = new VisitorTokens(new Secret("another-secret-0123456789abcdefghij"));
    // then
    assertThat(tokens.read(others.write(visitor).reveal())).isEmpty();
  }

  @Test
  void shouldNotReadTokensOfOddVisitors() {
    for (String odd : new String[] {"", "../shop", VISITOR.substring(1), VISITOR + "0"}) {
      assertThat(tokens.read(tokens.write(new VisitorToken(SHOP, odd, NOW)).reveal())).isEmpty();
    }
  }

  @Test
  void shouldNotReadWhatIsNoToken() {
    for (String text : new String[] {"", ".", "..", "a.b.c", "a.b.c.d.e", "x".repeat(100_000)}) {
      assertThat(tokens.read(text)).isEmpty();
    }
  }

  @Test
  void shouldNotPrintTheVisitor() {
    assertThat(visitor.toString()).doesNotContain(VISITOR);
    assertThat(tokens.write(visitor).toString()).isEqualTo("[REDACTED]");
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
