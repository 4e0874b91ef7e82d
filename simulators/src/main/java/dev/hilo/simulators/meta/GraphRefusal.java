package dev.hilo.simulators.meta;

/** A call of the Graph API that is answered with an error. */
public final class GraphRefusal extends RuntimeException {

  private final transient GraphError error;

  public GraphRefusal(GraphError error) {
    super(error.message());
    this.error = error;
  }

  public GraphError error() {
    return error;
  }
}
