package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.TemplateChannel.Template;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private final Template template =
      new Template("follow_up", "es", "Hola {{1}}, tu caso {{2}} sigue abierto, {{1}}.");

  @Test
  void shouldCountPlaceholders() {
    assertThat(template.parameterCount()).isEqualTo(2);
    assertThat(new Template("thanks", "es", "Gracias").parameterCount()).isZero();
  }

  @Test
  void shouldRenderAsTheCustomerReadsIt() {
    assertThat(template.render(List.of("Ana", "A-17")))
        .isEqualTo("Hola Ana, tu caso A-17 sigue abierto, Ana.");
  }

  @Test
  void shouldKeepPlaceholdersThatAParameterHolds() {
    assertThat(template.render(List.of("{{2}} $1 \\", "A-17")))
        .isEqualTo("Hola {{2}} $1 \\, tu caso A-17 sigue abierto, {{2}} $1 \\.");
  }

  @Test
  void shouldKeepPlaceholdersWithoutAParameter() {
    assertThat(template.render(List.of("Ana")))
        .isEqualTo("Hola Ana, tu caso {{2}} sigue abierto, Ana.");
  }
}
