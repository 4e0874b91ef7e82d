package dev.hilo.email;

import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Secret;
import dev.hilo.email.EmailSettings.Login;
import dev.hilo.email.EmailSettings.Mailbox;
import dev.hilo.email.EmailSettings.Security;
import dev.hilo.email.EmailSettings.Server;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one mailbox's settings; every mistake is named with its setting. */
final class EmailSettingsReader {

  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s<>,;\"]{1,64}@[^@\\s<>,;\"]{1,255}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");
  private static final Pattern BYTES = Pattern.compile("([1-9]\\d{0,3})\\s?([kKmM])[bB]");
  private static final long LARGEST = 150L * 1024 * 1024;

  private final ChannelSettings.Values values;
  private final Optional<OAuthSettings> oauth;

  private EmailSettingsReader(ChannelSettings.Values values) {
    this.values = values;
    this.oauth = OAuthSettings.of(values);
  }

  static Mailbox mailbox(ChannelSettings.Account account) {
    return new EmailSettingsReader(account.values()).read(account);
  }

  private Mailbox read(ChannelSettings.Account account) {
    String address = address("address", values.required("address"));
    Set<String> alsoOurs = new LinkedHashSet<>();
    for (String other : values.list("also-addresses")) {
      alsoOurs.add(address("also-addresses", other));
    }
    Login login = login(address);
    List<String> folders = values.list("folders");
    return new Mailbox(
        account.id(),
        account.name(),
        account.language(),
        address,
        alsoOurs,
        server("imap", oauth.flatMap(OAuthSettings::imap), 993, 143),
        server("smtp", oauth.flatMap(OAuthSettings::smtp), 465, 587),
        login,
        smtpLogin(login),
        folders.isEmpty() ? List.of("INBOX") : folders,
        text("sent-folder"),
        text("trusted-authserv-id").map(id -> id.toLowerCase(java.util.Locale.ROOT)),
        bytes("max-size", "25MB"),
        duration("poll-interval", "PT1M", Duration.ofMillis(100), Duration.ofHours(1)),
        duration("idle-limit", "PT9M", Duration.ofSeconds(1), Duration.ofMinutes(28)),
        duration("look-back", "P7D", Duration.ZERO, Duration.ofDays(3650)),
        choice("mark-seen", "true", List.of("true", "false")).equals("true"),
        choice("subject-token", "false", List.of("true", "false")).equals("true"));
  }

  private Login login(String address) {
    String user = values.optional("user", address);
    if (oauth.isPresent()) {
      return new Login.OAuth(user, oauth.get());
    }
    return new Login.Password(user, values.secret("password"));
  }

  private Login smtpLogin(Login usual) {
    if (choice("smtp-login", "same", List.of("same", "none")).equals("none")) {
      return new Login.None();
    }
    Optional<String> user = text("smtp-user");
    return user.isPresent()
        ? new Login.Password(user.get(), new Secret(values.required("smtp-password")))
        : usual;
  }

  private Server server(String prefix, Optional<Server> preset, int tlsPort, int otherPort) {
    String host = text(prefix + "-host").or(() -> preset.map(Server::host)).orElse("");
    if (host.isEmpty()) {
      host = values.required(prefix + "-host");
    }
    if (!HOST.matcher(host).matches()) {
      throw values.invalid(prefix + "-host", "a host name or address, without port and scheme");
    }
    String usual = preset.map(Server::security).orElse(Security.TLS).name();
    Security security =
        Security.valueOf(
            choice(
                    prefix + "-security",
                    usual.toLowerCase(java.util.Locale.ROOT),
                    List.of("tls", "starttls", "none"))
                .toUpperCase(java.util.Locale.ROOT));
    int usualPort = preset.map(Server::port).orElse(security == Security.TLS ? tlsPort : otherPort);
    return new Server(host, port(prefix + "-port", usualPort), security);
  }

  private int port(String key, int usual) {
    String written = values.optional(key, Integer.toString(usual));
    if (!written.matches("[1-9]\\d{0,4}") || Integer.parseInt(written) > 65_535) {
      throw values.invalid(key, "a port from 1 to 65535");
    }
    return Integer.parseInt(written);
  }

  private String address(String key, String written) {
    if (!ADDRESS.matcher(written.strip()).matches()) {
      throw values.invalid(key, "an address such as support@shop.example");
    }
    return MailAddress.normalise(written);
  }

  private long bytes(String key, String usual) {
    java.util.regex.Matcher written = BYTES.matcher(values.optional(key, usual));
    String expected = "a size from 64KB to 150MB, for example 25MB";
    if (!written.matches()) {
      throw values.invalid(key, expected);
    }
    long unit = written.group(2).equalsIgnoreCase("k") ? 1024 : 1024 * 1024;
    long bytes = Long.parseLong(written.group(1)) * unit;
    if (bytes < 64 * 1024 || bytes > LARGEST) {
      throw values.invalid(key, expected);
    }
    return bytes;
  }

  private Duration duration(String key, String usual, Duration least, Duration most) {
    String expected = "an ISO-8601 duration from " + least + " to " + most + ", such as " + usual;
    try {
      Duration written = Duration.parse(values.optional(key, usual));
      if (written.compareTo(least) < 0 || written.compareTo(most) > 0) {
        throw values.invalid(key, expected);
      }
      return written;
    } catch (DateTimeParseException e) {
      throw values.invalid(key, expected);
    }
  }

  private String choice(String key, String usual, List<String> allowed) {
    String written = values.optional(key, usual);
    if (!allowed.contains(written)) {
      throw values.invalid(key, "one of " + allowed);
    }
    return written;
  }

  private Optional<String> text(String key) {
    return Optional.of(values.optional(key, "").strip()).filter(text -> !text.isEmpty());
  }
}
