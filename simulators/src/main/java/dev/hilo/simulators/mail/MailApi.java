package dev.hilo.simulators.mail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.EventStream;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the mail page asks for, under {@code /mail/api}. */
final class MailApi {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final String CUSTOMER = "/mail/api/customers/{address}";
  private static final String MESSAGE = CUSTOMER + "/messages/{folder}/{uid}";

  /** Nothing runs, nothing is fetched from elsewhere, also when the address is opened by itself. */
  private static final String HTML_POLICY =
      "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

  private final MailWorld world;
  private final Mailboxes mailboxes;

  MailApi(MailWorld world) {
    this.world = world;
    this.mailboxes = world.mailboxes();
  }

  void addTo(Routes routes) {
    routes.on("GET", "/mail/api/shops", call -> shops());
    routes.on("GET", "/mail/api/customers", call -> customers());
    routes.on("POST", "/mail/api/customers", this::join);
    routes.on("GET", CUSTOMER + "/events", this::events);
    routes.on("PUT", CUSTOMER + "/away", this::away);
    routes.on("POST", CUSTOMER + "/messages", this::write);
    routes.on("GET", MESSAGE, this::read);
    routes.on("GET", MESSAGE + "/html", this::html);
    routes.on("GET", MESSAGE + "/files/{number}", this::file);
  }

  private record NewCustomer(
      @Nullable String address, @Nullable String name, @Nullable String language) {}

  private record Away(@Nullable Boolean away, @Nullable String text) {}

  private record Attached(@Nullable String name, @Nullable String type, @Nullable String base64) {}

  private record Answered(@Nullable String folder, @Nullable Long uid) {}

  private record NewMail(
      @Nullable String to,
      @Nullable String cc,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String program,
      @Nullable Answered answers,
      @Nullable List<Attached> attachments) {}

  /** A mail in a list. */
  private record Summary(
      long uid,
      boolean seen,
      Instant at,
      String from,
      String to,
      String subject,
      String start,
      int files) {

    static Summary of(ReadMail mail) {
      String start = mail.plainText().replaceAll("\\s+", " ").strip();
      return new Summary(
          mail.uid(),
          mail.seen(),
          mail.at(),
          mail.fromName().isBlank() ? mail.from() : mail.fromName(),
          String.join(", ", mail.to()),
          mail.subject(),
          start.length() > 90 ? start.substring(0, 90) + "…" : start,
          mail.files().size());
    }
  }

  private record View(boolean away, List<Summary> inbox, List<Summary> sent) {}

  private Reply shops() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    mailboxes.all().stream()
        .filter(MailOwner::isShop)
        .forEach(shop -> all.addObject().put("address", shop.address()).put("name", shop.name()));
    return Reply.json(all);
  }

  private Reply customers() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    mailboxes.all().stream()
        .filter(owner -> !owner.isShop())
        .forEach(owner -> all.add(describe(owner)));
    return Reply.json(all);
  }

  private ObjectNode describe(MailOwner owner) {
    List<Summary> inbox = list(owner, Mailboxes.INBOX);
    ObjectNode one =
        Json.MAPPER
            .createObjectNode()
            .put("address", owner.address())
            .put("name", owner.name())
            .put("language", owner.language())
            .put("unread", inbox.stream().filter(mail -> !mail.seen()).count());
    if (!inbox.isEmpty()) {
      one.put("last", inbox.getFirst().subject());
    }
    return one;
  }

  /** Newest first. */
  private List<Summary> list(MailOwner owner, String folder) {
    return mailboxes.messages(owner.address(), folder).stream()
        .map(stored -> Summary.of(ReadMail.of(stored)))
        .toList()
        .reversed();
  }

  private Reply join(Call call) {
    NewCustomer wanted = call.json(NewCustomer.class);
    String address = MailOwner.address(Optional.ofNullable(wanted.address()).orElse(""));
    Optional<MailOwner> known = mailboxes.find(address);
    String typed = Optional.ofNullable(wanted.name()).orElse("").strip();
    // Who comes back with the address alone keeps the name.
    String name =
        typed.isEmpty() ? known.map(MailOwner::name).orElse(address.replaceAll("@.*", "")) : typed;
    String language =
        Optional.ofNullable(wanted.language()).orElse(known.map(MailOwner::language).orElse("es"));
    MailOwner owner = world.join(address, name, language);
    if (owner.isShop()) {
      throw new BadRequest("address: " + address + " is the shop's");
    }
    return Reply.json(describe(owner));
  }

  /** The text is the customer's own, or the usual one. */
  private Reply away(Call call) {
    Away wanted = call.json(Away.class);
    if (wanted.away() == null) {
      throw new BadRequest("away: expected true or false");
    }
    Optional<String> text =
        wanted.away()
            ? Optional.of(Optional.ofNullable(wanted.text()).orElse(""))
            : Optional.empty();
    MailOwner owner = owner(call);
    mailboxes.put(owner.withAway(text), Optional.empty());
    return Reply.json(describe(owner));
  }

  private MailOwner owner(Call call) {
    MailOwner owner = mailboxes.need(call.path("address"));
    if (owner.isShop()) {
      throw new BadRequest(404, "there is no customer '" + owner.address() + "'");
    }
    return owner;
  }

  private Reply events(Call call) {
    String address = owner(call).address();
    return new Reply.Events(stream -> follow(address, stream));
  }

  private void follow(String address, EventStream stream)
      throws InterruptedException, Reply.StreamClosed {
    View drawn = view(address);
    stream.send("mail", drawn);
    while (true) {
      View last = drawn;
      drawn = world.changes().await(() -> view(address), now -> !now.equals(last), HEARTBEAT);
      if (drawn.equals(last)) {
        stream.heartbeat();
      } else {
        stream.send("mail", drawn);
      }
    }
  }

  private View view(String address) {
    Optional<MailOwner> owner = mailboxes.find(address);
    return owner.isEmpty()
        ? new View(false, List.of(), List.of())
        : new View(
            owner.get().away().isPresent(),
            list(owner.get(), Mailboxes.INBOX),
            list(owner.get(), Mailboxes.SENT));
  }

  private Reply write(Call call) {
    NewMail wanted = call.json(NewMail.class);
    MailOwner owner = owner(call);
    String text = Optional.ofNullable(wanted.text()).orElse("").strip();
    if (text.isEmpty()) {
      throw new BadRequest("text: must not be blank");
    }
    Letter letter =
        new Letter(
            owner,
            addresses(wanted.to()),
            addresses(wanted.cc()),
            Optional.ofNullable(wanted.subject()).orElse(""),
            text,
            Optional.empty(),
            files(wanted.attachments()),
            Optional.empty(),
            MailProgram.of(Optional.ofNullable(wanted.program()).orElse("gmail")),
            Map.of());
    if (wanted.answers() != null) {
      letter = letter.answering(answered(owner, wanted.answers()));
    }
    if (letter.to().isEmpty()) {
      throw new BadRequest("to: is missing");
    }
    return Reply.json(Json.MAPPER.createObjectNode().put("messageId", world.send(letter, 1)));
  }

  private ReadMail answered(MailOwner owner, Answered answered) {
    if (answered.uid() == null) {
      throw new BadRequest("answers.uid: is missing");
    }
    String folder = Optional.ofNullable(answered.folder()).orElse(Mailboxes.INBOX);
    return ReadMail.of(mailboxes.message(owner.address(), folder, answered.uid()));
  }

  static List<String> addresses(@Nullable String typed) {
    return Optional.ofNullable(typed).stream()
        .flatMap(text -> Arrays.stream(text.split("[,;]")))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .map(MailOwner::address)
        .toList();
  }

  private static List<Letter.Enclosure> files(@Nullable List<Attached> attached) {
    List<Letter.Enclosure> files = new ArrayList<>();
    for (Attached one : Optional.ofNullable(attached).orElse(List.of())) {
      if (one.name() == null || one.base64() == null) {
        throw new BadRequest("attachments: name and base64 are needed");
      }
      String type =
          Optional.ofNullable(one.type())
              .filter(value -> value.matches("[\\w.+-]+/[\\w.+-]+"))
              .orElse("application/octet-stream");
      try {
        files.add(new Letter.Enclosure(one.name(), type, Base64.getDecoder().decode(one.base64())));
      } catch (IllegalArgumentException e) {
        throw new BadRequest("attachments: '" + one.name() + "' is not in base64");
      }
    }
    return files;
  }

  /** Showing it marks it as read. */
  private Reply read(Call call) {
    ReadMail mail = mail(call);
    mailboxes.markSeen(owner(call).address(), folder(call), mail.uid());
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("uid", mail.uid()).put("subject", mail.subject()).put("at", mail.at().toString());
    shown.put("from", mail.from()).put("fromName", mail.fromName());
    shown.put("messageId", mail.messageId()).put("text", mail.text());
    shown.put("html", mail.html().isPresent());
    mail.to().forEach(shown.putArray("to")::add);
    mail.cc().forEach(shown.putArray("cc")::add);
    ArrayNode files = shown.putArray("files");
    for (ReadMail.File file : mail.files()) {
      files.addObject().put("name", file.name()).put("bytes", file.bytes().length);
    }
    return Reply.json(shown);
  }

  /** The mail's HTML as it came, made harmless by how it is served. */
  private Reply html(Call call) {
    ReadMail mail = mail(call);
    String page = mail.html().orElse("");
    for (int i = 0; i < mail.files().size(); i++) {
      String id = mail.files().get(i).contentId();
      if (!id.isEmpty()) {
        page = page.replace("cid:" + id, "files/" + i);
      }
    }
    String base = "<!doctype html><meta charset=\"utf-8\"><base target=\"_blank\">";
    return new Reply.Content(
        200,
        Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            HTML_POLICY,
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff"),
        (base + page).getBytes(StandardCharsets.UTF_8));
  }

  /** Images may be shown within a mail; everything else is only saved. */
  private Reply file(Call call) {
    List<ReadMail.File> files = mail(call).files();
    int number = number(call, "number");
    if (IntStream.range(0, files.size()).noneMatch(index -> index == number)) {
      throw new BadRequest(404, "there is no file " + number);
    }
    ReadMail.File file = files.get(number);
    boolean image = file.type().matches("image/(png|jpeg|gif|webp)");
    String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return new Reply.Content(
        200,
        Map.of(
            "Content-Type",
            image ? file.type() : "application/octet-stream",
            "Content-Disposition",
            (image ? "inline" : "attachment") + "; filename*=UTF-8''" + name,
            "X-Content-Type-Options",
            "nosniff",
            "Content-Security-Policy",
            "sandbox; default-src 'none'"),
        file.bytes());
  }

  private ReadMail mail(Call call) {
    return ReadMail.of(mailboxes.message(owner(call).address(), folder(call), number(call, "uid")));
  }

  private static String folder(Call call) {
    String folder = call.path("folder");
    if (!folder.equals(Mailboxes.INBOX) && !folder.equals(Mailboxes.SENT)) {
      throw new BadRequest(404, "there is no folder '" + folder + "'");
    }
    return folder;
  }

  private static int number(Call call, String name) {
    try {
      return Integer.parseInt(call.path(name));
    } catch (NumberFormatException e) {
      throw new BadRequest(name + ": expected a whole number, got '" + call.path(name) + "'");
    }
  }
}
