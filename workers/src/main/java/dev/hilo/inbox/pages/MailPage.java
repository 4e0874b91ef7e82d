package dev.hilo.inbox.pages;

import dev.hilo.channel.Content.Mail;
import dev.hilo.channel.Envelope;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.conversation.ConversationRights;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.media.SignedLinks;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * A mail as it was written. Its HTML was sanitised by its channel, and is shown in a frame that has
 * no origin, runs nothing and loads nothing from elsewhere until the agent asks for it.
 */
@Controller
class MailPage {

  private static final Duration PICTURES = Duration.ofMinutes(10);

  private final Threads threads;
  private final ConversationRights rights;
  private final SignedLinks links;
  private final AuditLog audit;
  private final Clock clock;

  MailPage(
      Threads threads, ConversationRights rights, SignedLinks links, AuditLog audit, Clock clock) {
    this.threads = threads;
    this.rights = rights;
    this.links = links;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping("/inbox/messages/{id}")
  String page(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean pictures,
      Model model,
      Principal reader) {
    MessageRecord message = message(id, reader);
    Mail mail = mail(message);
    audit.add(
        new AuditRecord(
            "mail-read",
            reader.getName(),
            message.contactId(),
            Optional.empty(),
            Optional.of(id),
            clock.instant()));
    model.addAttribute("id", id);
    model.addAttribute("person", reader.getName());
    model.addAttribute("subject", mail.subject().orElse(""));
    model.addAttribute("from", message.senderName().orElse(message.address().value()));
    model.addAttribute("address", message.address().value());
    model.addAttribute(
        "copies",
        message.envelope().map(Envelope::alsoTo).orElse(List.of()).stream()
            .map(address -> address.value())
            .toList());
    model.addAttribute(
        "unverified",
        message.envelope().filter(e -> e.has(Envelope.Mark.SENDER_UNVERIFIED)).isPresent());
    model.addAttribute("text", mail.text());
    model.addAttribute("quoted", mail.quoted().orElse(""));
    model.addAttribute("html", mail.html().isPresent());
    model.addAttribute("pictures", pictures);
    model.addAttribute(
        "remote", mail.html().filter(html -> html.contains("data-remote-src")).isPresent());
    return "inbox/mail";
  }

  /** The body alone, for the frame. */
  @GetMapping("/inbox/messages/{id}/html")
  ResponseEntity<String> html(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean pictures,
      Principal reader) {
    MessageRecord message = message(id, reader);
    String html =
        mail(message).html().orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Document document = Jsoup.parse(html);
    for (Element picture : document.select("img[data-part]")) {
      String part = picture.attr("data-part");
      if (part.matches("[0-9]{1,3}")) {
        // Small and made anew: the sender's bytes are never shown inside a page of Hilo.
        picture.attr(
            "src",
            links
                .path(
                    Attachments.id(id, Integer.parseInt(part)),
                    SignedLinks.Purpose.THUMBNAIL,
                    PICTURES)
                .toString());
      }
    }
    if (pictures) {
      for (Element picture : document.select("img[data-remote-src]")) {
        picture.attr("src", picture.attr("data-remote-src"));
        picture.attr("referrerpolicy", "no-referrer");
      }
    }
    String sources = pictures ? "'self' https: http:" : "'self'";
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "html", java.nio.charset.StandardCharsets.UTF_8))
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src "
                + sources
                + "; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "SAMEORIGIN")
        .header("Referrer-Policy", "no-referrer")
        .body(document.outerHtml());
  }

  /** What one may not see looks like what is not there. */
  private MessageRecord message(String id, Principal reader) {
    return threads
        .message(id)
        .filter(message -> rights.maySee(reader, message))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static Mail mail(MessageRecord message) {
    if (message.content().orElse(null) instanceof Mail mail) {
      return mail;
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
