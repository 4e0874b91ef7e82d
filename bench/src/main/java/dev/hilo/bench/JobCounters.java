package dev.hilo.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the broker has counted of its jobs since it started.
 *
 * @param created by job type
 * @param ended by job type: completed, cancelled, or ended by an error
 */
record JobCounters(Map<String, Long> created, Map<String, Long> ended) {

  /** The metric, as the management port calls it. */
  static final String METRIC = "zeebe_job_events_total";

  private static final Pattern LINE =
      Pattern.compile("^" + METRIC + "\\{([^}]*)\\}\\s+(\\S+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Reads the text format of Prometheus; the partitions are added up. */
  static JobCounters parse(String text) {
    Map<String, Long> created = new HashMap<>();
    Map<String, Long> ended = new HashMap<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(line.group(1));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      String type = labels.getOrDefault("type", "");
      long count = (long) Double.parseDouble(line.group(2));
      switch (labels.getOrDefault("action", "")) {
        case "created" -> created.merge(type, count, Long::sum);
        case "completed", "canceled", "error thrown" -> ended.merge(type, count, Long::sum);
        default -> {
          // Pushed, activated, failed, timed out: the job is still there.
        }
      }
    }
    return new JobCounters(Map.copyOf(created), Map.copyOf(ended));
  }

  /** How many jobs of this type were created since. */
  long createdSince(JobCounters before, String type) {
    return created.getOrDefault(type, 0L) - before.created.getOrDefault(type, 0L);
  }

  /** How many jobs are not done, of all types. */
  long open() {
    return sum(created) - sum(ended);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
