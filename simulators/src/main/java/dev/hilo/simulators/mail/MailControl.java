package dev.hilo.simulators.mail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.control.Waiting;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.mail.MailFault.Kind;
import dev.hilo.simulators.time.Changes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tests steer mail with, under {@code /control/mail}. */
final class MailControl {

  private final MailWorld world;
  private final Mailboxes mailboxes;
  private final ImapListener imap;
  private final Changes changes;

  MailControl(MailWorld world, ImapListener imap, Changes changes) {
    this.world = world;
    this.mailboxes = world.mailboxes();
    this.imap = imap;
    this.changes = changes;
  }

  void addTo(Routes routes) {
    routes.on("GET", "/control/mail", call -> state());
    routes.on("PUT", "/control/mail/settings", this::settings);
    routes.on("POST", "/control/mail/customers", this::customer);
    routes.on("POST", "/control/mail/inbound", this::inbound);
    routes.on("POST", "/control/mail/raw", this::raw);
    routes.on("POST", "/control/mail/malformed", this::malformed);
    routes.on("GET", "/control/mail/sent", this::sent);
    routes.on("GET", "/control/mail/boxes/{address}", this::box);
    routes.on("GET", "/control/mail/boxes/{address}/{uid}", this::bytes);
    routes.on("POST", "/control/mail/boxes/{address}/uidvalidity", this::rebuild);
    routes.on("POST", "/control/mail/idle/drop", call -> drop(true));
    routes.on("POST", "/control/mail/connections/drop", call -> drop(false));
    routes.on("GET", "/control/mail/faults", call -> Reply.json(world.faults().planned()));
    routes.on("POST", "/control/mail/faults", this::plan);
    routes.on("DELETE", "/control/mail/faults", call -> clearFaults());
  }

  private Reply state() {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.put("imapPort", world.imapPort()).put("smtpPort", world.smtpPort());
    state.put("unknownRecipients", word(world.office().unknown()));
    state.put("connections", imap.wires().size());
    state.put("idle", imap.wires().stream().filter(ImapWire::isIdle).count());
    state.put("submitted", world.office().submitted().size());
    state.put("faults", world.faults().planned().size());
    ArrayNode all = state.putArray("mailboxes");
    for (MailOwner owner : mailboxes.all()) {
      var inbox = mailboxes.folder(owner.address(), Mailboxes.INBOX);
      all.addObject()
          .put("address", owner.address())
          .put("name", owner.name())
          .put("login", owner.login().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .put("messages", inbox.getMessageCount())
          .put("uidValidity", inbox.getUidValidity())
          .put("uidNext", inbox.getUIDNext());
    }
    return Reply.json(state);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private record Settings(@Nullable String unknownRecipients) {}

  private Reply settings(Call call) {
    String wanted = Optional.ofNullable(call.json(Settings.class).unknownRecipients()).orElse("");
    PostOffice.UnknownRecipients next =
        switch (wanted) {
          case "create" -> PostOffice.UnknownRecipients.CREATE;
          case "refuse" -> PostOffice.UnknownRecipients.REFUSE;
          case "bounce" -> PostOffice.UnknownRecipients.BOUNCE;
          default ->
              throw new BadRequest(
                  "unknownRecipients: one of create, refuse, bounce, got '" + wanted + "'");
        };
    world.office().setUnknown(next);
    return state();
  }

  private record Customer(
      @Nullable String address,
      @Nullable String name,
      @Nullable String language,
      @Nullable String away) {}

  /** Adds or changes a customer; {@code away} is there while the customer is not. */
  private Reply customer(Call call) {
    Customer wanted = call.json(Customer.class);
    String address = MailOwner.address(Optional.ofNullable(wanted.address()).orElse(""));
    MailOwner owner =
        world.join(
            address,
            Optional.ofNullable(wanted.name()).orElse(address.replaceAll("@.*", "")),
            Optional.ofNullable(wanted.language()).orElse("es"));
    mailboxes.put(owner.withAway(Optional.ofNullable(wanted.away())), Optional.empty());
    return Reply.json(Json.MAPPER.createObjectNode().put("address", owner.address()));
  }

  private record Attached(
      @Nullable String name,
      @Nullable String type,
      @Nullable String text,
      @Nullable String base64) {}

  private record Inbound(
      @Nullable String from,
      @Nullable String name,
      @Nullable String language,
      @Nullable String to,
      @Nullable String cc,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String html,
      @Nullable String program,
      @Nullable Long answers,
      @Nullable Map<String, String> headers,
      @Nullable List<Attached> attachments,
      @Nullable Integer copies) {}

  /** A customer writes; {@code answers} is the UID of what it answers in the customer's inbox. */
  private Reply inbound(Call call) {
    Inbound wanted = call.json(Inbound.class);
    if (wanted.text() == null) {
      throw new BadRequest("text: is missing");
    }
    String address = MailOwner.address(Optional.ofNullable(wanted.from()).orElse(""));
    Optional<MailOwner> known = mailboxes.find(address);
    MailOwner owner =
        known.isPresent() && wanted.name() == null
            ? known.get()
            : world.join(
                address,
                Optional.ofNullable(wanted.name()).orElse(address.replaceAll("@.*", "")),
                Optional.ofNullable(wanted.language()).orElse("es"));
    Letter letter =
        new Letter(
            owner,
            MailApi.addresses(Optional.ofNullable(wanted.to()).orElse(MailWorld.SHOP)),
            MailApi.addresses(wanted.cc()),
            Optional.ofNullable(wanted.subject()).orElse("Consulta"),
            wanted.text(),
            Optional.ofNullable(wanted.html()),
            files(wanted.attachments()),
            Optional.empty(),
            MailProgram.of(Optional.ofNullable(wanted.program()).orElse("gmail")),
            Optional.ofNullable(wanted.headers()).orElse(Map.of()));
    if (wanted.answers() != null) {
      letter =
          letter.answering(
              ReadMail.of(mailboxes.message(owner.address(), Mailboxes.INBOX, wanted.answers())));
    }
    int copies = copies(Optional.ofNullable(wanted.copies()).orElse(1));
    return Reply.json(Json.MAPPER.createObjectNode().put("messageId", world.send(letter, copies)));
  }

  private static List<Letter.Enclosure> files(@Nullable List<Attached> attached) {
    List<Letter.Enclosure> files = new ArrayList<>();
    for (Attached one : Optional.ofNullable(attached).orElse(List.of())) {
      byte[] bytes;
      try {
        bytes =
            one.base64() != null
                ? Base64.getDecoder().decode(one.base64())
                : Optional.ofNullable(one.text()).orElse("").getBytes(StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new BadRequest("attachments: base64 cannot be decoded");
      }
      files.add(
          new Letter.Enclosure(
              Optional.ofNullable(one.name()).orElse("file"),
              Optional.ofNullable(one.type()).orElse("application/octet-stream"),
              bytes));
    }
    return files;
  }

  private static int copies(int copies) {
    if (copies < 1 || copies > 1000) {
      throw new BadRequest("copies: 1 to 1000, got " + copies);
    }
    return copies;
  }

  /** The body is the mail, byte for byte. */
  private Reply raw(Call call) {
    String to = call.query("to").orElse(MailWorld.SHOP);
    mailboxes.need(to);
    String from = call.query("from").orElse("");
    int copies = copies(call.queryNumber("copies", 1));
    for (int i = 0; i < copies; i++) {
      world.office().deliver(from, to, call.body());
    }
    return Reply.json(
        Json.MAPPER
            .createObjectNode()
            .put("messageId", PostOffice.header(call.body(), "Message-ID"))
            .put("delivered", copies));
  }

  private record Malformed(@Nullable String kind, @Nullable String from, @Nullable String to) {}

  private Reply malformed(Call call) {
    Malformed wanted = call.json(Malformed.class);
    MalformedMail kind = MalformedMail.of(Optional.ofNullable(wanted.kind()).orElse(""));
    String from = Optional.ofNullable(wanted.from()).orElse("nora@example.com");
    String to = Optional.ofNullable(wanted.to()).orElse(MailWorld.SHOP);
    mailboxes.need(to);
    String id = MailProgram.GMAIL.messageId();
    world.office().deliver(from, to, kind.bytes(from, to, id));
    return Reply.json(Json.MAPPER.createObjectNode().put("messageId", id));
  }

  /** What was sent through SMTP, by whom and to whom. */
  private Reply sent(Call call) throws InterruptedException {
    Optional<String> to = call.query("to").map(MailOwner::withoutDetail);
    long after = call.queryNumber("after", 0);
    return Reply.json(
        Waiting.forList(
            changes,
            call,
            () ->
                world.office().submitted().stream()
                    .filter(one -> one.order() > after)
                    .filter(
                        one ->
                            to.isEmpty()
                                || one.to().stream()
                                    .map(MailOwner::withoutDetail)
                                    .anyMatch(to.get()::equals))
                    .toList(),
            List::size));
  }

  /** What lies in a mailbox, oldest first; {@code folder} is INBOX or Sent. */
  private Reply box(Call call) throws InterruptedException {
    String address = mailboxes.need(call.path("address")).address();
    String folder = call.query("folder").orElse(Mailboxes.INBOX);
    ArrayNode all = Json.MAPPER.createArrayNode();
    Waiting.forList(changes, call, () -> mailboxes.messages(address, folder), List::size).stream()
        .map(ReadMail::of)
        .forEach(mail -> all.add(describe(mail)));
    return Reply.json(all);
  }

  private static ObjectNode describe(ReadMail mail) {
    ObjectNode one = Json.MAPPER.createObjectNode();
    one.put("uid", mail.uid()).put("seen", mail.seen()).put("at", mail.at().toString());
    one.put("from", mail.from()).put("fromName", mail.fromName()).put("subject", mail.subject());
    one.put("messageId", mail.messageId()).put("text", mail.text());
    one.put("autoSubmitted", mail.autoSubmitted());
    mail.html().ifPresent(html -> one.put("html", html));
    mail.to().forEach(one.putArray("to")::add);
    mail.cc().forEach(one.putArray("cc")::add);
    mail.references().forEach(one.putArray("references")::add);
    ArrayNode files = one.putArray("files");
    mail.files()
        .forEach(
            file ->
                files
                    .addObject()
                    .put("name", file.name())
                    .put("type", file.type())
                    .put("bytes", file.bytes().length));
    return one;
  }

  private Reply bytes(Call call) {
    long uid;
    try {
      uid = Long.parseLong(call.path("uid"));
    } catch (NumberFormatException e) {
      throw new BadRequest("uid: expected a whole number, got '" + call.path("uid") + "'");
    }
    String folder = call.query("folder").orElse(Mailboxes.INBOX);
    byte[] mail =
        RawMail.bytesOf(mailboxes.message(call.path("address"), folder, uid).getMimeMessage());
    return new Reply.Content(200, Map.of("Content-Type", "message/rfc822"), mail);
  }

  private record Rebuild(boolean reversed) {}

  private Reply rebuild(Call call) throws InterruptedException {
    ObjectNode wanted =
        call.json() instanceof ObjectNode object ? object : Json.MAPPER.createObjectNode();
    if (!wanted.has("reversed")) {
      wanted.put("reversed", false);
    }
    boolean reversed = Call.read(wanted, Rebuild.class).reversed();
    return Reply.json(
        Json.MAPPER
            .createObjectNode()
            .put("uidValidity", mailboxes.rebuildInbox(call.path("address"), reversed)));
  }

  private Reply drop(boolean idleOnly) {
    List<ImapWire> chosen =
        imap.wires().stream().filter(wire -> !idleOnly || wire.isIdle()).toList();
    chosen.forEach(ImapWire::drop);
    return Reply.json(Json.MAPPER.createObjectNode().put("dropped", chosen.size()));
  }

  private record Planned(
      @Nullable String fault,
      @Nullable Integer next,
      @Nullable String mailbox,
      @Nullable Integer afterBytes,
      @Nullable Duration delay,
      @Nullable String reply) {}

  private Reply plan(Call call) {
    Planned wanted = call.json(Planned.class);
    if (wanted.fault() == null) {
      throw new BadRequest("fault: is missing");
    }
    world
        .faults()
        .plan(
            new MailFault(
                Kind.of(wanted.fault()),
                Optional.ofNullable(wanted.next()).orElse(1),
                Optional.ofNullable(wanted.mailbox()),
                Optional.ofNullable(wanted.afterBytes()),
                Optional.ofNullable(wanted.delay()),
                Optional.ofNullable(wanted.reply())));
    return Reply.json(world.faults().planned());
  }

  private Reply clearFaults() {
    world.faults().clear();
    return Reply.json(List.of());
  }
}
