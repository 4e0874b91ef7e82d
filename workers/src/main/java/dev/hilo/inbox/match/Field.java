package dev.hilo.inbox.match;

import static dev.hilo.inbox.match.Agreement.ALIKE;
import static dev.hilo.inbox.match.Agreement.CITY;
import static dev.hilo.inbox.match.Agreement.DIFFERENT;
import static dev.hilo.inbox.match.Agreement.ENDING;
import static dev.hilo.inbox.match.Agreement.EQUAL;
import static dev.hilo.inbox.match.Agreement.FAINT;
import static dev.hilo.inbox.match.Agreement.LOCAL_PART;
import static dev.hilo.inbox.match.Agreement.NEAR;
import static dev.hilo.inbox.match.Agreement.PART;
import static dev.hilo.inbox.match.Agreement.POSTCODE;
import static dev.hilo.inbox.match.Agreement.SIMILAR;
import static dev.hilo.inbox.match.Agreement.SWAPPED;
import static dev.hilo.inbox.match.Agreement.TYPO;

import java.util.List;
import java.util.Locale;

/**
 * What is compared. Given and family names are compared where both records have them apart, full
 * names otherwise. City and postcode are one field: they depend on each other, and a model of
 * independent fields would count one agreement twice.
 */
public enum Field {
  GIVEN_NAME(1e-5, EQUAL, SIMILAR, PART, ALIKE, SWAPPED, FAINT, DIFFERENT),
  FAMILY_NAME(1e-5, EQUAL, SIMILAR, PART, ALIKE, SWAPPED, FAINT, DIFFERENT),
  FULL_NAME(1e-6, EQUAL, SIMILAR, PART, ALIKE, FAINT, DIFFERENT),
  DOCUMENT(1e-6, EQUAL, TYPO, NEAR, DIFFERENT),
  BIRTH_DATE(1e-5, EQUAL, SWAPPED, TYPO, NEAR, DIFFERENT),
  PHONE(2e-6, EQUAL, ENDING, TYPO, DIFFERENT),
  EMAIL(2e-6, EQUAL, LOCAL_PART, SIMILAR, DIFFERENT),
  STREET(1e-5, EQUAL, SIMILAR, PART, FAINT, DIFFERENT),
  PLACE(1e-4, EQUAL, SIMILAR, POSTCODE, CITY, DIFFERENT),
  COUNTRY(1e-2, EQUAL, DIFFERENT);

  private final double rarest;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Agreement> levels;

  Field(double rarest, Agreement... levels) {
    this.rarest = rarest;
    this.levels = List.of(levels);
  }

  /** How this field may agree, best first; the last is {@link Agreement#DIFFERENT}. */
  public List<Agreement> levels() {
    return levels;
  }

  /** No agreement is taken for rarer among strangers than this, whatever a sample says. */
  double rarest() {
    return rarest;
  }

  /** Whether people of one household have it in common. */
  boolean sharedAtHome() {
    return switch (this) {
      case FAMILY_NAME, PHONE, STREET, PLACE, COUNTRY -> true;
      case GIVEN_NAME, FULL_NAME, DOCUMENT, BIRTH_DATE, EMAIL -> false;
    };
  }

  /** Its place in arrays, for the inner loops. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  /** As written in keys of properties files. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
