package dev.hilo.simulators;

import com.sun.net.httpserver.HttpServer;
import dev.hilo.simulators.control.ControlApi;
import dev.hilo.simulators.demo.DemoApi;
import dev.hilo.simulators.demo.DemoPlayer;
import dev.hilo.simulators.demo.DemoScript;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.mail.MailOwner;
import dev.hilo.simulators.mail.MailWorld;
import dev.hilo.simulators.meta.MediaStore;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.pages.Pages;
import dev.hilo.simulators.phone.PhoneApi;
import dev.hilo.simulators.shop.ShopApi;
import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.time.SimulatorClock;
import dev.hilo.simulators.whatsapp.AccountGraph;
import dev.hilo.simulators.whatsapp.Behaviour;
import dev.hilo.simulators.whatsapp.GraphApi;
import dev.hilo.simulators.whatsapp.Platform;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** All simulators: one HTTP server for everything, and the mail server beside it. */
public final class Simulators implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Simulators.class.getName());
  private static final int BACKLOG = 1024;
  private static final Duration VERIFY_AGAIN = Duration.ofSeconds(3);

  static {
    // The JDK's server otherwise waits 40 ms for an acknowledgement in the middle of an answer, and
    // keeps 200 idle connections only.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    setUnlessGiven("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService handlers;
  private final HttpClient client;
  private final Agenda agenda;
  private final Platform platform;
  private final DirectChannels direct;
  private final MailWorld mail;
  private final DemoPlayer demo;
  private final Optional<StateFile> memory;

  private Simulators(SimulatorSettings settings, Behaviour behaviour) throws IOException {
    Changes changes = new Changes();
    InstantSource realTime = InstantSource.system();
    SimulatorClock clock = new SimulatorClock(realTime);
    server = listen(settings);
    handlers = Executors.newVirtualThreadPerTaskExecutor();
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(handlers)
            .build();
    agenda = new Agenda();
    URI webhook = settings.hilo().resolve("/webhooks/whatsapp");
    Messaging.Ground ground = ground(settings, realTime, clock, changes);
    platform =
        new Platform(
            behaviour,
            realTime,
            clock,
            agenda,
            changes,
            client,
            webhook,
            ground.media(),
            ground.self());
    direct = new DirectChannels(ground, settings.hilo());
    DemoScript script = DemoScript.load();
    mail = startMail(settings, script.mailOwners(), clock, changes);
    Routes routes = new Routes();
    new AccountGraph(platform).addTo(routes);
    // Before the rest of WhatsApp's, which answers whatever of the Graph API concerns nobody else.
    direct.addTo(routes);
    new GraphApi(platform).addTo(routes);
    new PhoneApi(platform, changes).addTo(routes);
    String shop = "http://localhost:" + server.getAddress().getPort();
    demo =
        new DemoPlayer(
            script,
            platform,
            mail,
            direct.messenger(),
            direct.instagram(),
            client,
            settings.hilo(),
            shop,
            changes);
    new DemoApi(demo).addTo(routes);
    mail.addTo(routes);
    new ShopApi(settings.shopIdentitySecret(), realTime).addTo(routes);
    new ControlApi(platform, changes, this::beforeReset).addTo(routes);
    new Pages(
            Map.of(
                "hilo", settings.publicHilo().toString(),
                "tasklist", settings.tasklist().toString(),
                "operate", settings.operate().toString()))
        .addTo(routes);
    memory = keepIn(settings, changes);
    server.setExecutor(handlers);
    server.createContext("/", routes);
  }

  private static HttpServer listen(SimulatorSettings settings) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
    } catch (BindException e) {
      BindException named =
          new BindException(
              ("cannot listen on %s:%d (%s): set HILO_SIMULATORS_PORT to a free port,"
                      + " HILO_ADDRESS to an address of this machine")
                  .formatted(settings.address().getHostAddress(), settings.port(), e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }

  private MailWorld startMail(
      SimulatorSettings settings, List<MailOwner> customers, SimulatorClock clock, Changes changes)
      throws IOException {
    try {
      return MailWorld.start(
          settings.address(),
          settings.imapPort(),
          settings.smtpPort(),
          customers,
          clock,
          agenda,
          changes);
    } catch (IOException e) {
      server.stop(0);
      throw e;
    }
  }

  private Messaging.Ground ground(
      SimulatorSettings settings, InstantSource realTime, SimulatorClock clock, Changes changes) {
    URI self = settings.self().orElseGet(this::address);
    return new Messaging.Ground(
        realTime, clock, agenda, changes, client, new MediaStore(clock), self);
  }

  private Optional<StateFile> keepIn(SimulatorSettings settings, Changes changes)
      throws IOException {
    if (settings.data().isEmpty()) {
      return Optional.empty();
    }
    Path folder = settings.data().get();
    direct.keepIn(folder);
    mail.keepIn(folder.resolve("mail"));
    return Optional.of(
        StateFile.open(
            folder,
            "simulators",
            Platform.Saved.class,
            platform::save,
            platform::restore,
            changes));
  }

  private void beforeReset() {
    demo.stop();
    direct.reset();
    mail.reset();
  }

  /**
   * Starts the server.
   *
   * @throws IOException when a port is taken or the address is not this machine's
   */
  public static Simulators start(SimulatorSettings settings) throws IOException {
    return start(settings, Behaviour.standard());
  }

  /**
   * Starts the server with a behaviour other than the standard.
   *
   * @throws IOException when a port is taken or the address is not this machine's
   */
  public static Simulators start(SimulatorSettings settings, Behaviour behaviour)
      throws IOException {
    Simulators simulators = new Simulators(settings, behaviour);
    simulators.server.start();
    return simulators;
  }

  /**
   * Does the verification handshake with the webhook's owner, again and again until it works or the
   * simulators are closed. Webhooks are sent meanwhile all the same.
   */
  public void verifyWebhook() {
    verify(
        platform.webhookAddress().toString(),
        () ->
            platform.numbers().stream()
                .flatMap(number -> platform.verify(number).stream())
                .toList());
    verify("those of Messenger and Instagram", direct::verify);
  }

  private void verify(String webhooks, Supplier<List<String>> attempt) {
    List<String> problems = attempt.get();
    if (problems.isEmpty()) {
      LOG.log(Level.INFO, "webhooks are verified: {0}", webhooks);
    } else {
      LOG.log(Level.DEBUG, "webhooks are not verified yet: {0}: {1}", webhooks, problems);
      agenda.in(VERIFY_AGAIN, () -> verify(webhooks, attempt));
    }
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where the mail server's IMAP listens. */
  public int imapPort() {
    return mail.imapPort();
  }

  /** Where the mail server's SMTP listens. */
  public int smtpPort() {
    return mail.smtpPort();
  }

  @Override
  public void close() {
    demo.close();
    mail.close();
    server.stop(0);
    memory.ifPresent(StateFile::close);
    direct.close();
    agenda.close();
    handlers.shutdownNow();
    client.shutdownNow();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
