package dev.hilo.simulators.meta;

import dev.hilo.simulators.http.BadRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A customer as one business knows them: the id means nothing to another business.
 *
 * @param id page-scoped or Instagram-scoped
 * @param account the business's
 * @param name first and last
 * @param username without {@code @}
 * @param locale such as {@code es_LA}
 * @param consent whether the profile may be read
 * @param blocked whether the person blocked the business
 */
public record Person(
    String id,
    String account,
    String name,
    Optional<String> username,
    String locale,
    boolean consent,
    boolean blocked) {

  private static final Pattern ID = Pattern.compile("\\d{4,20}");

  public Person {
    if (!ID.matcher(id).matches()) {
      throw new BadRequest("id: expected 4 to 20 digits, got '" + id + "'");
    }
    if (name.isBlank()) {
      throw new BadRequest("name: must not be blank");
    }
  }

  String firstName() {
    return name.strip().split("\\s+", 2)[0];
  }

  String lastName() {
    String[] parts = name.strip().split("\\s+", 2);
    return parts.length > 1 ? parts[1] : "";
  }
}
