package dev.hilo.inbox;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.LinkClaims;
import dev.hilo.inbox.contact.ContactTree;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.FieldPrecedence;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.merge.MergeLog;
import dev.hilo.inbox.merge.Merges;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values that tests begin with. */
public final class Samples {

  public static final ChannelType PHONE_CHANNEL = new ChannelType("phone-app");
  public static final ChannelType SITE_CHANNEL = new ChannelType("site");
  public static final AccountId LINE = new AccountId("line-1");
  public static final AccountId WIDGET = new AccountId("widget-1");
  public static final ContactAddress ANA_PHONE = ContactAddress.phone("+573001234567");
  public static final ContactAddress ANA_BROWSER = ContactAddress.visitor("widget-1/ana");
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  public static final Account LINE_ACCOUNT =
      new Account(PHONE_CHANNEL, LINE, "Line", "es", "CO", LinkClaims.AT_ONCE, "support");
  public static final Account WIDGET_AT_ONCE =
      new Account(SITE_CHANNEL, WIDGET, "Shop", "es", "CO", LinkClaims.AT_ONCE, "support");
  public static final Account WIDGET_WHEN_PROVEN =
      new Account(SITE_CHANNEL, WIDGET, "Shop", "es", "CO", LinkClaims.WHEN_PROVEN, "support");

  private Samples() {}

  /** A visitor who typed a phone number. */
  public static Sender visitorClaiming(ContactAddress visitor, String typedPhone) {
    return new Sender(
        visitor,
        List.of(),
        List.of(ContactAddress.phone(typedPhone)),
        Optional.of("Ana"),
        Optional.of("es"));
  }

  /** A header of a message. */
  public static EventHeader header(
      ChannelType channel, AccountId account, Sender sender, String id) {
    return new EventHeader(
        EventId.derive(channel, account, "message", id), channel, account, sender, NOON, 0);
  }

  /** Contacts by the standard table. */
  public static Contacts contacts(Store store, Clock clock) {
    return new Contacts(store, new ContactTree(store, FieldPrecedence.standard(), clock), clock);
  }

  /** Merges of those contacts. */
  public static Merges merges(Store store, Threads threads, Engine engine, Clock clock) {
    return new Merges(
        new ContactTree(store, FieldPrecedence.standard(), clock),
        threads,
        engine,
        new MergeLog(store),
        new AuditLog(store),
        change -> {},
        clock);
  }

  /** A message as it is stored. */
  public static MessageRecord inbound(String id, String contactId, Instant at) {
    return inbound(id, contactId, ANA_PHONE, at);
  }

  /** A message as it is stored. */
  public static MessageRecord inbound(
      String id, String contactId, ContactAddress from, Instant at) {
    return new MessageRecord(
        id,
        contactId,
        Optional.empty(),
        PHONE_CHANNEL,
        LINE,
        from,
        Direction.IN,
        "hola " + id,
        Optional.of(new Content.Text("hola " + id)),
        Optional.empty(),
        Optional.empty(),
        Optional.of("Ana"),
        Optional.of(new ExternalId("x-" + id)),
        Optional.empty(),
        at,
        at,
        0,
        at,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
