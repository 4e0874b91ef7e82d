package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a channel as it stands in addresses, settings and stored records.
 *
 * @param value lower-case letters, digits and hyphens, 2 to 32 characters, starting with a letter
 */
public record ChannelType(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{1,31}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ChannelType {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "ChannelType must match " + FORM.pattern() + ", got '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
