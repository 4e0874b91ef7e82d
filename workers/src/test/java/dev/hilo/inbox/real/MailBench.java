package dev.hilo.inbox.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.platform.Platform;
import dev.hilo.platform.PlatformSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fills a real mailbox while Hilo waits at it, on the real store and engine, and measures how long
 * it takes until the last mail is stored and published. Then it looks that each mail is there once.
 * See bench/README.md.
 */
public final class MailBench {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String INBOX = "INBOX";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path work;
  private final int mails;
  private final URI store;

  private MailBench(Path work, int mails, URI store) {
    this.work = work;
    this.mails = mails;
    this.store = store;
  }

  /**
   * Prints the figures; ends with 1 when a mail is missing or doubled.
   *
   * @param arguments a folder with the Maildir {@code dovecot/mail}, the port of its server, and
   *     how many mails
   */
  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[0]);
    int mails = Integer.parseInt(arguments[2]);
    PlatformSettings settings =
        PlatformSettings.in(work.resolve("platform")).withoutWebApps().onFreePorts();
    boolean whole;
    try (Platform platform = Platform.start(settings);
        ServerSocket smtp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> swallow(smtp));
      whole =
          new MailBench(work, mails, platform.store())
              .run(platform, arguments[1], smtp.getLocalPort());
    }
    System.exit(whole ? 0 : 1);
  }

  @SuppressWarnings("SystemOut")
  private boolean run(Platform platform, String imapPort, int smtpPort) throws Exception {
    Path maildir = work.resolve("dovecot/mail");
    long bytes = MailCorpus.write(maildir.resolve("tmp"), mails, Instant.now());
    handOver(maildir);
    int port = freePort();
    Map<String, String> environment = new TreeMap<>();
    environment.put("SPRING_PROFILES_ACTIVE", "mailbench");
    environment.put("SPRING_CONFIG_ADDITIONALLOCATION", "file:bench/mail/");
    environment.put("HILO_STORE_URL", store.toString());
    environment.put("CAMUNDA_CLIENT_GRPCADDRESS", platform.grpc().toString());
    environment.put("CAMUNDA_CLIENT_RESTADDRESS", platform.rest().toString());
    environment.put("BENCH_IMAP_PORT", imapPort);
    environment.put("BENCH_SMTP_PORT", Integer.toString(smtpPort));
    environment.put("BENCH_FILES", work.resolve("files").toString());
    HiloProcess hilo =
        HiloProcess.start(
            Path.of("workers", "target", "hilo-workers.jar"),
            List.of("-Xmx512m"),
            port,
            environment,
            work.resolve("hilo.log"));
    try {
      while (last().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      long idle = memory(hilo, "VmRSS");
      long began = System.nanoTime();
      fill(maildir);
      double heap = 0;
      long reported = 0;
      for (long read = 0; read < mails; read = last().orElse(0L)) {
        TimeUnit.MILLISECONDS.sleep(200);
        heap = Math.max(heap, heap(port));
        long second = (System.nanoTime() - began) / 1_000_000_000L;
        if (second >= reported + 10) {
          reported = second;
          System.out.printf(Locale.ROOT, "%4d s: %d mails%n", second, read);
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      long peak = memory(hilo, "VmHWM");
      System.out.printf(
          Locale.ROOT,
          """
          | mails | MB | s | mails/s | Hilo resident, idle MiB | most MiB | most heap MiB (limit 512) |
          |--:|--:|--:|--:|--:|--:|--:|
          | %d | %.1f | %.1f | %.1f | %d | %d | %.0f |
          """,
          mails,
          bytes / 1e6,
          seconds,
          mails / seconds,
          idle / 1024,
          peak / 1024,
          heap);
      return isWhole();
    } finally {
      hilo.stop();
    }
  }

  /** Files that the mail server's user may read and rename. */
  private static void handOver(Path maildir) throws IOException {
    var owner = Files.getOwner(maildir);
    try (Stream<Path> files = Files.list(maildir.resolve("tmp"))) {
      for (Path file : files.toList()) {
        Files.setOwner(file, owner);
      }
    }
  }

  private static void fill(Path maildir) throws IOException {
    try (Stream<Path> files = Files.list(maildir.resolve("tmp"))) {
      for (Path file : files.sorted().toList()) {
        Files.move(file, maildir.resolve("new").resolve(file.getFileName()));
      }
    }
  }

  /** Up to which mail all were stored and published; empty before Hilo has opened the mailbox. */
  private Optional<Long> last() throws IOException, InterruptedException {
    JsonNode cursor = get("/hilo-cursors/_doc/email%2Fayuda").path("_source").path("value");
    return cursor.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            JSON.readTree(cursor.asText()).path("folders").path(INBOX).path("last").asLong());
  }

  @SuppressWarnings("SystemOut")
  private boolean isWhole() throws IOException, InterruptedException {
    post("/hilo-*/_refresh", "");
    Set<String> ids = new HashSet<>();
    int messages = 0;
    Optional<JsonNode> after = Optional.empty();
    do {
      ObjectNode query = JSON.createObjectNode().put("size", 2000);
      query.putArray("sort").addObject().put("_doc", "asc");
      after.ifPresent(values -> query.set("search_after", values));
      query.putArray("_source").add("externalId").add("direction");
      query.putObject("query").putObject("term").put("channel", "email");
      after = Optional.empty();
      for (JsonNode hit : post("/hilo-messages/_search", query.toString()).at("/hits/hits")) {
        after = Optional.of((ArrayNode) hit.path("sort"));
        if (hit.at("/_source/direction").asText().equals("IN")) {
          ids.add(hit.at("/_source/externalId").asText());
          messages++;
        }
      }
    } while (after.isPresent());
    int found = 0;
    for (int number = 0; number < mails; number++) {
      found += ids.contains(MailCorpus.messageId(number)) ? 1 : 0;
    }
    long aside = count("set-aside");
    long contacts = count("contacts");
    System.out.printf(
        Locale.ROOT,
        "%d messages, %d different, %d of %d mails found, %d set aside, %d contacts, %d files%n",
        messages,
        ids.size(),
        found,
        mails,
        aside,
        contacts,
        count("attachments"));
    return messages == mails && found == mails && aside == 0;
  }

  private long count(String kind) throws IOException, InterruptedException {
    return get("/hilo-" + kind + "/_count").path("count").asLong();
  }

  private double heap(int port) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:"
                          + port
                          + "/actuator/metrics/jvm.memory.used?tag=area:heap"))
              .build();
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return JSON.readTree(answer).at("/measurements/0/value").asDouble() / (1024 * 1024);
    } catch (IOException e) {
      return 0;
    }
  }

  /** KiB, as the kernel counts. */
  private static long memory(HiloProcess hilo, String what) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(hilo.pid()), "status"))) {
      if (line.startsWith(what + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(store + path)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(store + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A mail server that takes everything and keeps nothing. */
  private static void swallow(ServerSocket server) {
    while (true) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> swallow(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void swallow(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new java.io.InputStreamReader(
                    client.getInputStream(), StandardCharsets.ISO_8859_1))) {
      say(client, "220 bench");
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (data) {
          data = !line.equals(".");
          if (data) {
            continue;
          }
        }
        data = line.toUpperCase(Locale.ROOT).startsWith("DATA");
        say(client, data ? "354 go on" : "250 ok");
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
