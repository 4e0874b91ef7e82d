package dev.hilo.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Dovecot as Debian packages it, with a folder of its own and a mailbox of files. */
final class DovecotServer implements AutoCloseable {

  static final Path BINARY = Path.of("/usr/sbin/dovecot");

  private static final Path IMAP = Path.of("/usr/lib/dovecot/imap");

  private final Path home;
  private final Path config;
  private final int port;
  private int files;

  /** Whether it can be started here. */
  static boolean isInstalled() {
    return Files.isExecutable(BINARY) && Files.isExecutable(IMAP);
  }

  DovecotServer(String user, String password) throws IOException, InterruptedException {
    home = Files.createTempDirectory("hilo-dovecot");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    port = freePort();
    String me = run("id", "-un");
    String group = run("id", "-gn");
    // The login process drops to an unprivileged user only when it may.
    boolean root = me.equals("root");
    String mailUser = root ? "mail" : me;
    String mailGroup = root ? "mail" : group;
    Path mail = Files.createDirectories(home.resolve("mail"));
    for (String folder : List.of("new", "cur", "tmp")) {
      Files.createDirectories(mail.resolve(folder));
    }
    Files.writeString(
        home.resolve("users"), user + ":{PLAIN}" + password + "::::::\n", StandardCharsets.UTF_8);
    config = home.resolve("dovecot.conf");
    Files.writeString(
        config,
        """
        protocols = imap
        listen = 127.0.0.1
        base_dir = %1$s/run
        state_dir = %1$s/run
        log_path = %1$s/log
        ssl = no
        disable_plaintext_auth = no
        default_internal_user = %2$s
        default_login_user = %3$s
        default_internal_group = %4$s
        first_valid_uid = 1
        first_valid_gid = 1
        mail_location = maildir:%1$s/mail
        mail_uid = %5$s
        mail_gid = %6$s
        imap_idle_notify_interval = 1 mins
        mailbox_idle_check_interval = 1 secs
        service imap-login {
          chroot =
          inet_listener imap {
            port = %7$d
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          chroot =
        }
        passdb {
          driver = passwd-file
          args = %1$s/users
        }
        userdb {
          driver = static
          args = uid=%5$s gid=%6$s home=%1$s
        }
        """
            .formatted(
                home,
                root ? "dovecot" : me,
                root ? "dovenull" : me,
                root ? "dovecot" : group,
                mailUser,
                mailGroup,
                port));
    if (root) {
      run("chown", "-R", "mail:mail", mail.toString());
    }
    start();
  }

  int port() {
    return port;
  }

  void start() throws IOException, InterruptedException {
    run(BINARY.toString(), "-c", config.toString());
    for (int i = 0; i < 500; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.getInputStream().read() == '*') {
          return;
        }
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IOException("dovecot does not answer: " + log());
  }

  void stop() throws IOException, InterruptedException {
    run(BINARY.toString(), "-c", config.toString(), "stop");
  }

  /** Puts a mail where a delivery program would. */
  void deliver(byte[] mail) throws IOException, InterruptedException {
    String name = System.currentTimeMillis() / 1000 + ".M" + files++ + "P1.test";
    Path written = home.resolve("mail/tmp/" + name);
    Files.write(written, mail);
    if (Files.getOwner(home.resolve("mail")).getName().equals("mail")) {
      Files.setAttribute(
          written,
          "posix:owner",
          written.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("mail"));
    }
    Files.move(written, home.resolve("mail/new/" + name));
  }

  /** The names of the files that hold mails; Maildir writes their flags at the end. */
  List<String> mails() throws IOException {
    List<String> names = new ArrayList<>();
    for (String folder : List.of("new", "cur")) {
      try (Stream<Path> mails = Files.list(home.resolve("mail").resolve(folder))) {
        mails.map(mail -> mail.getFileName().toString()).forEach(names::add);
      }
    }
    return names;
  }

  /** Takes a mail's file away from under the server's hands: it cannot hand it out any more. */
  void spoil(byte[] mark) throws IOException {
    for (String folder : List.of("new", "cur")) {
      try (Stream<Path> mails = Files.list(home.resolve("mail").resolve(folder))) {
        for (Path mail : mails.toList()) {
          String text = Files.readString(mail, StandardCharsets.ISO_8859_1);
          if (text.contains(new String(mark, StandardCharsets.ISO_8859_1))) {
            Files.delete(mail);
            Files.createDirectory(mail);
          }
        }
      }
    }
  }

  /** Loses the numbering, as after a restored backup. */
  void numberAnew() throws IOException, InterruptedException {
    stop();
    try (Stream<Path> all = Files.list(home.resolve("mail"))) {
      for (Path file :
          all.filter(path -> path.getFileName().toString().startsWith("dovecot")).toList()) {
        Files.delete(file);
      }
    }
    // UIDVALIDITY is made of the second.
    TimeUnit.MILLISECONDS.sleep(1100);
    start();
  }

  String log() throws IOException {
    Path log = home.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    // Into a file: a server in the background would hold a pipe open for ever.
    Path output = Files.createTempFile("hilo-dovecot", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      String said = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
      return said.strip();
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Optional<IOException> failure = Optional.empty();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
