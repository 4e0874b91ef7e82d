package dev.hilo.inbox.match;

/**
 * How many slips of the pen two texts are apart: characters inserted, left out, replaced, or two
 * neighbours exchanged (optimal string alignment; Damerau 1964).
 */
final class EditDistance {

  private EditDistance() {}

  /**
   * Counts.
   *
   * @param limit to stop at
   * @return the distance, or {@code limit + 1} if it is more than {@code limit}
   */
  static int of(String a, String b, int limit) {
    int m = a.length();
    int n = b.length();
    if (Math.abs(m - n) > limit) {
      return limit + 1;
    }
    // What both begin and end with needs no counting.
    int start = 0;
    while (start < m && start < n && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    while (m > start && n > start && a.charAt(m - 1) == b.charAt(n - 1)) {
      m--;
      n--;
    }
    int rows = m - start;
    int columns = n - start;
    if (rows == 0 || columns == 0) {
      return Math.min(rows + columns, limit + 1);
    }
    int[] beforeLast = new int[columns + 1];
    int[] last = new int[columns + 1];
    int[] row = new int[columns + 1];
    for (int j = 0; j <= columns; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= rows; i++) {
      row[0] = i;
      int best = i;
      char c = a.charAt(start + i - 1);
      for (int j = 1; j <= columns; j++) {
        char d = b.charAt(start + j - 1);
        int cost = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (c == d ? 0 : 1));
        if (i > 1 && j > 1 && c == b.charAt(start + j - 2) && a.charAt(start + i - 2) == d) {
          cost = Math.min(cost, beforeLast[j - 2] + 1);
        }
        row[j] = cost;
        best = Math.min(best, cost);
      }
      if (best > limit) {
        return limit + 1;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return Math.min(last[columns], limit + 1);
  }
}
