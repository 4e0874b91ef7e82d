package dev.hilo.inbox.contact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The table by which one of several values of a field counts; an admin edits it in the
 * configuration. The first rule that names the field, or {@code *}, decides: the source that stands
 * first wins; within a source what {@code prefer} says.
 *
 * @param rules first match counts; fields without a rule are decided by the default order
 */
@ConfigurationProperties("hilo.contacts")
public record FieldPrecedence(@DefaultValue List<Rule> rules) {

  /**
   * One row of the table.
   *
   * @param field a field's name, or {@code *} for all
   * @param sources the strongest first; those that are not named come after them
   * @param prefer which of two values of one source counts
   */
  public record Rule(
      String field,
      @DefaultValue List<FieldSource> sources,
      @DefaultValue("NEWEST") Prefer prefer) {}

  /** Which of two values of one source counts. */
  public enum Prefer {
    NEWEST,
    OLDEST,
    MOST_CONFIDENT
  }

  private static final Rule DEFAULT = new Rule("*", List.of(FieldSource.values()), Prefer.NEWEST);

  public FieldPrecedence {
    rules = List.copyOf(rules);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      String place = "hilo.contacts.rules[" + i + "]";
      if (!rule.field().equals("*") && !ContactFields.isField(rule.field())) {
        throw new IllegalArgumentException(
            place
                + ".field is '"
                + rule.field()
                + "', expected one of "
                + ContactFields.STANDARD
                + ", custom.<name> or *");
      }
      if (!seen.add(rule.field())) {
        throw new IllegalArgumentException(
            place + ".field is '" + rule.field() + "', which a rule above has decided already");
      }
      if (EnumSet.copyOf(rule.sources().isEmpty() ? List.of(FieldSource.values()) : rule.sources())
              .size()
          < rule.sources().size()) {
        throw new IllegalArgumentException(
            place
                + ".sources names a source twice; the sources are "
                + Arrays.toString(FieldSource.values()));
      }
    }
  }

  /** The table that holds when none is written. */
  public static FieldPrecedence standard() {
    return new FieldPrecedence(List.of());
  }

  /** The strongest value of a field first. */
  Comparator<GoldenField.Candidate> strongestFirst(String field) {
    Rule rule =
        rules.stream()
            .filter(row -> row.field().equals(field) || row.field().equals("*"))
            .findFirst()
            .orElse(DEFAULT);
    List<FieldSource> order = new ArrayList<>(rule.sources());
    for (FieldSource source : FieldSource.values()) {
      if (!order.contains(source)) {
        order.add(source);
      }
    }
    Comparator<GoldenField.Candidate> newest =
        Comparator.<GoldenField.Candidate, java.time.Instant>comparing(c -> c.value().at())
            .reversed();
    Comparator<GoldenField.Candidate> within =
        switch (rule.prefer()) {
          case NEWEST -> newest;
          case OLDEST -> newest.reversed();
          case MOST_CONFIDENT ->
              Comparator.<GoldenField.Candidate>comparingDouble(c -> -c.value().confidence())
                  .thenComparing(newest);
        };
    return Comparator.<GoldenField.Candidate>comparingInt(c -> order.indexOf(c.value().source()))
        .thenComparing(within)
        .thenComparing(GoldenField.Candidate::contactId);
  }
}
