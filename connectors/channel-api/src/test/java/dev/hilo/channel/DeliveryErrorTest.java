package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryErrorTest {

  @ParameterizedTest
  @EnumSource
  void shouldHaveASentenceInBothLanguages(DeliveryError error) {
    String english = error.sentence(Locale.ENGLISH);
    String spanish = error.sentence(Locale.forLanguageTag("es-CO"));
    assertThat(english).endsWith(".").isNotEqualTo(spanish);
    assertThat(spanish).endsWith(".");
    assertThat(error.sentence(Locale.forLanguageTag("pt-BR"))).isEqualTo(english);
  }
}
