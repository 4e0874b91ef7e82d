package dev.hilo.simulators.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The writing end of server-sent events. Used by one thread. */
public final class EventStream {

  private final OutputStream out;

  EventStream(OutputStream out) {
    this.out = out;
  }

  /** Sends one named event with a JSON value. */
  public void send(String event, Object data) throws Reply.StreamClosed {
    write("event: " + event + "\ndata: " + new String(Json.bytes(data), StandardCharsets.UTF_8));
  }

  /** Sends a comment, so that a reader that went away is noticed. */
  public void heartbeat() throws Reply.StreamClosed {
    write(": still here");
  }

  private void write(String lines) throws Reply.StreamClosed {
    try {
      out.write((lines + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new Reply.StreamClosed(e);
    }
  }
}
