package dev.hilo.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to start and how to know that it works.
 *
 * @param name as shown to people and used for the log's name
 * @param needs names of the children that must be up before; they are stopped after this one
 * @param environment variables to set on top of our own
 * @param log where its output goes, appended
 * @param startWithin how long it may take until it is up
 * @param stopWithin how long it may take to end when asked to, before it is killed
 */
record ChildSpec(
    String name,
    Set<String> needs,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    Health health,
    Duration startWithin,
    Duration stopWithin) {
  ChildSpec {
    needs = Set.copyOf(needs);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
