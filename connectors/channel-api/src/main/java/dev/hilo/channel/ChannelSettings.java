package dev.hilo.channel;

import java.util.List;
import java.util.Map;

/**
 * The settings of one channel, as an operator wrote them.
 *
 * @param common what holds for every account
 * @param accounts the accounts, each with its own settings
 */
public record ChannelSettings(Values common, List<Account> accounts) {

  public ChannelSettings {
    accounts = List.copyOf(accounts);
  }

  /**
   * One account.
   *
   * @param name for people
   * @param language BCP 47 tag the account greets in when the customer's is not known
   */
  public record Account(AccountId id, String name, String language, Values values) {}

  /**
   * Named strings, with the place they stand at for error messages. Never printed: some are secret.
   */
  public static final class Values {
    private final String place;
    private final Map<String, String> values;

    /**
     * Names the strings.
     *
     * @param place the settings' path, for example {@code hilo.channels.email}
     */
    public Values(String place, Map<String, String> values) {
      this.place = place;
      this.values = Map.copyOf(values);
    }

    /**
     * A setting without which the channel cannot work.
     *
     * @throws InvalidSettingsException if it is missing or blank
     */
    public String required(String key) {
      String value = values.get(key);
      if (value == null || value.isBlank()) {
        throw new InvalidSettingsException("the setting " + place + "." + key + " is missing");
      }
      return value;
    }

    public String optional(String key, String fallback) {
      String value = values.get(key);
      return value == null || value.isBlank() ? fallback : value;
    }

    /**
     * A required setting that is never printed.
     *
     * @throws InvalidSettingsException if it is missing or blank
     */
    public Secret secret(String key) {
      return new Secret(required(key));
    }

    /** Comma-separated; may be empty. */
    public List<String> list(String key) {
      String value = values.getOrDefault(key, "");
      return java.util.Arrays.stream(value.split(",", -1))
          .map(String::trim)
          .filter(part -> !part.isEmpty())
          .toList();
    }

    /** An error about one of these settings. */
    public InvalidSettingsException invalid(String key, String expected) {
      return new InvalidSettingsException(
          "the setting " + place + "." + key + " is not valid: expected " + expected);
    }

    @Override
    public String toString() {
      return place + values.keySet();
    }
  }
}
