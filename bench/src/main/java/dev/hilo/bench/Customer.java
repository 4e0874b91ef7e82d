package dev.hilo.bench;

/**
 * A made-up customer. The numbers of a run lie together, so that the run finds its own in the
 * store, and nobody else's.
 *
 * @param run 0 to 9999
 * @param number within the run, 0 to 99999
 */
record Customer(int run, int number) {

  static final int RUNS = 10_000;
  static final int CUSTOMERS = 100_000;

  Customer {
    if (run < 0 || run >= RUNS || number < 0 || number >= CUSTOMERS) {
      throw new IllegalArgumentException("no customer %d of run %d".formatted(number, run));
    }
  }

  /** The phone number as the provider writes it: country code, no plus sign. */
  String waId() {
    return "573%04d%05d".formatted(run, number);
  }

  /** The name in the profile; the agent's task begins with it. */
  String name() {
    return "Bench " + waId();
  }

  /** What the store finds the customer's messages by. */
  String addressKey() {
    return "phone:+" + waId();
  }
}
