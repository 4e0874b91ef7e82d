package dev.hilo.inbox.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.platform.Platform;
import dev.hilo.simulators.SimulatorSettings;
import dev.hilo.simulators.Simulators;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The real platform with the simulators and Hilo on it, and what tests do with them. */
final class Stack {

  static final String BUSINESS = "1000000001";
  static final JsonMapper JSON = new JsonMapper();
  private static final Path LOG = Path.of("target", "real", "hilo.log");
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Platform platform;
  private final Simulators simulators;
  private final TriggerProxy store;
  private final TriggerProxy engine;
  private final int hiloPort;
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final Path files;
  private @Nullable HiloProcess hilo;

  private Stack(
      Platform platform,
      Simulators simulators,
      TriggerProxy store,
      TriggerProxy engine,
      int hiloPort,
      Path files) {
    this.files = files;
    this.platform = platform;
    this.simulators = simulators;
    this.store = store;
    this.engine = engine;
    this.hiloPort = hiloPort;
  }

  static Stack start(Platform platform) throws Exception {
    int hiloPort = freePort();
    URI hilo = URI.create("http://127.0.0.1:" + hiloPort);
    Simulators simulators =
        Simulators.start(
            new SimulatorSettings(
                InetAddress.getLoopbackAddress(),
                0,
                hilo,
                hilo,
                platform.webApps(),
                platform.webApps(),
                Optional.empty()));
    Stack stack =
        new Stack(
            platform,
            simulators,
            TriggerProxy.to(platform.store().getPort()),
            TriggerProxy.to(platform.grpc().getPort()),
            hiloPort,
            Files.createTempDirectory("hilo-files"));
    stack.startHilo();
    return stack;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  Platform platform() {
    return platform;
  }

  TriggerProxy store() {
    return store;
  }

  TriggerProxy engine() {
    return engine;
  }

  void startHilo() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    environment.put("SPRING_PROFILES_ACTIVE", "demo");
    environment.put("HILO_STORE_URL", "http://127.0.0.1:" + store.port());
    environment.put("CAMUNDA_CLIENT_GRPCADDRESS", "http://127.0.0.1:" + engine.port());
    environment.put("CAMUNDA_CLIENT_RESTADDRESS", platform.rest().toString());
    environment.put("HILO_TASKLIST_URL", platform.webApps().toString());
    environment.put("HILO_SIMULATORS_URL", simulators.address().toString());
    environment.put("HILO_SIMULATORS_PORT", Integer.toString(simulators.address().getPort()));
    environment.put("HILO_SIMULATORS_IMAP_PORT", Integer.toString(simulators.imapPort()));
    environment.put("HILO_SIMULATORS_SMTP_PORT", Integer.toString(simulators.smtpPort()));
    environment.put("HILO_MEDIA_PATH", files.toString());
    environment.put("HILO_MEDIA_PUBLICURL", "http://127.0.0.1:" + hiloPort);
    // A killed node's jobs come back sooner than in production, so that tests are short.
    environment.put("CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT", "PT10S");
    environment.put("CAMUNDA_CLIENT_WORKER_OVERRIDE_SENDREPLY_TIMEOUT", "PT20S");
    environment.put("HILO_SEND_GRACE", "45s");
    // An account that was stopped on purpose goes on as soon as it is well again.
    environment.put("HILO_HEALTH_CHECKEVERY", "2s");
    environment.put("HILO_HEALTH_CHECK_EVERY", "2s");
    hilo = HiloProcess.start(hiloPort, environment, LOG);
  }

  void killHilo() {
    HiloProcess running = hilo;
    try {
      if (running != null) {
        running.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean hiloIsAlive() {
    return hilo != null && hilo.isAlive();
  }

  // ---- the provider's side

  /** An answer. */
  record Answer(int status, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  /** A webhook with one text message, as the provider writes it. */
  static String textWebhook(String from, String id, String text, long second) {
    return """
        {"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"field":"messages",
        "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"576015550100",
        "phone_number_id":"%s"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"%s"}],
        "messages":[{"from":"%s","id":"%s","timestamp":"%d","type":"text","text":{"body":"%s"}}]}}]}]}
        """
        .formatted(BUSINESS, from, from, id, second, text);
  }

  Answer webhook(String body) throws Exception {
    return webhook(body, "application/json", signature(body));
  }

  Answer webhook(String body, String contentType, String signature) throws Exception {
    return send(
        HttpRequest.newBuilder(hiloAddress().resolve("/webhooks/whatsapp"))
            .header("Content-Type", contentType)
            .header("X-Hub-Signature-256", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("demo-app-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  URI hiloAddress() {
    return URI.create("http://127.0.0.1:" + hiloPort);
  }

  /** The simulators' control interface. */
  JsonNode control(String method, String path, @Nullable Object body) throws Exception {
    Answer answer =
        send(
            HttpRequest.newBuilder(simulators.address().resolve("/control" + path))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    if (answer.status() != 200) {
      throw new IllegalStateException("control " + path + ": " + answer);
    }
    return answer.json();
  }

  /** A customer writes on the phone; the provider delivers it until Hilo has it. */
  void customerWrites(String number, String text) throws Exception {
    control("POST", "/inbound", Map.of("from", number, "name", "Ana", "text", text));
  }

  /** The texts that a phone received. */
  List<String> received(String number) throws Exception {
    List<String> texts = new ArrayList<>();
    String query = java.net.URLEncoder.encode(number, StandardCharsets.UTF_8);
    for (JsonNode phone : control("GET", "/received?number=" + query, null)) {
      phone.path("messages").forEach(message -> texts.add(message.path("text").asText()));
    }
    return texts;
  }

  // ---- the store

  /** All documents of a kind that have a value in a field. */
  List<JsonNode> documents(String kind, String field, String value) throws Exception {
    ObjectNode query = JSON.createObjectNode();
    query.put("size", 10_000);
    query.putObject("query").putObject("term").put(field, value);
    refresh(kind);
    Answer answer =
        send(
            HttpRequest.newBuilder(platform.store().resolve("/hilo-" + kind + "/_search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(query.toString())));
    List<JsonNode> found = new ArrayList<>();
    answer.json().path("hits").path("hits").forEach(hit -> found.add(hit.path("_source")));
    return found;
  }

  private void refresh(String kind) throws Exception {
    send(
        HttpRequest.newBuilder(platform.store().resolve("/hilo-" + kind + "/_refresh"))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  long count(String kind) throws Exception {
    refresh(kind);
    return send(HttpRequest.newBuilder(platform.store().resolve("/hilo-" + kind + "/_count")))
        .json()
        .path("count")
        .asLong();
  }

  /** The messages of a phone number, in and out. */
  List<JsonNode> messagesOf(String number) throws Exception {
    return documents("messages", "addressKey", "phone:" + number);
  }

  /** The contacts of a phone number's messages. */
  List<String> contactsOf(String number) throws Exception {
    return messagesOf(number).stream()
        .map(message -> message.path("contactId").asText())
        .distinct()
        .toList();
  }

  List<JsonNode> conversationsOf(String contactId) throws Exception {
    return documents("conversations", "contactId", contactId);
  }

  JsonNode thread(String contactId) throws Exception {
    return send(HttpRequest.newBuilder(platform.store().resolve("/hilo-threads/_doc/" + contactId)))
        .json()
        .path("_source");
  }

  // ---- the agent's side

  /** Open tasks of a contact, as Tasklist shows them. */
  List<String> openTasks(String contactId) throws Exception {
    ObjectNode query = JSON.createObjectNode();
    query.put("state", "CREATED");
    query.put("pageSize", 200);
    ObjectNode variable = query.putArray("taskVariables").addObject();
    variable.put("name", "contactId").put("value", "\"" + contactId + "\"").put("operator", "eq");
    Answer answer = tasklist("/v1/tasks/search", query.toString());
    List<String> ids = new ArrayList<>();
    answer.json().forEach(task -> ids.add(task.path("id").asText()));
    return ids;
  }

  private Answer tasklist(String path, String body) throws Exception {
    for (int attempt = 0; ; attempt++) {
      Answer answer =
          send(
              HttpRequest.newBuilder(platform.webApps().resolve(path))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      if (answer.status() != 401 || attempt > 0) {
        return answer;
      }
      send(
          HttpRequest.newBuilder(
                  platform.webApps().resolve("/api/login?username=demo&password=demo"))
              .POST(HttpRequest.BodyPublishers.noBody()));
    }
  }

  /**
   * Open tasks of a contact as Tasklist has imported them. Its search by variables was seen to miss
   * tasks for ever that were imported while the store was away.
   */
  private List<String> importedTasks(String contactId) throws Exception {
    ObjectNode byVariable = JSON.createObjectNode().put("size", 100);
    var conditions = byVariable.putObject("query").putObject("bool").putArray("filter");
    conditions.addObject().putObject("term").put("name", "contactId");
    conditions.addObject().putObject("term").put("value", '"' + contactId + '"');
    ObjectNode byInstance = JSON.createObjectNode().put("size", 100);
    var instances = byInstance.putObject("query").putObject("terms").putArray("processInstanceId");
    hits("tasklist-variable-*", byVariable)
        .forEach(hit -> instances.add(hit.path("_source").path("processInstanceId").asText()));
    List<String> ids = new ArrayList<>();
    for (JsonNode hit : hits("tasklist-task-8*", byInstance)) {
      if (hit.path("_source").path("state").asText().equals("CREATED")) {
        ids.add(hit.path("_id").asText());
      }
    }
    return ids;
  }

  private JsonNode hits(String index, ObjectNode query) throws Exception {
    return send(HttpRequest.newBuilder(platform.store().resolve("/" + index + "/_search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(query.toString())))
        .json()
        .path("hits")
        .path("hits");
  }

  /** Waits for the one open task of a contact. */
  String awaitTask(String contactId) throws Exception {
    return await(
        "a task for the contact",
        () -> {
          List<String> tasks = openTasks(contactId);
          if (tasks.isEmpty()) {
            tasks = importedTasks(contactId);
          }
          return tasks.size() == 1 ? Optional.of(tasks.getFirst()) : Optional.empty();
        });
  }

  /** The agent demo takes a task and completes it. */
  void answer(String task, String text, String action, long seenThrough) throws Exception {
    rest("/v2/user-tasks/" + task + "/assignment", Map.of("assignee", "demo"));
    rest(
        "/v2/user-tasks/" + task + "/completion",
        Map.of("variables", Map.of("answer", text, "action", action, "seenThrough", seenThrough)));
  }

  private void rest(String path, Object body) throws Exception {
    Answer answer =
        send(
            HttpRequest.newBuilder(platform.rest().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    if (answer.status() / 100 != 2) {
      throw new IllegalStateException(path + ": " + answer);
    }
  }

  // ---- waiting

  /** Asks again and again until there is an answer. */
  static <T> T await(String what, Callable<Optional<T>> question) throws Exception {
    long end = System.nanoTime() + LONG.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        Optional<T> answer = question.call();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (IOException | IllegalStateException e) {
        last = e;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("there was no " + what + " within " + LONG, last);
  }

  static void awaitTrue(String what, Callable<Boolean> condition) throws Exception {
    await(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  void stop() throws Exception {
    if (hilo != null) {
      hilo.stop();
    }
    simulators.close();
    store.close();
    engine.close();
  }
}
