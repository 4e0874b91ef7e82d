package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.LinkableChannel;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.channel.VisitorChannel.Session;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.ingest.Intake;
import dev.hilo.inbox.store.StoreUnavailableException;
import dev.hilo.inbox.visitor.AvailabilityReplies.AvailabilityReply;
import dev.hilo.inbox.visitor.VisitorCalls.Call;
import dev.hilo.inbox.visitor.VisitorCalls.Fault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where visitors' browsers call. Who may, and who is who, is the channel's to say; a visitor sees
 * only what went to and from that visitor on that account.
 */
@RestController
class VisitorController {

  private static final Logger LOG = LoggerFactory.getLogger(VisitorController.class);

  private final VisitorCalls calls;
  private final VisitorChecks checks;
  private final Visitors visitors;
  private final AvailabilityReplies availability;
  private final Channels channels;
  private final Intake intake;
  private final VisitorStreams streams;
  private final ProofCodes proofs;
  private final VisitorPace pace;
  private final ObjectMapper json;

  VisitorController(
      VisitorCalls calls,
      VisitorChecks checks,
      Visitors visitors,
      AvailabilityReplies availability,
      Channels channels,
      Intake intake,
      VisitorStreams streams,
      ProofCodes proofs,
      VisitorPace pace,
      ObjectMapper json) {
    this.calls = calls;
    this.checks = checks;
    this.visitors = visitors;
    this.availability = availability;
    this.channels = channels;
    this.intake = intake;
    this.streams = streams;
    this.proofs = proofs;
    this.pace = pace;
    this.json = json;
  }

  /** A session. */
  record SessionReply(
      String token,
      String visitor,
      Instant expiresAt,
      String language,
      @JsonRawValue String settings,
      AvailabilityReply availability) {}

  /** Acknowledged messages. */
  record MessagesReply(List<Acknowledged> messages) {
    /** One of them, by the widget's id and ours. */
    record Acknowledged(String clientId, String id) {}
  }

  /** A one-time code. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProofReply(String code, @Nullable URI link, String label, Instant expiresAt) {}

  @GetMapping("/widgets/{channel}/{file}")
  ResponseEntity<?> asset(
      @PathVariable String channel, @PathVariable String file, HttpServletRequest request) {
    Optional<VisitorChannel.Asset> asset =
        channels.channel(channel, VisitorChannel.class).flatMap(c -> c.asset(file));
    if (asset.isEmpty()) {
      return ResponseEntity.status(404).body(new Fault("there is no such file here", null));
    }
    String etag = asset.get().etag();
    var reply =
        ResponseEntity.status(etag.equals(request.getHeader("If-None-Match")) ? 304 : 200)
            .eTag(etag)
            .cacheControl(CacheControl.maxAge(java.time.Duration.ofMinutes(5)).cachePublic())
            .header("Content-Type", asset.get().contentType())
            .header("X-Content-Type-Options", "nosniff")
            // A script may be loaded by any page; what it may do is decided on each call.
            .header("Access-Control-Allow-Origin", "*")
            .header("Cross-Origin-Resource-Policy", "cross-origin");
    return etag.equals(request.getHeader("If-None-Match"))
        ? reply.build()
        : reply.body(asset.get().body());
  }

  @PostMapping("/visitors/{channel}/{account}/session")
  Object session(
      @PathVariable String channel, @PathVariable String account, HttpServletRequest request)
      throws IOException {
    return calls.answer(
        channel,
        account,
        request,
        call ->
            switch (call.channel().openSession(call.delivery())) {
              case Session.Opened opened ->
                  ResponseEntity.ok()
                      .cacheControl(CacheControl.noStore())
                      .body(
                          new SessionReply(
                              opened.token().reveal(),
                              opened.visitor().value(),
                              opened.expiresAt(),
                              opened.language(),
                              opened.settings(),
                              availability.now(call.channel().type(), new AccountId(account))));
              case Session.Denied denied -> calls.refused(call, denied.refusal(), denied.detail());
            });
  }

  @PostMapping("/visitors/{channel}/{account}/messages")
  Object messages(
      @PathVariable String channel, @PathVariable String account, HttpServletRequest request)
      throws IOException {
    return calls.answer(
        channel,
        account,
        request,
        call -> {
          try {
            Optional<VisitorChecks.Unsound> unsound = checks.look(call);
            if (unsound.isPresent()) {
              return VisitorCalls.fault(410, unsound.get().error(), unsound.get().code());
            }
          } catch (StoreUnavailableException e) {
            return unavailable("a part of Hilo does not answer; send again");
          }
          return switch (intake.receive(call.channel(), call.delivery())) {
            case Intake.Answer.Acknowledged ok -> {
              ok.events().forEach(this::note);
              yield ResponseEntity.ok(
                  new MessagesReply(
                      ok.events().stream()
                          .flatMap(event -> acknowledged(event).stream())
                          .toList()));
            }
            case Intake.Answer.Refused no ->
                VisitorCalls.fault(
                    no.refusal().httpStatus(), no.detail(), VisitorCalls.code(no.refusal()));
            case Intake.Answer.Unavailable later -> unavailable(later.detail());
          };
        });
  }

  private static ResponseEntity<Fault> unavailable(String detail) {
    return ResponseEntity.status(503)
        .header("Retry-After", "3")
        .body(new Fault(detail, "unavailable"));
  }

  /** How the visitor can be reached; the message itself is taken already. */
  private void note(ChannelEvent event) {
    if (event instanceof MessageReceived message) {
      try {
        visitors.take(message);
      } catch (StoreUnavailableException e) {
        LOG.warn("what a visitor said of himself was not noted: {}", e.getMessage());
      }
    }
  }

  private static Optional<MessagesReply.Acknowledged> acknowledged(ChannelEvent event) {
    return event instanceof MessageReceived message
        ? Optional.of(
            new MessagesReply.Acknowledged(
                message.externalId().value(), message.header().id().value()))
        : Optional.empty();
  }

  @GetMapping("/visitors/{channel}/{account}/events")
  Object events(
      @PathVariable String channel,
      @PathVariable String account,
      @RequestParam(defaultValue = "0") String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    return calls.answer(
        channel,
        account,
        request,
        call ->
            switch (call.channel().authenticate(call.delivery())) {
              case Authentication.Denied denied ->
                  calls.refused(call, denied.refusal(), denied.detail());
              case Authentication.Visitor visitor -> {
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("X-Accel-Buffering", "no");
                try {
                  yield streams.open(
                      visitor.address(), call.channel().type(), visitor.account(), position(after));
                } catch (StoreUnavailableException e) {
                  yield unavailable("a part of Hilo does not answer; connect again");
                }
              }
            });
  }

  @PostMapping("/visitors/{channel}/{account}/proofs")
  Object proof(
      @PathVariable String channel, @PathVariable String account, HttpServletRequest request)
      throws IOException {
    return calls.answer(
        channel,
        account,
        request,
        call ->
            switch (call.channel().authenticate(call.delivery())) {
              case Authentication.Denied denied ->
                  calls.refused(call, denied.refusal(), denied.detail());
              case Authentication.Visitor visitor -> issue(call, visitor);
            });
  }

  private ResponseEntity<?> issue(Call call, Authentication.Visitor visitor) {
    String wanted;
    try {
      JsonNode body = json.readTree(call.delivery().body());
      wanted = body == null ? "" : body.path("channel").asText();
    } catch (IOException e) {
      return VisitorCalls.fault(400, "expected a JSON object with channel", "malformed");
    }
    Optional<LinkableChannel> by = channels.channel(wanted, LinkableChannel.class);
    Optional<AccountId> to =
        by.flatMap(channel -> call.channel().continuation(visitor.account(), channel.type()));
    if (by.isEmpty() || to.isEmpty()) {
      return VisitorCalls.fault(
          404, "there is no channel of this name to continue on", "unknown-account");
    }
    if (!pace.mayProve(visitor.address())) {
      return VisitorCalls.fault(429, "too many codes; wait a minute", "too-many-requests");
    }
    ProofCodes.Issued issued = proofs.issue(visitor.address());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            new ProofReply(
                issued.code(),
                by.get().link(to.get(), issued.code()).orElse(null),
                by.get().capabilities().label(),
                issued.expiresAt()));
  }

  private static long position(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
