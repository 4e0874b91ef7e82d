package dev.hilo.inbox.pages;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.health.PayloadSamples;
import dev.hilo.inbox.ingest.PolledIntake;
import dev.hilo.inbox.ingest.SetAside;
import dev.hilo.inbox.people.PeopleSettings.Role;
import dev.hilo.inbox.people.Rights;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * How every account is, for supervisors; what was refused, not known or set aside, for
 * administrators.
 */
@Controller
class ChannelsPage {

  private static final String HOME = "redirect:/inbox/channels";

  private final ChannelRows rows;
  private final Channels channels;
  private final AccountHealths health;
  private final PayloadSamples samples;
  private final SetAside setAside;
  private final PolledIntake intake;
  private final Rights rights;
  private final AuditLog audit;
  private final Clock clock;

  ChannelsPage(
      ChannelRows rows,
      Channels channels,
      AccountHealths health,
      PayloadSamples samples,
      SetAside setAside,
      PolledIntake intake,
      Rights rights,
      AuditLog audit,
      Clock clock) {
    this.rows = rows;
    this.channels = channels;
    this.health = health;
    this.samples = samples;
    this.setAside = setAside;
    this.intake = intake;
    this.rights = rights;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping("/inbox/channels")
  String page(Model model, Principal reader, Locale language) {
    boolean admin = rights.has(reader, Role.ADMIN);
    model.addAttribute("accounts", rows.all(language));
    model.addAttribute("admin", admin);
    model.addAttribute("person", reader.getName());
    if (admin) {
      model.addAttribute(
          "setAside", setAside.waiting().stream().map(d -> rows.setAside(d, language)).toList());
      model.addAttribute(
          "samples", samples.all().stream().map(s -> rows.sample(s, language)).toList());
    }
    return "inbox/channels";
  }

  @PostMapping("/inbox/channels/resume")
  String resume(
      @RequestParam String channel,
      @RequestParam String account,
      Principal actor,
      RedirectAttributes notice) {
    requireAdmin(actor);
    ChannelType type = new ChannelType(channel);
    AccountId id = new AccountId(account);
    if (channels.account(type, id).isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    record("account-resumed", actor, channel + "/" + account);
    health.resume(type, id);
    notice.addFlashAttribute("notice", "notice.resumed");
    return HOME;
  }

  @PostMapping("/inbox/channels/set-aside/{id}/again")
  String again(@PathVariable String id, Principal actor, RedirectAttributes notice) {
    requireAdmin(actor);
    SetAside.Delivery delivery = delivery(id);
    record("delivery-read-again", actor, id);
    boolean taken;
    try {
      taken = intake.again(delivery);
    } catch (IOException e) {
      taken = false;
    }
    notice.addFlashAttribute("notice", taken ? "notice.taken" : "notice.not-taken");
    return HOME;
  }

  @PostMapping("/inbox/channels/set-aside/{id}/dismiss")
  String dismiss(@PathVariable String id, Principal actor, RedirectAttributes notice) {
    requireAdmin(actor);
    delivery(id);
    record("delivery-dismissed", actor, id);
    setAside.decide(id, SetAside.State.DISMISSED);
    notice.addFlashAttribute("notice", "notice.dismissed");
    return HOME;
  }

  /** The raw bytes hold personal data: each reading of them is written down first. */
  @GetMapping("/inbox/channels/set-aside/{id}/raw")
  ResponseEntity<Resource> raw(@PathVariable String id, Principal reader) {
    requireAdmin(reader);
    SetAside.Delivery delivery = delivery(id);
    record("delivery-raw-read", reader, id);
    Optional<InputStream> raw = setAside.raw(delivery);
    return raw.<ResponseEntity<Resource>>map(
            bytes ->
                ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .header("X-Content-Type-Options", "nosniff")
                    .header(
                        "Content-Disposition",
                        ContentDisposition.attachment().filename(id + ".raw").build().toString())
                    .body(new InputStreamResource(bytes)))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  private SetAside.Delivery delivery(String id) {
    return setAside.get(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private void requireAdmin(Principal actor) {
    if (!rights.has(actor, Role.ADMIN)) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN);
    }
  }

  private void record(String action, Principal actor, String object) {
    audit.add(
        new AuditRecord(
            action,
            actor.getName(),
            "none",
            Optional.empty(),
            Optional.of(object),
            clock.instant()));
  }
}
