package dev.hilo.simulators.mail;

import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.oauth.OAuthApi;
import dev.hilo.simulators.oauth.Tokens;
import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.time.SimulatorClock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The demo's mail server with its mailboxes, token service and customers. */
public final class MailWorld implements AutoCloseable {

  /** The shared mailbox that is opened with {@link #SHOP_PASSWORD}. */
  public static final String SHOP = "ayuda@tienda-aurora.example";

  public static final String SHOP_PASSWORD = "demo-mail-password";

  /** The shared mailbox that is opened with a token. */
  public static final String TOKEN_SHOP = "support@aurora-shop.example";

  public static final String CLIENT_ID = "demo-mail-client";
  public static final String CLIENT_SECRET = "demo-mail-client-secret";

  /** Works until it is used, or replaced by somebody's consent. */
  public static final String REFRESH_TOKEN = "demo-mail-refresh-token";

  private static final List<MailOwner> SHOPS =
      List.of(
          new MailOwner(
              SHOP, "Tienda Aurora", "es", MailOwner.Login.SHOP_PASSWORD, Optional.empty()),
          new MailOwner(
              TOKEN_SHOP, "Aurora Shop", "en", MailOwner.Login.SHOP_TOKEN, Optional.empty()));

  private final Mailboxes mailboxes;
  private final MailFaults faults = new MailFaults();
  private final PostOffice office;
  private final MailComposer composer;
  private final Tokens tokens;
  private final Changes changes;
  private final SimulatorClock clock;
  private final ImapListener imap;
  private final SmtpListener smtp;
  private final List<MailOwner> residents;

  private MailWorld(
      ServerSocket imapSocket,
      ServerSocket smtpSocket,
      List<MailOwner> customers,
      SimulatorClock clock,
      Agenda agenda,
      Changes changes) {
    this.changes = changes;
    this.clock = clock;
    this.mailboxes = new Mailboxes(changes);
    this.office = new PostOffice(mailboxes, faults, agenda, clock, changes);
    this.composer = new MailComposer(clock);
    this.tokens = new Tokens(clock, REFRESH_TOKEN, TOKEN_SHOP);
    MailLogin login = new MailLogin(mailboxes, tokens, faults);
    this.imap = new ImapListener(imapSocket, mailboxes, login, faults);
    this.smtp = new SmtpListener(smtpSocket, mailboxes, login, faults, office);
    this.residents = Stream.concat(SHOPS.stream(), customers.stream()).toList();
    residents.forEach(owner -> mailboxes.put(owner, passwordOf(owner)));
  }

  /**
   * Starts the mail server.
   *
   * @param imapPort 0: any free one
   * @param smtpPort 0: any free one
   * @param customers who have mailboxes from the beginning
   * @throws BindException saying which port is taken
   */
  public static MailWorld start(
      InetAddress address,
      int imapPort,
      int smtpPort,
      List<MailOwner> customers,
      SimulatorClock clock,
      Agenda agenda,
      Changes changes)
      throws IOException {
    ServerSocket imapSocket = bind(address, imapPort, "HILO_SIMULATORS_IMAP_PORT");
    try {
      ServerSocket smtpSocket = bind(address, smtpPort, "HILO_SIMULATORS_SMTP_PORT");
      MailWorld world = new MailWorld(imapSocket, smtpSocket, customers, clock, agenda, changes);
      world.imap.startService();
      world.smtp.startService();
      return world;
    } catch (IOException e) {
      imapSocket.close();
      throw e;
    }
  }

  private static ServerSocket bind(InetAddress address, int port, String variable)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    try {
      socket.bind(new InetSocketAddress(address, port), 256);
      return socket;
    } catch (BindException e) {
      socket.close();
      BindException named =
          new BindException(
              "cannot listen on %s:%d (%s): set %s to a free port"
                  .formatted(address.getHostAddress(), port, e.getMessage(), variable));
      named.initCause(e);
      throw named;
    }
  }

  private static Optional<String> passwordOf(MailOwner owner) {
    return switch (owner.login()) {
      case SHOP_PASSWORD -> Optional.of(SHOP_PASSWORD);
      case SHOP_TOKEN -> Optional.empty();
      case CUSTOMER -> Optional.of(Mailboxes.CUSTOMER_PASSWORD);
    };
  }

  /** Keeps mail in a folder over a restart, and takes back what is there. */
  public void keepIn(Path folder) {
    mailboxes.keepIn(new MailFiles(folder));
  }

  /** Adds the page's, the control's and the token service's routes. */
  public void addTo(Routes routes) {
    new OAuthApi(tokens, clock, CLIENT_ID, CLIENT_SECRET, List.of(TOKEN_SHOP)).addTo(routes);
    new MailApi(this).addTo(routes);
    new MailControl(this, imap, changes).addTo(routes);
    new TokenControl(tokens).addTo(routes);
  }

  /** Where IMAP listens. */
  public int imapPort() {
    return imap.getServerSetup().getPort();
  }

  /** Where SMTP listens. */
  public int smtpPort() {
    return smtp.getServerSetup().getPort();
  }

  Mailboxes mailboxes() {
    return mailboxes;
  }

  MailFaults faults() {
    return faults;
  }

  PostOffice office() {
    return office;
  }

  Changes changes() {
    return changes;
  }

  SimulatorClock clock() {
    return clock;
  }

  /** Adds a customer's mailbox, or renames its owner. */
  MailOwner join(String address, String name, String language) {
    Optional<MailOwner> known = mailboxes.find(address);
    if (known.isPresent() && known.get().isShop()) {
      return known.get();
    }
    Optional<String> away = known.flatMap(MailOwner::away);
    MailOwner owner =
        new MailOwner(
            MailOwner.withoutDetail(address), name, language, MailOwner.Login.CUSTOMER, away);
    return mailboxes.put(owner, Optional.of(Mailboxes.CUSTOMER_PASSWORD));
  }

  /** The correspondent of the stories: a customer with a mail program. */
  public MailCustomer customer(
      String address, String name, String language, String shop, MailProgram program) {
    return new MailCustomer(this, join(address, name, language), shop, program);
  }

  /**
   * Makes the mail, sends it and keeps it among the sent ones.
   *
   * @param copies how often the same bytes arrive
   * @return the Message-ID
   */
  String send(Letter letter, int copies) {
    MailComposer.Made made = composer.compose(letter);
    String from = letter.from().address();
    mailboxes.store(from, Mailboxes.SENT, made.bytes(), clock.instant(), true);
    List<String> everybody =
        Stream.concat(letter.to().stream(), letter.cc().stream()).distinct().toList();
    for (int i = 0; i < copies; i++) {
      office.send(from, everybody, made.bytes());
    }
    return made.messageId();
  }

  /** As in the beginning: the first mailboxes, empty, and no faults. */
  public void reset() {
    faults.clear();
    tokens.reset();
    office.reset();
    mailboxes.clear(residents);
  }

  @Override
  public void close() {
    imap.stopService(1000);
    smtp.stopService(1000);
  }
}
