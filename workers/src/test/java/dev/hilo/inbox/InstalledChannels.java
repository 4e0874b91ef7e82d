package dev.hilo.inbox;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ProviderHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every channel on the class path, made with the sample of settings in its folder. */
final class InstalledChannels {

  static final Path FOLDERS = Path.of("..", "connectors");

  private static final Pattern KEY =
      Pattern.compile(
          "hilo\\.channels\\.([a-z0-9-]+)\\.(?:accounts\\.([^.]+)\\.)?settings\\.([a-z0-9.-]+)");

  /** No channel may call its provider before it is asked to send. */
  private static final ProviderHttp SILENT =
      new ProviderHttp() {
        @Override
        public Outcome call(Call call) {
          throw new IllegalStateException("nobody may be called here: " + call);
        }

        @Override
        public Outcome download(Call call, long maxBytes, OutputStream to) {
          return call(call);
        }

        @Override
        public Outcome upload(Call call, Body body) {
          return call(call);
        }
      };

  private InstalledChannels() {}

  /** In the order of their names. */
  static List<ChannelProvider> providers() {
    return ServiceLoader.load(ChannelProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(provider -> provider.type().value()))
        .toList();
  }

  /** The folders that hold a channel, in the order of their names. */
  static List<String> folders() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      return folders
          .filter(
              folder ->
                  Files.exists(
                      folder.resolve(
                          "src/main/resources/META-INF/services/dev.hilo.channel.ChannelProvider")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  static Channel channel(ChannelProvider provider) throws IOException {
    Path sample = FOLDERS.resolve(provider.type().value()).resolve("settings.example.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(sample)) {
      properties.load(reader);
    }
    Map<String, String> common = new HashMap<>();
    Map<String, Map<String, String>> accounts = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      Matcher key = KEY.matcher(name);
      if (!key.matches() || !key.group(1).equals(provider.type().value())) {
        throw new IllegalStateException(sample + " has the key " + name + " of no channel's");
      }
      Map<String, String> values =
          key.group(2) == null
              ? common
              : accounts.computeIfAbsent(key.group(2), account -> new HashMap<>());
      values.put(key.group(3), properties.getProperty(name));
    }
    return provider.create(
        settings("hilo.channels." + provider.type(), common, accounts),
        new ChannelContext(
            SILENT, Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC)));
  }

  private static ChannelSettings settings(
      String place, Map<String, String> common, Map<String, Map<String, String>> accounts) {
    return new ChannelSettings(
        new ChannelSettings.Values(place + ".settings", common),
        accounts.entrySet().stream()
            .map(
                account ->
                    new ChannelSettings.Account(
                        new AccountId(account.getKey()),
                        "Tienda Aurora",
                        "es",
                        new ChannelSettings.Values(
                            place + ".accounts." + account.getKey() + ".settings",
                            account.getValue())))
            .toList());
  }
}
