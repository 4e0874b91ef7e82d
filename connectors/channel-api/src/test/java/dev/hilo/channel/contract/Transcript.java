package dev.hilo.channel.contract;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything that is printed or logged while something runs. */
final class Transcript {

  private Transcript() {}

  /**
   * Runs the action; returns what came on standard output, standard error and java.util.logging.
   */
  static String of(Runnable action) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream out = System.out;
    PrintStream err = System.err;
    Logger root = Logger.getLogger("");
    Level level = root.getLevel();
    Handler handler = new Recorder(stream);
    System.setOut(stream);
    System.setErr(stream);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
    try {
      action.run();
    } finally {
      root.removeHandler(handler);
      root.setLevel(level);
      System.setOut(out);
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** An exception with its causes, as a log would show it. */
  static String of(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static final class Recorder extends Handler {
    private final PrintStream stream;

    Recorder(PrintStream stream) {
      this.stream = stream;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      String message = String.valueOf(record.getMessage());
      stream.println(message);
      if (record.getParameters() != null) {
        stream.println(Arrays.toString(record.getParameters()));
        stream.println(new MessageFormat("{0}").format(record.getParameters()));
      }
      if (record.getThrown() != null) {
        stream.println(Transcript.of(record.getThrown()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
