package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.inbox.media.SignedLinks.Purpose;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SignedLinksTest {

  private static final String ID = Attachments.id("m1", 0);

  private final Media.Hand clock = new Media.Hand();
  private final SignedLinks links = new SignedLinks(Media.settings(), clock);

  private record Parts(String expires, String purpose, String signature) {}

  private static Parts parts(URI link) {
    Matcher parts =
        Pattern.compile("expires=(\\d+)&purpose=([a-z]+)&signature=([A-Za-z0-9_-]{43})")
            .matcher(link.getRawQuery());
    assertThat(parts.matches()).isTrue();
    return new Parts(parts.group(1), parts.group(2), parts.group(3));
  }

  private static Optional<Purpose> check(SignedLinks by, String id, Parts parts) {
    return by.check(id, parts.expires(), parts.purpose(), parts.signature());
  }

  @Test
  void shouldOpenOneFileForOnePurposeUntilItExpires() {
    // given
    URI link = links.link(ID, Purpose.PROVIDER, Duration.ofMinutes(5)).orElseThrow();
    Parts parts = parts(link);

    // then
    assertThat(link.toString()).startsWith("https://inbox.example.com/media/" + ID + "?expires=");
    assertThat(parts.expires()).isEqualTo("1795176300");
    assertThat(check(links, ID, parts)).contains(Purpose.PROVIDER);
    clock.forward(Duration.ofSeconds(299));
    assertThat(check(links, ID, parts)).isPresent();
    clock.forward(Duration.ofSeconds(1));
    assertThat(check(links, ID, parts)).isEmpty();
  }

  @Test
  void shouldRefuseWhatWasChanged() {
    Parts parts = parts(links.path(ID, Purpose.VISITOR, Duration.ofMinutes(5)));
    String signature = parts.signature();
    String expires = parts.expires();
    assertThat(links.check(ID, expires, "visitor", signature)).contains(Purpose.VISITOR);

    assertThat(links.check(Attachments.id("m1", 1), expires, "visitor", signature)).isEmpty();
    assertThat(links.check(ID, expires + "0", "visitor", signature)).isEmpty();
    assertThat(links.check(ID, "0" + expires, "visitor", signature + "x")).isEmpty();
    assertThat(links.check(ID, expires, "provider", signature)).isEmpty();
    assertThat(links.check(ID, expires, "VISITOR", signature)).isEmpty();
    assertThat(links.check(ID, "", "", "")).isEmpty();
    assertThat(links.check(ID, "x", "visitor", signature)).isEmpty();
    assertThat(links.check(ID, "9".repeat(19), "visitor", signature)).isEmpty();
    assertThat(links.check(ID, Long.toString(Long.MAX_VALUE), "visitor", signature)).isEmpty();
  }

  @Test
  void shouldRefuseLinksOfAnotherKey() {
    SignedLinks other =
        new SignedLinks(Media.settings("another-secret-of-at-least-32-characters", ""), clock);
    assertThat(check(other, ID, parts(links.path(ID, Purpose.VISITOR, Duration.ofHours(1)))))
        .isEmpty();
  }

  @Test
  void shouldMakeAKeyOfItsOwnWithoutOne() {
    // given
    SignedLinks one = new SignedLinks(Media.settings("", ""), clock);
    SignedLinks two = new SignedLinks(Media.settings("", ""), clock);

    // when
    Parts parts = parts(one.path(ID, Purpose.THUMBNAIL, Duration.ofHours(1)));

    // then
    assertThat(check(one, ID, parts)).contains(Purpose.THUMBNAIL);
    assertThat(check(two, ID, parts)).isEmpty();
    assertThat(one.link(ID, Purpose.PROVIDER, Duration.ofHours(1))).isEmpty();
  }

  @Test
  void shouldNameASettingThatIsWrong() {
    assertThatThrownBy(() -> Media.settings("too short", ""))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("hilo.media.link-secret")
        .hasMessageNotContaining("too short");
    assertThatThrownBy(() -> Media.settings("", "inbox.example.com"))
        .hasMessageContaining("hilo.media.public-url");
    assertThat(Media.settings().toString()).doesNotContain("at-least-32");
  }
}
