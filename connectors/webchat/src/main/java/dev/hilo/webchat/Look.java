package dev.hilo.webchat;

import dev.hilo.channel.ChannelSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a widget looks and what it says of itself.
 *
 * @param title of the panel
 * @param greeting what is said before the first message
 * @param greetingText the line under it
 * @param launcher what stands beside the button that opens it
 * @param left whether it stands at the left side of the page
 * @param avatar address of a picture
 */
record Look(
    Localized title,
    Localized greeting,
    Localized greetingText,
    Localized launcher,
    String colour,
    boolean left,
    Optional<String> avatar) {

  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final String DEFAULT_COLOUR = "#4338ca";
  private static final int MAX_TITLE = 60;
  private static final int MAX_GREETING = 120;
  private static final int MAX_GREETING_TEXT = 300;
  private static final int MAX_LAUNCHER = 40;
  private static final int MAX_ADDRESS = 500;

  static Look of(ChannelSettings.Values values) {
    String colour = values.optional("colour", DEFAULT_COLOUR);
    if (!COLOUR.matcher(colour).matches()) {
      throw values.invalid("colour", "#rrggbb, for example " + DEFAULT_COLOUR);
    }
    String position = values.optional("position", "right");
    if (!position.equals("left") && !position.equals("right")) {
      throw values.invalid("position", "left or right, got '" + position + "'");
    }
    return new Look(
        Localized.of(values, "title", MAX_TITLE),
        Localized.of(values, "greeting", MAX_GREETING),
        Localized.of(values, "greeting-text", MAX_GREETING_TEXT),
        Localized.of(values, "launcher-text", MAX_LAUNCHER),
        colour,
        position.equals("left"),
        avatar(values));
  }

  private static Optional<String> avatar(ChannelSettings.Values values) {
    String written = values.optional("avatar", "").strip();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(written);
      boolean web =
          uri.getHost() != null
              && ("https".equalsIgnoreCase(uri.getScheme())
                  || "http".equalsIgnoreCase(uri.getScheme()));
      if (web && written.length() <= MAX_ADDRESS) {
        return Optional.of(uri.toString());
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw values.invalid("avatar", "the https address of a picture, got '" + written + "'");
  }
}
