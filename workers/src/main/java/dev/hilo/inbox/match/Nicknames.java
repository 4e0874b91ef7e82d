package dev.hilo.inbox.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Which given names are short for which: {@code nicknames.txt}. */
final class Nicknames {

  private static final int[] NONE = {};
  private static final Map<String, int[]> GROUPS = read();

  private Nicknames() {}

  /** The groups that a name is in; ascending, mostly empty; not to be changed. */
  static int[] groups(String word) {
    return GROUPS.getOrDefault(word, NONE);
  }

  private static Map<String, int[]> read() {
    Map<String, int[]> groups = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(Nicknames.class.getResourceAsStream("nicknames.txt"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int group = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        group++;
        for (String name : line.strip().split("\\s+", -1)) {
          int[] before = groups.getOrDefault(PersonText.plain(name), NONE);
          int[] after = Arrays.copyOf(before, before.length + 1);
          after[before.length] = group;
          groups.put(PersonText.plain(name), after);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return groups;
  }
}
