package dev.hilo.simulators.whatsapp;

/** A call that the Graph API answers with an error. */
final class GraphRefusal extends RuntimeException {

  private final transient GraphError error;

  GraphRefusal(GraphError error) {
    super("(#" + error.code() + ") " + error.title(), null, false, false);
    this.error = error;
  }

  GraphError error() {
    return error;
  }
}
