package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * A tiny shell that outlives us when we are killed with {@code kill -9}: it sees its input end and
 * then ends the children we told it about, youngest first. So nothing is left behind.
 */
final class Guard implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=
      while read -r verb pid; do
        case $verb in
          add) pids="$pid $pids" ;;
          drop)
            kept=
            for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done
            pids=$kept ;;
          leave) exit 0 ;;
        esac
      done
      for p in $pids; do
        kill -TERM "$p" 2>/dev/null || continue
        waited=0
        while kill -0 "$p" 2>/dev/null && [ $waited -lt 15 ]; do sleep 1; waited=$((waited + 1)); done
        kill -KILL "$p" 2>/dev/null
      done
      """;

  private final Process process;
  private final Writer input;

  Guard() {
    try {
      process =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, "hilo-guard")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      input = process.outputWriter(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start /bin/sh", e);
    }
  }

  synchronized void add(long pid) {
    say("add " + pid);
  }

  synchronized void drop(long pid) {
    say("drop " + pid);
  }

  /** Lets it go, with nothing to do. */
  @Override
  public synchronized void close() {
    say("leave");
  }

  private void say(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      // Somebody ended the guard. The children are still ours to stop; only the case that we are
      // killed ourselves is no longer covered, and the next start names what is left.
      process.destroy();
    }
  }
}
