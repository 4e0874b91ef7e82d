package dev.hilo.platform;

import java.util.List;

/**
 * What was asked for on the command line of {@code ./run}.
 *
 * @param benchArguments what follows {@code --bench}
 */
record RunOptions(
    boolean fresh,
    boolean demo,
    boolean platformOnly,
    boolean noSimulators,
    boolean bench,
    List<String> benchArguments,
    boolean help) {
  private static final String HELP =
      """
      ./run                 start everything, print where it is, stop with Ctrl-C

        --fresh             start empty: delete what earlier starts have kept
        --demo              then let the simulators play the named customer stories
        --platform-only     only Camunda and its store, for work with Camunda Modeler
        --no-simulators     without the stand-ins of the providers
        --bench [args]      start everything, measure, stop; args go to the bench
        --help              this text

      Settings (environment):
        HILO_DATA           folder of the data           (.hilo/data)
        HILO_LOGS           folder of the logs           (.hilo/logs)
        HILO_CACHE          folder of fetched software   (~/.cache/hilo)
      """;

  RunOptions {
    benchArguments = List.copyOf(benchArguments);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming an unknown option, or two that exclude each other
   */
  static RunOptions parse(List<String> arguments) {
    boolean fresh = false;
    boolean demo = false;
    boolean platformOnly = false;
    boolean noSimulators = false;
    boolean help = false;
    int bench = arguments.indexOf("--bench");
    List<String> own = bench < 0 ? arguments : arguments.subList(0, bench);
    for (String argument : own) {
      switch (argument) {
        case "--fresh" -> fresh = true;
        case "--demo" -> demo = true;
        case "--platform-only" -> platformOnly = true;
        case "--no-simulators" -> noSimulators = true;
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "Unknown option '" + argument + "'. './run --help' lists the options.");
      }
    }
    if (platformOnly && (demo || noSimulators || bench >= 0)) {
      throw new IllegalArgumentException(
          "--platform-only starts neither Hilo nor the simulators: it goes with --fresh only.");
    }
    if (demo && noSimulators) {
      throw new IllegalArgumentException(
          "--demo is played by the simulators: it excludes --no-simulators.");
    }
    if (demo && bench >= 0) {
      throw new IllegalArgumentException(
          "--bench measures without other traffic: it excludes --demo.");
    }
    return new RunOptions(
        fresh,
        demo,
        platformOnly,
        noSimulators,
        bench >= 0,
        bench < 0 ? List.of() : arguments.subList(bench + 1, arguments.size()),
        help);
  }

  static String helpText() {
    StringBuilder text = new StringBuilder(HELP);
    for (Port port : Port.values()) {
      text.append(
          "  %-28s port of %s (%d)\n"
              .formatted(port.variable(), port.user(), port.defaultNumber()));
    }
    return text.toString();
  }
}
