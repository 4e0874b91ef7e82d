package dev.hilo.simulators.oauth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A body in {@code application/x-www-form-urlencoded}. */
final class Form {

  private final Map<String, String> values = new LinkedHashMap<>();

  private Form() {}

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException when it is not well encoded
   */
  static Form of(byte[] body) {
    Form form = new Form();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** The value, which has to be there. */
  String need(String name) throws TokenRefusal {
    return get(name)
        .orElseThrow(
            () -> TokenRefusal.invalidRequest("The request body must contain '" + name + "'."));
  }
}
