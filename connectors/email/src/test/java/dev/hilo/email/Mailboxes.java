package dev.hilo.email;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PolledChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Secret;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The mailbox of the tests, and what surrounds it. */
final class Mailboxes {

  static final AccountId SUPPORT = new AccountId("soporte");
  static final String ADDRESS = "soporte@tienda.example";
  static final String SECRET = "only-for-tests-0123456789-abcdefgh";
  static final String PASSWORD = "clave-secreta-larga";
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final ThreadTokens TOKENS = new ThreadTokens(new Secret(SECRET), "tienda.example");

  private Mailboxes() {}

  /** Settings of one mailbox: the least there must be, and these besides or instead. */
  static ChannelSettings settings(Map<String, String> more) {
    return settings(Map.of("message-id-secret", SECRET), more);
  }

  static ChannelSettings settings(Map<String, String> common, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("address", ADDRESS);
    values.put("password", PASSWORD);
    values.put("imap-host", "127.0.0.1");
    values.put("smtp-host", "127.0.0.1");
    values.put("trusted-authserv-id", "mx.tienda.example");
    values.putAll(more);
    return new ChannelSettings(
        new ChannelSettings.Values("hilo.channels.email.settings", common),
        List.of(
            new ChannelSettings.Account(
                SUPPORT,
                "Tienda Ejemplo",
                "es",
                new ChannelSettings.Values(
                    "hilo.channels.email.accounts.soporte.settings", values))));
  }

  static EmailChannel channel(Map<String, String> more) {
    return channel(more, OutgoingFiles.NONE, CLOCK);
  }

  static EmailChannel channel(Map<String, String> more, OutgoingFiles files, Clock clock) {
    ChannelContext context =
        new ChannelContext(ScriptedHttp.silent(), clock, files, CredentialStore.NONE);
    Channel channel = new EmailProvider().create(settings(more), context);
    return (EmailChannel) channel;
  }

  static RawDelivery delivery(byte[] mail) {
    return delivery(mail, "inbox");
  }

  static RawDelivery delivery(byte[] mail, String folder) {
    return new RawDelivery(
        Optional.of(SUPPORT), Map.of(ImapPass.FOLDER, List.of(folder)), Map.of(), mail, NOW);
  }

  static ParseResult parse(String mail) {
    return channel(Map.of()).parse(delivery(bytes(mail)));
  }

  /** A mail as bytes: lines end as on the wire, and a mark of ours gets its true signature. */
  static byte[] bytes(String mail) {
    return signed(
        mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The mails of the fixtures name a mail of ours whose signature stands for any. */
  static byte[] signed(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1);
    return text.replace("hilo.123.abcdefghijklmnop@tienda.example", TOKENS.messageId("123"))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  static OutboundMessage outbound(OutboundContent content) {
    return new OutboundMessage(
        new OutboundId("123"),
        SUPPORT,
        ContactAddress.email("ana@cliente.example"),
        content,
        Optional.empty());
  }

  static OutboundMessage answering(OutboundContent content, String replyContext) {
    return new OutboundMessage(
        new OutboundId("123"),
        SUPPORT,
        ContactAddress.email("ana@cliente.example"),
        content,
        Optional.empty(),
        Optional.of(replyContext),
        Optional.empty(),
        OutboundMessage.Author.PERSON,
        OutboundMessage.Window.OPEN);
  }

  /** Takes what is received, as the core does, and remembers it. */
  static final class Inbox implements PolledChannel.Receiver {

    final BlockingQueue<RawDelivery> taken = new LinkedBlockingQueue<>();
    final BlockingQueue<String> aside = new LinkedBlockingQueue<>();
    final BlockingQueue<Health> health = new LinkedBlockingQueue<>();
    final AtomicReference<@Nullable String> cursor = new AtomicReference<>();

    /** Does to a delivery what the core does; may throw or refuse. */
    interface Taking {
      PolledChannel.Outcome take(RawDelivery delivery) throws IOException;
    }

    volatile Taking taking = delivery -> new PolledChannel.Outcome.Taken();

    @Override
    public Optional<String> cursor() {
      return Optional.ofNullable(cursor.get());
    }

    @Override
    public void keep(String next) {
      cursor.set(next);
    }

    @Override
    public List<PolledChannel.Outcome> take(List<RawDelivery> deliveries) {
      List<PolledChannel.Outcome> outcomes = new ArrayList<>();
      for (RawDelivery delivery : deliveries) {
        try {
          outcomes.add(taking.take(delivery));
          taken.add(delivery);
        } catch (IOException e) {
          outcomes.add(new PolledChannel.Outcome.Later(e));
        }
      }
      return outcomes;
    }

    @Override
    public void setAside(String reference, String reason, byte[] raw) {
      aside.add(reference + ": " + reason + " (" + raw.length + " bytes)");
    }

    @Override
    public void report(Health report) {
      health.add(report);
    }

    /** The next mail's subject; fails after a while. */
    String next() throws InterruptedException {
      RawDelivery delivery = taken.poll(30, TimeUnit.SECONDS);
      if (delivery == null) {
        throw new AssertionError("no mail came; cursor " + cursor.get() + ", health " + health);
      }
      return MailReader.read(delivery.body()).subject();
    }
  }
}
