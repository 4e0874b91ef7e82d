package dev.hilo.inbox.match;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where training starts from when nothing was trained before: what one would guess. */
final class FirstGuess {

  private FirstGuess() {}

  static MatchModel model() {
    Map<Field, List<MatchModel.Level>> levels = new EnumMap<>(Field.class);
    double[] name = {0.75, 0.09, 0.04, 0.04, 0.02, 0.03, 0.03};
    double[] otherName = {5e-3, 2e-3, 3e-3, 5e-3, 1e-4, 0.03, 0.9549};
    put(levels, Field.GIVEN_NAME, name, otherName);
    put(levels, Field.FAMILY_NAME, name, otherName);
    put(
        levels,
        Field.FULL_NAME,
        new double[] {0.6, 0.12, 0.12, 0.08, 0.05, 0.03},
        new double[] {1e-5, 5e-6, 2e-5, 3e-5, 0.03, 0.969935});
    put(
        levels,
        Field.DOCUMENT,
        new double[] {0.85, 0.1, 0.03, 0.02},
        new double[] {1e-6, 8e-6, 4e-4, 0.999591});
    put(
        levels,
        Field.BIRTH_DATE,
        new double[] {0.85, 0.01, 0.08, 0.04, 0.02},
        new double[] {5e-5, 2e-5, 5e-4, 6e-3, 0.99343});
    put(
        levels,
        Field.PHONE,
        new double[] {0.6, 0.03, 0.07, 0.3},
        new double[] {2e-6, 2e-6, 1e-5, 0.999986});
    put(
        levels,
        Field.EMAIL,
        new double[] {0.6, 0.08, 0.07, 0.25},
        new double[] {2e-6, 5e-5, 2e-5, 0.999928});
    put(
        levels,
        Field.STREET,
        new double[] {0.6, 0.18, 0.07, 0.05, 0.1},
        new double[] {2e-5, 3e-5, 2e-3, 2e-2, 0.97795});
    put(
        levels,
        Field.PLACE,
        new double[] {0.65, 0.12, 0.08, 0.08, 0.07},
        new double[] {2e-3, 1e-3, 1e-3, 2e-2, 0.976});
    put(levels, Field.COUNTRY, new double[] {0.97, 0.03}, new double[] {0.5, 0.5});
    return new MatchModel(MatchModel.VERSION, Instant.EPOCH, 10_000, 0, 0.2, 0.1, levels, Map.of());
  }

  private static void put(
      Map<Field, List<MatchModel.Level>> levels, Field field, double[] m, double[] u) {
    List<MatchModel.Level> of = new ArrayList<>();
    for (int i = 0; i < m.length; i++) {
      of.add(new MatchModel.Level(field.levels().get(i), m[i], u[i]));
    }
    levels.put(field, List.copyOf(of));
  }
}
