package dev.hilo.email;

import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.ConsentChanged;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ParseResult.Skipped;
import dev.hilo.channel.RawDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a mail of ours: bounces, receipts, complaints. Only a report that carries our own
 * signed message id counts; any other is shown as a message.
 */
final class MailboxReports {

  /** The category under which a complaint forbids what nobody asked for. */
  static final String COMPLAINT = "complaint";

  /** Source: RFC 3464 §2.3.3. */
  private static final Set<String> ACTIONS =
      Set.of("failed", "delayed", "delivered", "relayed", "expanded");

  private final MailboxEvents events;
  private final ThreadTokens tokens;

  MailboxReports(MailboxEvents events, ThreadTokens tokens) {
    this.events = events;
    this.tokens = tokens;
  }

  /** What a report says of a mail of ours; empty when it is about no mail of ours. */
  Optional<ParseResult> of(Bounce bounce, Mail mail, RawDelivery delivery) {
    Optional<String> outbound = bounce.originalMessageId().flatMap(tokens::outboundId);
    if (outbound.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> unknown = unknownWord(mail);
    if (unknown.isPresent()) {
      return Optional.of(MailboxEvents.skipped("report", unknown.get()));
    }
    List<ChannelEvent> found = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Bounce.Recipient recipient : recipients(bounce, mail)) {
      Optional<String> nothing = saysNothing(recipient.kind());
      if (nothing.isPresent()) {
        skipped.add(new Skipped("report", nothing.get()));
      } else {
        found.add(event(recipient, outbound.get(), mail, delivery, found.size()));
      }
    }
    return Optional.of(new ParseResult.Events(found, skipped));
  }

  /** A report that names nobody is about whom the mail went to, as far as that is said. */
  private static List<Bounce.Recipient> recipients(Bounce bounce, Mail mail) {
    if (!bounce.recipients().isEmpty()) {
      return bounce.recipients().stream().limit(50).toList();
    }
    String to =
        mail.report()
            .flatMap(Report::original)
            .flatMap(original -> original.addresses("To").stream().findFirst())
            .map(MailAddress::address)
            .orElse("");
    return List.of(new Bounce.Recipient(to, bounce.kind(), Optional.empty(), Optional.empty()));
  }

  private ChannelEvent event(
      Bounce.Recipient recipient, String outbound, Mail mail, RawDelivery delivery, int position) {
    MailAddress who =
        recipient.address().isBlank()
            ? MailboxEvents.writer(mail)
            : new MailAddress(Optional.empty(), recipient.address());
    String ours = tokens.messageId(outbound);
    String[] identity = {mail.messageId(), ours, who.address(), recipient.kind().name()};
    var header = events.header(mail, who, delivery, position, "report", identity);
    if (recipient.kind() == Bounce.Kind.COMPLAINT) {
      return new ConsentChanged(header, COMPLAINT, false);
    }
    return new DeliveryUpdated(
        header,
        new ExternalId(ours),
        Optional.of(new OutboundId(outbound)),
        state(recipient.kind()),
        recipient.kind() == Bounce.Kind.FAILED_PERMANENTLY
                || recipient.kind() == Bounce.Kind.FAILED_TEMPORARILY
            ? Optional.of(failure(recipient))
            : Optional.empty());
  }

  private static DeliveryFailure failure(Bounce.Recipient recipient) {
    String said = recipient.diagnostic().orElse("");
    return new DeliveryFailure(
        SmtpAnswer.ofBounce(recipient.status(), said),
        recipient.status().orElse(""),
        said.isEmpty() ? "" : MailboxText.sound(MailboxDetail.of(said, List.of())));
  }

  private static DeliveryState state(Bounce.Kind kind) {
    return switch (kind) {
      // Given up for now is given up: no server tries again.
      case FAILED_PERMANENTLY, FAILED_TEMPORARILY -> DeliveryState.FAILED;
      case DELIVERED -> DeliveryState.DELIVERED;
      case READ -> DeliveryState.READ;
      case DELAYED, COMPLAINT, DELETED_UNREAD -> DeliveryState.SENT;
    };
  }

  private static Optional<String> saysNothing(Bounce.Kind kind) {
    return switch (kind) {
      case DELAYED -> Optional.of("delayed: the server is still trying");
      case DELETED_UNREAD -> Optional.of("the recipient gives no receipt");
      case FAILED_PERMANENTLY, FAILED_TEMPORARILY, DELIVERED, READ, COMPLAINT -> Optional.empty();
    };
  }

  /** A word for the outcome that no standard has, and nothing beside it that would tell. */
  private static Optional<String> unknownWord(Mail mail) {
    for (MailHeaders block : mail.report().map(Report::blocks).orElse(List.of())) {
      Optional<String> action = block.first("Action").map(MailboxReports::word);
      if (action.isPresent()
          && !ACTIONS.contains(action.get())
          && block.first("Status").isEmpty()) {
        return Optional.of("an outcome that is not known: " + shown(action.get()));
      }
      Optional<String> disposition = block.first("Disposition").map(MailboxReports::disposition);
      // RFC 8098 §3.2.6: only "displayed" says that somebody may have read it.
      if (disposition.isPresent()
          && !disposition.get().matches("displayed.*|deleted.*|denied.*|failed.*")) {
        return Optional.of("a receipt that tells of no reading: " + shown(disposition.get()));
      }
    }
    return Optional.empty();
  }

  private static String disposition(String value) {
    return value.substring(value.indexOf(';') + 1).strip().toLowerCase(Locale.ROOT);
  }

  private static String word(String value) {
    return value.strip().split("[^A-Za-z-]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String shown(String word) {
    String plain = word.replaceAll("[^a-z/-]", "");
    return plain.isEmpty() ? "none" : MailboxText.cut(plain, 40);
  }
}
