package dev.hilo.inbox.contact;

import static dev.hilo.inbox.Samples.ANA_BROWSER;
import static dev.hilo.inbox.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.store.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProofCodesTest {

  private Instant now = NOON;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final ProofCodes codes = new ProofCodes(new MemoryStore(), clock);

  @Test
  void shouldGiveTheVisitorWhenTheCodeComes() {
    // given
    ProofCodes.Issued issued = codes.issue(ANA_BROWSER);

    // then
    assertThat(issued.code()).matches("HILO-[2-9A-HJKMNP-TV-Z]{8}");
    assertThat(
            codes.redeem(
                "Hola! " + issued.code().toLowerCase(java.util.Locale.ROOT) + " gracias", "m1"))
        .contains(ANA_BROWSER);
  }

  @Test
  void shouldWorkOnceAndAgainForARedelivery() {
    // given
    ProofCodes.Issued issued = codes.issue(ANA_BROWSER);
    codes.redeem(issued.code(), "m1");

    // then
    assertThat(codes.redeem(issued.code(), "m1")).contains(ANA_BROWSER);
    assertThat(codes.redeem(issued.code(), "m2")).isEmpty();
  }

  @Test
  void shouldExpire() {
    // given
    ProofCodes.Issued issued = codes.issue(ANA_BROWSER);

    // when
    now = NOON.plus(Duration.ofMinutes(15));

    // then
    assertThat(codes.redeem(issued.code(), "m1")).isEmpty();
  }

  @Test
  void shouldIgnoreTextWithoutACode() {
    assertThat(codes.redeem("HILO is a nice name, HILO-1234 is no code", "m1")).isEmpty();
  }
}
