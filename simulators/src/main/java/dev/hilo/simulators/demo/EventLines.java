package dev.hilo.simulators.demo;

import java.util.function.Consumer;

/**
 * Puts the lines of an event stream together.
 *
 * <p>Source: HTML standard, server-sent events, interpreting an event stream.
 */
final class EventLines {

  private final Consumer<Event> reader;
  private String name = "message";
  private String id = "";
  private final StringBuilder data = new StringBuilder();

  /**
   * An event.
   *
   * @param name {@code message} when the stream names none
   * @param id the last one given, may be empty
   */
  record Event(String name, String id, String data) {}

  EventLines(Consumer<Event> reader) {
    this.reader = reader;
  }

  void line(String line) {
    if (line.isEmpty()) {
      if (!data.isEmpty()) {
        reader.accept(new Event(name, id, data.substring(0, data.length() - 1)));
      }
      name = "message";
      data.setLength(0);
      return;
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String rest = colon < 0 ? "" : line.substring(colon + 1);
    String value = rest.startsWith(" ") ? rest.substring(1) : rest;
    switch (field) {
      case "event" -> name = value;
      case "id" -> id = value;
      case "data" -> data.append(value).append('\n');
      default -> {
        // A comment, or a field that we have no use for.
      }
    }
  }
}
