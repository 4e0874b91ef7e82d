package dev.hilo.bench.parse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.contract.ChannelContract;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/**
 * A channel as its contract's test makes it, with the requests of its golden pairs, signed as the
 * test signs them.
 */
record GoldenPayloads(Channel channel, List<RawDelivery> deliveries) {

  private static final Path CONNECTORS = Path.of("connectors");
  private static final String SERVICE =
      "src/main/resources/META-INF/services/dev.hilo.channel.ChannelProvider";

  /** The channels, each of which has a contract's test, in the order of their names. */
  static List<String> channels() throws IOException {
    try (Stream<Path> folders = Files.list(CONNECTORS)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> Files.exists(CONNECTORS.resolve(name).resolve(SERVICE)))
          .sorted()
          .toList();
    }
  }

  private static Path resources(String channel) {
    return CONNECTORS.resolve(channel).resolve("src/test/resources");
  }

  /** The request of a golden pair; or a mail, which is read to a golden form as well. */
  private static boolean isPayload(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".request.") || name.endsWith(".eml");
  }

  static GoldenPayloads of(String channel) throws IOException {
    ChannelContract contract = contract(channel);
    try (Stream<Path> files = Files.walk(resources(channel))) {
      List<RawDelivery> deliveries =
          files
              .filter(GoldenPayloads::isPayload)
              .sorted()
              .map(file -> delivery(contract, file))
              .toList();
      return new GoldenPayloads(
          contract
              .provider()
              .create(
                  contract.settings(),
                  new ChannelContext(
                      ScriptedHttp.silent(), Clock.fixed(contract.now(), ZoneOffset.UTC))),
          deliveries);
    }
  }

  private static ChannelContract contract(String channel) throws IOException {
    Path classes = CONNECTORS.resolve(channel).resolve("target/test-classes");
    try (Stream<Path> files = Files.walk(classes)) {
      Path found =
          files
              .filter(file -> file.toString().endsWith("ChannelTest.class"))
              .findFirst()
              .orElseThrow(() -> new IOException("no contract's test in " + classes));
      String name = classes.relativize(found).toString().replace('/', '.');
      // A test class is seen by its own package only.
      Class<?> test = Class.forName(name.substring(0, name.length() - ".class".length()));
      for (Method method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(BeforeAll.class)) {
          method.setAccessible(true);
          method.invoke(null);
        }
      }
      Constructor<?> constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (ChannelContract) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IOException("the contract's test of " + channel + " cannot be made", e);
    }
  }

  /** Signed, with the headers that lie beside the payload. */
  private static RawDelivery delivery(ChannelContract contract, Path file) {
    try {
      RawDelivery signed = contract.signed(Files.readAllBytes(file));
      String name = file.getFileName().toString().replaceAll("\\.request\\..*", "");
      Path beside = file.resolveSibling(name + ".headers.json");
      if (!Files.exists(beside)) {
        return signed;
      }
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(signed.headers());
      new JsonMapper()
          .readTree(beside.toFile())
          .properties()
          .forEach(header -> headers.put(header.getKey(), List.of(header.getValue().asText())));
      return new RawDelivery(
          signed.account(), headers, signed.query(), signed.body(), signed.receivedAt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
