package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A number for every {@link Port}. */
public final class Ports {
  /** The one address everything binds to. */
  public static final String LOOPBACK = "127.0.0.1";

  private final Map<Port, Integer> numbers;

  private Ports(Map<Port, Integer> numbers) {
    this.numbers = new EnumMap<>(numbers);
  }

  /**
   * The default numbers, or what the environment says.
   *
   * @param environment variables by name, as of {@link System#getenv()}
   * @throws PlatformException naming a variable that is no port number, or two that are equal
   */
  public static Ports from(Map<String, String> environment) {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    Map<Integer, Port> seen = new HashMap<>();
    for (Port port : Port.values()) {
      int number = number(port, environment);
      Port other = seen.put(number, port);
      if (other != null) {
        throw new PlatformException(
            "Port %d is asked for twice, by %s (%s) and by %s (%s): choose another for one of them."
                .formatted(number, other.user(), other.variable(), port.user(), port.variable()));
      }
      numbers.put(port, number);
    }
    return new Ports(numbers);
  }

  /** Numbers that nobody listens on at this moment. */
  public static Ports free() {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Port port : Port.values()) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        numbers.put(port, socket.getLocalPort());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Ports(numbers);
  }

  /** The number of a port. */
  public int of(Port port) {
    Integer number = numbers.get(port);
    if (number == null) {
      throw new IllegalStateException("no number for " + port);
    }
    return number;
  }

  /** The same numbers with one changed. */
  public Ports with(Port port, int number) {
    Map<Port, Integer> changed = new EnumMap<>(numbers);
    changed.put(port, number);
    return new Ports(changed);
  }

  /** {@code http://127.0.0.1:<number>}, without a slash at the end. */
  public URI http(Port port) {
    return URI.create("http://" + address(port));
  }

  /** {@code 127.0.0.1:<number>}. */
  public String address(Port port) {
    return LOOPBACK + ":" + of(port);
  }

  /** One sentence for every port of these that somebody already listens on. */
  List<String> taken(Collection<Port> needed) {
    return needed.stream().sorted().map(this::taken).flatMap(Optional::stream).toList();
  }

  private Optional<String> taken(Port port) {
    int number = of(port);
    try (ServerSocket socket = new ServerSocket()) {
      // So that connections of a moment ago, still fading, do not count as taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "Port %d is taken, and %s needs it. Free it, or choose another with %s=<port>."
              .formatted(number, port.user(), port.variable()));
    }
  }

  private static int number(Port port, Map<String, String> environment) {
    String text = environment.getOrDefault(port.variable(), "").strip();
    if (text.isEmpty()) {
      return port.defaultNumber();
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Named below, together with a number out of range.
    }
    throw new PlatformException(
        "%s is '%s', expected a port number from 1 to 65535.".formatted(port.variable(), text));
  }

  @Override
  public String toString() {
    return numbers.toString();
  }
}
