package dev.hilo.inbox.match;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;

/** Says in words what speaks for and against. Languages: en, es; any other gets English. */
public final class MatchWords {

  private static final String NAME = "dev.hilo.inbox.match.match-words";

  private final ResourceBundle words;
  private final Locale language;

  public MatchWords(Locale language) {
    this.language = language;
    this.words =
        ResourceBundle.getBundle(
            NAME,
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * A field's say.
   *
   * @param weight see {@link Evidence#weight}
   * @param words a sentence
   */
  public record Said(Field field, double weight, String words) {}

  /** What each field says, what matters most first. */
  public List<Said> evidence(Score score) {
    List<Said> said = new ArrayList<>();
    for (Evidence item : score.evidence()) {
      said.add(new Said(item.field(), item.weight(), sentence(item)));
    }
    said.sort(Comparator.comparingDouble((Said one) -> Math.abs(one.weight())).reversed());
    return said;
  }

  /** Why a machine may not merge, a sentence each; empty if it may. */
  public List<String> objections(Score score) {
    return score.objections().stream()
        .sorted()
        .map(objection -> words.getString("objection." + objection.key()))
        .toList();
  }

  /** How probable it is, in one sentence. */
  public String summary(Score score) {
    // Nothing is ever sure: 100 % is not said.
    double percent = Math.min(99.9, Math.max(0.1, score.probability() * 100));
    String summary = format("summary", percent);
    return score.relatives() < 0.1 ? summary : summary + " " + words.getString("relatives");
  }

  private String sentence(Evidence item) {
    String key = item.field().key() + "." + item.agreement().key();
    String sentence = format(key, Double.isNaN(item.similarity()) ? 0 : item.similarity());
    return item.proven() || item.weight() <= 0
        ? sentence
        : sentence + " " + words.getString("claimed");
  }

  private String format(String key, double number) {
    return Objects.requireNonNull(
        new MessageFormat(words.getString(key), language).format(new Object[] {number}));
  }
}
