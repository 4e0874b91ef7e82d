package dev.hilo.simulators.mail;

import com.icegreen.greenmail.smtp.SmtpConnection;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client's SMTP: a submission server that wants a login, lets a mailbox write in its own name
 * only, and knows the empty sender, which GreenMail's own commands do not.
 *
 * <p>Source: RFC 5321, RFC 6409 (submission), RFC 4954 (AUTH), RFC 3463 (enhanced codes).
 */
final class SmtpDialogue extends SmtpCommandRegistry {

  private static final int MAX_BYTES = 25 * 1024 * 1024;
  private static final Pattern MAIL =
      Pattern.compile("MAIL FROM:\\s?<([^>]*)>(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern RCPT =
      Pattern.compile("RCPT TO:\\s?<([^>]+)>.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIZE =
      Pattern.compile(".*\\bSIZE=(\\d{1,12}).*", Pattern.CASE_INSENSITIVE);

  private final Socket client;
  private final MailLogin login;
  private final MailFaults faults;
  private final PostOffice office;
  private Optional<String> user = Optional.empty();
  private Optional<String> sender = Optional.empty();
  private final Set<String> recipients = new LinkedHashSet<>();

  SmtpDialogue(Socket client, MailLogin login, MailFaults faults, PostOffice office) {
    this.client = client;
    this.login = login;
    this.faults = faults;
    this.office = office;
  }

  /** What one command does. */
  @FunctionalInterface
  private interface Step {
    void take(SmtpConnection conn, String line) throws IOException;
  }

  private final class Command extends SmtpCommand {
    private final Step step;

    Command(Step step) {
      this.step = step;
    }

    @Override
    public void execute(SmtpConnection conn, SmtpState state, SmtpManager manager, String line)
        throws IOException {
      faults
          .take(MailFault.Kind.SLOW, user.orElse(""))
          .flatMap(MailFault::delay)
          .ifPresent(SmtpDialogue::waitFor);
      step.take(conn, line);
    }
  }

  @Override
  public SmtpCommand getCommand(String name) {
    return switch (name) {
      case "EHLO", "HELO" -> new Command(this::hello);
      case "AUTH" -> new Command(this::auth);
      case "MAIL" -> new Command(this::mail);
      case "RCPT" -> new Command(this::rcpt);
      case "DATA" -> new Command(this::data);
      case "RSET" -> new Command(this::rset);
      default -> super.getCommand(name);
    };
  }

  private static void waitFor(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hello(SmtpConnection conn, String line) {
    forget();
    if (line.toUpperCase(Locale.ROOT).startsWith("HELO")) {
      conn.send("250 " + PostOffice.HOST);
      return;
    }
    conn.send("250-" + PostOffice.HOST);
    conn.send("250-SIZE " + MAX_BYTES);
    conn.send("250-8BITMIME");
    conn.send("250-SMTPUTF8");
    conn.send("250-ENHANCEDSTATUSCODES");
    conn.send("250 AUTH PLAIN LOGIN XOAUTH2");
  }

  private void rset(SmtpConnection conn, String line) {
    forget();
    conn.send("250 2.0.0 OK");
  }

  private void forget() {
    sender = Optional.empty();
    recipients.clear();
  }

  private void auth(SmtpConnection conn, String line) throws IOException {
    String[] parts = line.split(" ", 3);
    String initial = parts.length > 2 && !parts[2].equals("=") ? parts[2] : "";
    if (user.isPresent()) {
      conn.send("503 5.5.1 Already authenticated");
      return;
    }
    switch (parts.length > 1 ? parts[1].toUpperCase(Locale.ROOT) : "") {
      case "PLAIN" -> plain(conn, initial);
      case "LOGIN" -> {
        String name = MailLogin.decoded(initial.isEmpty() ? ask(conn, "VXNlcm5hbWU6") : initial);
        byPassword(conn, name, MailLogin.decoded(ask(conn, "UGFzc3dvcmQ6")));
      }
      case "XOAUTH2" -> token(conn, initial.isEmpty() ? ask(conn, "") : initial);
      default -> conn.send("504 5.5.4 Unrecognized authentication type");
    }
  }

  private void plain(SmtpConnection conn, String initial) throws IOException {
    String[] fields =
        MailLogin.decoded(initial.isEmpty() ? ask(conn, "") : initial).split("\0", -1);
    if (fields.length == 3) {
      byPassword(conn, fields[1], fields[2]);
    } else {
      conn.send("501 5.5.2 Cannot decode the response");
    }
  }

  private static String ask(SmtpConnection conn, String challenge) throws IOException {
    conn.send("334 " + challenge);
    return Optional.ofNullable(conn.readLine()).orElse("");
  }

  private void byPassword(SmtpConnection conn, String name, String password) {
    if (login.byPassword(name, password)) {
      welcome(conn, MailOwner.withoutDetail(name));
    } else {
      conn.send("535 5.7.8 Authentication credentials invalid");
    }
  }

  private void token(SmtpConnection conn, String response) throws IOException {
    Optional<String> address = login.byToken(response);
    if (address.isPresent()) {
      welcome(conn, address.get());
      return;
    }
    // Whatever the client answers: it is an empty line.
    String unused = ask(conn, MailLogin.CHALLENGE);
    conn.send("535 5.7.3 Authentication unsuccessful");
  }

  private void welcome(SmtpConnection conn, String address) {
    user = Optional.of(address);
    conn.setAuthenticated(true);
    conn.send("235 2.7.0 Authentication successful");
  }

  private void mail(SmtpConnection conn, String line) {
    Matcher command = MAIL.matcher(line);
    if (!command.matches()) {
      conn.send("501 5.5.4 Expected MAIL FROM:<address>");
      return;
    }
    if (user.isEmpty()) {
      conn.send("530 5.7.0 Authentication required");
      return;
    }
    String from = command.group(1);
    if (!from.isEmpty() && !user.get().equals(MailOwner.withoutDetail(from))) {
      conn.send("550 5.7.60 Client does not have permissions to send as this sender");
      return;
    }
    Matcher size = SIZE.matcher(command.group(2));
    if (size.matches() && Long.parseLong(size.group(1)) > MAX_BYTES) {
      conn.send("552 5.3.4 Message size exceeds fixed limit");
      return;
    }
    forget();
    sender = Optional.of(from);
    conn.send("250 2.1.0 Sender OK");
  }

  private void rcpt(SmtpConnection conn, String line) {
    Matcher command = RCPT.matcher(line);
    if (!command.matches()) {
      conn.send("501 5.5.4 Expected RCPT TO:<address>");
      return;
    }
    if (sender.isEmpty()) {
      conn.send("503 5.5.1 MAIL first");
      return;
    }
    String to = command.group(1);
    Optional<String> refusal = office.refusalOf(to);
    if (refusal.isPresent()) {
      conn.send(refusal.get());
      return;
    }
    recipients.add(to);
    conn.send("250 2.1.5 Recipient OK");
  }

  private void data(SmtpConnection conn, String line) throws IOException {
    if (recipients.isEmpty()) {
      conn.send("503 5.5.1 RCPT first");
      return;
    }
    conn.send("354 Start mail input; end with <CRLF>.<CRLF>");
    byte[] mail = read(conn);
    String from = sender.orElse("");
    Set<String> to = new LinkedHashSet<>(recipients);
    forget();
    String first = to.iterator().next();
    Optional<MailFault> refused = faults.take(MailFault.Kind.REFUSE_DATA, first);
    if (refused.isPresent()) {
      conn.send(refused.get().reply().orElse("554 5.6.0 Message content rejected"));
      return;
    }
    if (mail.length > MAX_BYTES) {
      conn.send("552 5.3.4 Message size exceeds fixed limit");
      return;
    }
    String queueId = office.submit(user.orElse(""), from, to, mail);
    if (faults.take(MailFault.Kind.CUT_AFTER_DATA, first).isPresent()) {
      client.close();
      return;
    }
    conn.send("250 2.0.0 OK queued as " + queueId);
  }

  /** GreenMail undoes the dots; what it puts in front is needed for its first line only. */
  private static byte[] read(SmtpConnection conn) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream in = conn.dotLimitedInputStream(new byte[0])) {
      in.transferTo(all);
    }
    byte[] mail = all.toByteArray();
    // It also takes the last line's end with the dot.
    byte[] whole = Arrays.copyOf(mail, mail.length + 2);
    whole[mail.length] = '\r';
    whole[mail.length + 1] = '\n';
    return whole;
  }
}
