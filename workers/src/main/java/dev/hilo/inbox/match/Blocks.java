package dev.hilo.inbox.match;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * All records by their {@link BlockingKeys}, for the pairs worth comparing. Memory: 8 bytes for
 * each key of a record and 4 more while it is shared; no set of pairs is kept, because a pair of
 * several blocks is taken in the first of them only.
 *
 * <p>A block that is too large for all its pairs is sorted, by birth date and by address, and each
 * record is compared with its next neighbours (sorted neighbourhood; M. Hernández and S. Stolfo,
 * 1995).
 */
final class Blocks {

  /** Most records: their number takes 24 bits. */
  static final int MOST_RECORDS = 1 << 24;

  private static final long RECORD_BITS = MOST_RECORDS - 1L;
  private static final int NEIGHBOURS = 6;
  private static final int BLOCKS_OF_A_TASK = 256;

  private final int records;
  private final long[] entries;
  private final int size;
  private final int[] starts;
  private final int mostInBlock;
  private int[] blocksOf = {};
  private final int[] firstOf;
  private int[] byBirthDate = {};
  private int[] byAddress = {};
  private int large;

  /** What is done with a pair; first is less than second. */
  interface PairTask {
    void pair(int first, int second);

    /** Called when the task has no more pairs. */
    void done();
  }

  private Blocks(List<Features> people, int mostInBlock) {
    if (people.size() >= MOST_RECORDS) {
      throw new IllegalArgumentException(
          people.size() + " records at once, at most " + (MOST_RECORDS - 1));
    }
    this.records = people.size();
    this.mostInBlock = mostInBlock;
    long[] all = new long[Math.max(64, records * 24)];
    int count = 0;
    for (int i = 0; i < records; i++) {
      for (String key : BlockingKeys.of(people.get(i))) {
        if (count == all.length) {
          all = Arrays.copyOf(all, all.length + (all.length >> 1));
        }
        all[count++] = (TermFrequencies.hash(key) & ~RECORD_BITS) | i;
      }
    }
    Arrays.parallelSort(all, 0, count);
    this.entries = all;
    this.size = withoutSingles(all, count);
    this.starts = starts();
    this.firstOf = new int[records + 1];
    index();
    if (large > 0) {
      this.byBirthDate = ranks(people, Comparator.comparing(Blocks::birthDate));
      this.byAddress = ranks(people, Comparator.comparing(Blocks::address));
    }
  }

  /** Builds; the larger a block may be, the more pairs. */
  static Blocks of(List<Features> people, int mostInBlock) {
    return new Blocks(people, mostInBlock);
  }

  /** How large a block may be so that the work stays in proportion to the number of records. */
  static int usualSize(int records) {
    return Math.max(40, Math.min(500, 4_000_000 / Math.max(1, records)));
  }

  int count() {
    return starts.length - 1;
  }

  int large() {
    return large;
  }

  /** Most pairs that {@link #forEach} may give. */
  long mostPairs() {
    long pairs = 0;
    for (int b = 0; b < count(); b++) {
      long n = (long) starts[b + 1] - starts[b];
      pairs += n > mostInBlock ? 2 * n * NEIGHBOURS : n * (n - 1) / 2;
    }
    return pairs;
  }

  /** Gives every pair, on all cores, to tasks that are each used by one thread. */
  void forEach(Supplier<PairTask> tasks) {
    int parts = (count() + BLOCKS_OF_A_TASK - 1) / BLOCKS_OF_A_TASK;
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              PairTask task = tasks.get();
              int end = Math.min(count(), (part + 1) * BLOCKS_OF_A_TASK);
              for (int block = part * BLOCKS_OF_A_TASK; block < end; block++) {
                if (isLarge(block)) {
                  neighbours(block, byBirthDate, task);
                  neighbours(block, byAddress, task);
                } else {
                  all(block, task);
                }
              }
              task.done();
            });
  }

  private boolean isLarge(int block) {
    return starts[block + 1] - starts[block] > mostInBlock;
  }

  private void all(int block, PairTask task) {
    for (int i = starts[block]; i < starts[block + 1]; i++) {
      int one = record(i);
      for (int j = i + 1; j < starts[block + 1]; j++) {
        int other = record(j);
        if (firstInCommon(one, other) == block) {
          task.pair(one, other);
        }
      }
    }
  }

  private void neighbours(int block, int[] ranks, PairTask task) {
    int n = starts[block + 1] - starts[block];
    long[] sorted = new long[n];
    for (int i = 0; i < n; i++) {
      int record = record(starts[block] + i);
      sorted[i] = ((long) ranks[record] << 32) | record;
    }
    Arrays.sort(sorted);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n && j <= i + NEIGHBOURS; j++) {
        int a = (int) sorted[i];
        int b = (int) sorted[j];
        if (firstInCommon(a, b) < 0) {
          task.pair(Math.min(a, b), Math.max(a, b));
        }
      }
    }
  }

  /** The first block, of those that are not too large, that both are in; -1 if there is none. */
  private int firstInCommon(int one, int other) {
    int i = firstOf[one];
    int j = firstOf[other];
    int endOne = firstOf[one + 1];
    int endOther = firstOf[other + 1];
    while (i < endOne && j < endOther) {
      int a = blocksOf[i];
      int b = blocksOf[j];
      if (a == b) {
        return a;
      }
      if (a < b) {
        i++;
      } else {
        j++;
      }
    }
    return -1;
  }

  private int record(int entry) {
    return (int) (entries[entry] & RECORD_BITS);
  }

  /** Moves the entries of keys that two or more records have to the front. */
  private static int withoutSingles(long[] entries, int count) {
    int kept = 0;
    int start = 0;
    while (start < count) {
      int end = start + 1;
      while (end < count && sameKey(entries[end], entries[start])) {
        end++;
      }
      if (end - start > 1) {
        for (int i = start; i < end; i++) {
          entries[kept++] = entries[i];
        }
      }
      start = end;
    }
    return kept;
  }

  private static boolean sameKey(long a, long b) {
    return (a & ~RECORD_BITS) == (b & ~RECORD_BITS);
  }

  private int[] starts() {
    int[] found = new int[Math.max(1, size / 2 + 1)];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || !sameKey(entries[i], entries[i - 1])) {
        found[count++] = i;
      }
    }
    int[] exact = Arrays.copyOf(found, count + 1);
    exact[count] = size;
    return exact;
  }

  /** For each record the blocks it is in, ascending. */
  private void index() {
    for (int block = 0; block < count(); block++) {
      if (isLarge(block)) {
        large++;
        continue;
      }
      for (int i = starts[block]; i < starts[block + 1]; i++) {
        firstOf[record(i) + 1]++;
      }
    }
    for (int i = 0; i < records; i++) {
      firstOf[i + 1] += firstOf[i];
    }
    blocksOf = new int[firstOf[records]];
    int[] next = Arrays.copyOf(firstOf, records);
    for (int block = 0; block < count(); block++) {
      if (!isLarge(block)) {
        for (int i = starts[block]; i < starts[block + 1]; i++) {
          blocksOf[next[record(i)]++] = block;
        }
      }
    }
  }

  private static int[] ranks(List<Features> people, Comparator<Features> order) {
    Integer[] sorted = new Integer[people.size()];
    Arrays.setAll(sorted, i -> i);
    Arrays.parallelSort(sorted, Comparator.comparing(people::get, order));
    int[] ranks = new int[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      ranks[sorted[i]] = i;
    }
    return ranks;
  }

  private static String birthDate(Features person) {
    return person.birthDates().isEmpty() ? "" : person.birthDates().getFirst().text();
  }

  private static String address(Features person) {
    if (person.addresses().isEmpty()) {
      return person.phones().isEmpty() ? "" : person.phones().getFirst().text();
    }
    Features.Address address = person.addresses().getFirst();
    return address.postcode() + " " + address.city() + " " + String.join(" ", address.numbers());
  }
}
