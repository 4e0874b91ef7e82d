package dev.hilo.email;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PolledChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.SendResult;
import dev.hilo.email.EmailSettings.Mailbox;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Email: shared mailboxes over IMAP, answers over SMTP. */
final class EmailChannel implements PolledChannel, CheckedChannel, MediaChannel {

  private static final Duration SOON = Duration.ofMinutes(1);

  private final Map<AccountId, Account> accounts = new LinkedHashMap<>();

  /** All that belongs to one mailbox. */
  private record Account(MailboxEvents events, ImapMailbox imap, SmtpSender smtp) {}

  EmailChannel(EmailSettings settings, ChannelContext context) {
    MailboxLogin login =
        new MailboxLogin(new OAuthTokens(context.http(), context.clock(), context.credentials()));
    for (Mailbox mailbox : settings.mailboxes().values()) {
      String address = mailbox.address();
      ThreadTokens tokens =
          new ThreadTokens(settings.messageIdSecret(), address.substring(address.indexOf('@') + 1));
      accounts.put(
          mailbox.id(),
          new Account(
              new MailboxEvents(mailbox, tokens),
              new ImapMailbox(mailbox, login, context.clock()),
              new SmtpSender(mailbox, login, tokens, context.files(), context.clock())));
    }
  }

  @Override
  public ChannelType type() {
    return EmailProvider.TYPE;
  }

  @Override
  public Capabilities capabilities() {
    return EmailChannelCapabilities.all();
  }

  @Override
  public ParseResult parse(RawDelivery delivery) {
    return delivery
        .account()
        .flatMap(this::account)
        .map(account -> account.events().of(delivery))
        .orElseGet(
            () ->
                new ParseResult.Refused(
                    Refusal.UNKNOWN_ACCOUNT, "the delivery names no mailbox of the settings"));
  }

  @Override
  public SendResult send(OutboundMessage message) {
    return account(message.account())
        .map(account -> account.smtp().send(message))
        .orElseGet(
            () ->
                SmtpSender.rejected(
                    DeliveryError.UNKNOWN, "", "there is no such mailbox in the settings"));
  }

  @Override
  public void receive(AccountId id, Receiver receiver) throws IOException, InterruptedException {
    Optional<Account> account = account(id);
    if (account.isEmpty()) {
      throw new MailboxException(Aspect.CONNECTION, "there is no such mailbox in the settings");
    }
    account.get().imap().receive(receiver);
  }

  @Override
  public Health check(AccountId id) {
    Optional<Account> found = account(id);
    if (found.isEmpty()) {
      return Health.unreachable("there is no such mailbox in the settings");
    }
    Account account = found.get();
    List<Finding> findings = new ArrayList<>();
    try {
      account.imap().check();
    } catch (MailboxException e) {
      findings.add(e.finding());
    }
    try {
      account.smtp().check();
    } catch (MailboxException e) {
      findings.add(e.finding());
    }
    boolean connected = findings.isEmpty();
    account
        .imap()
        .trouble()
        .filter(trouble -> connected)
        .ifPresent(
            trouble ->
                findings.add(
                    new Finding(Aspect.CONNECTION, Level.WARNING, "last time: " + trouble)));
    // An access token is renewed by itself: its end is nothing that anybody must look at.
    return new Health(connected, Optional.empty(), findings);
  }

  @Override
  public Fetched fetch(Request request, OutputStream to) {
    if (request.raw().isEmpty()) {
      return new Fetched.Gone("the raw mail was not kept");
    }
    Counted counted = new Counted(to);
    try (InputStream raw = request.raw().get().open()) {
      Optional<PartStream> part = MailReader.part(raw, request.media().reference());
      if (part.isEmpty()) {
        return new Fetched.Gone("the mail has no such part");
      }
      byte[] buffer = new byte[64 * 1024];
      InputStream content = part.get().content();
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        if (counted.written + read > request.maxBytes()) {
          return new Fetched.TooLarge("more than " + request.maxBytes() + " bytes");
        }
        counted.write(buffer, 0, read);
      }
      return new Fetched.Complete(Optional.of(part.get().mimeType()), request.media().fileName());
    } catch (IOException | RuntimeException e) {
      return new Fetched.RetryLater(
          "the raw mail cannot be read: " + e.getClass().getSimpleName(), SOON);
    }
  }

  private Optional<Account> account(AccountId id) {
    return Optional.ofNullable(accounts.get(id));
  }

  private static final class Counted extends FilterOutputStream {
    private long written;

    private Counted(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }
  }

  @Override
  public String toString() {
    return "EmailChannel" + accounts.keySet();
  }
}
