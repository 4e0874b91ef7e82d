package dev.hilo.inbox.match;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of how records of one person agree, and records of strangers: Fellegi and Sunter's
 * m and u probabilities of each level of agreement, how many pairs there are of each kind, and
 * which values are frequent. Written as JSON and read again without loss.
 *
 * <p>Source: I. Fellegi and A. Sunter, "A Theory for Record Linkage", JASA 64 (1969), 1183 to 1210;
 * levels and frequencies after W. Winkler, "Using the EM Algorithm for Weight Computation in the
 * Fellegi-Sunter Model of Record Linkage" (1988) and the documentation of Splink.
 *
 * @param version of this form; another one is not read
 * @param records that it was trained on, or that it is to be used among
 * @param pairs that were compared in training
 * @param duplicates pairs of one person, for each record
 * @param relatives pairs of one household, for each record
 * @param levels for each field, in the order of {@link Field#levels}
 * @param frequencies of frequent values; cities and postcodes stand under {@link Field#PLACE}
 */
public record MatchModel(
    int version,
    Instant trainedAt,
    long records,
    long pairs,
    double duplicates,
    double relatives,
    Map<Field, List<Level>> levels,
    Map<Field, TermFrequencies> frequencies) {

  /** The form that this code reads and writes. */
  public static final int VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  public MatchModel {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "a match model of version " + version + ", expected " + VERSION);
    }
    for (Field field : Field.values()) {
      List<Level> of = levels.get(field);
      if (of == null || !of.stream().map(Level::agreement).toList().equals(field.levels())) {
        throw new IllegalArgumentException(
            "a match model whose levels of " + field + " are not " + field.levels());
      }
    }
    levels = inOrder(levels);
    frequencies = inOrder(frequencies);
  }

  private static <V> Map<Field, V> inOrder(Map<Field, V> map) {
    Map<Field, V> copy = new EnumMap<>(Field.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * A level of agreement.
   *
   * @param m how often two records of one person agree so
   * @param u how often two records of strangers do
   */
  public record Level(Agreement agreement, double m, double u) {}

  /** Trained on generated records; for a tenant with too few of its own. */
  public static MatchModel standard() {
    return Standard.MODEL;
  }

  /** The same knowledge, to be used among so many records. */
  public MatchModel among(long number) {
    return new MatchModel(
        version, trainedAt, number, pairs, duplicates, relatives, levels, frequencies);
  }

  /** The levels of a field, best first. */
  public List<Level> of(Field field) {
    return Objects.requireNonNull(levels.get(field), "a model has every field");
  }

  /** The frequent values of a field. */
  public TermFrequencies frequencies(Field field) {
    return frequencies.getOrDefault(field, TermFrequencies.NONE);
  }

  /** The chance that any two records are of one person. */
  @JsonIgnore
  public double prior() {
    return chance(duplicates);
  }

  /** The chance that any two records are of two people of one household. */
  @JsonIgnore
  public double priorOfRelatives() {
    return chance(relatives);
  }

  private double chance(double forEachRecord) {
    return Math.min(0.4, 2 * forEachRecord / Math.max(10, records - 1));
  }

  /** As JSON. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is no model of this version
   */
  public static MatchModel ofJson(String json) {
    try {
      return JSON.readValue(json, MatchModel.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a match model: " + e.getMessage(), e);
    }
  }

  private static final class Standard {
    static final MatchModel MODEL = read();

    private static MatchModel read() {
      try (InputStream in =
          Objects.requireNonNull(MatchModel.class.getResourceAsStream("standard-model.json"))) {
        return JSON.readValue(in, MatchModel.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
