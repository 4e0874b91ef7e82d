package dev.hilo.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of channels say what the channels say of themselves. {@code -Dhilo.docs.update=true}
 * writes them.
 */
class ChannelTableTest {

  private static final String BEGIN = "<!-- channels:begin -->\n";
  private static final String END = "<!-- channels:end -->";

  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "../connectors/README.md"})
  void shouldShowWhatTheChannelsCanDo(String file) throws IOException {
    // given
    List<Capabilities> channels = new ArrayList<>();
    for (ChannelProvider provider : InstalledChannels.providers()) {
      channels.add(InstalledChannels.channel(provider).capabilities());
    }
    String text = Files.readString(Path.of(file));
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertThat(begin).as("the place of the table in " + file).isNotNegative().isLessThan(end);
    // when
    String written =
        text.substring(0, begin) + BEGIN + ChannelTable.of(channels) + text.substring(end);
    if (Boolean.getBoolean("hilo.docs.update")) {
      Files.writeString(Path.of(file), written);
    }
    // then
    assertThat(Files.readString(Path.of(file)))
        .as(file + ", which -Dhilo.docs.update=true writes anew")
        .isEqualTo(written);
  }

  @Test
  void shouldHaveEveryChannelOfTheFoldersInstalled() throws IOException {
    assertThat(InstalledChannels.providers().stream().map(provider -> provider.type().value()))
        .as("channels on the class path: a dependency line in workers/pom.xml each")
        .containsExactlyElementsOf(InstalledChannels.folders());
  }

  @Test
  void shouldWriteFiguresAsPeopleDo() {
    assertThat(ChannelTable.size(16L * 1024 * 1024)).isEqualTo("16 MB");
    assertThat(ChannelTable.size(50_000_000)).isEqualTo("50 MB");
    assertThat(ChannelTable.size(512_000)).isEqualTo("512 kB");
    assertThat(ChannelTable.size(500 * 1024)).isEqualTo("512 kB");
    assertThat(ChannelTable.duration(Duration.ofDays(1))).isEqualTo("24 h");
    assertThat(ChannelTable.duration(Duration.ofDays(7))).isEqualTo("7 days");
    assertThat(ChannelTable.duration(Duration.ofSeconds(6))).isEqualTo("6 s");
  }
}
