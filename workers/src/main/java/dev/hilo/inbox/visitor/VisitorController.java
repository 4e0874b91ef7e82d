package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.LinkableChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.channel.VisitorChannel.Session;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.ingest.HttpDelivery;
import dev.hilo.inbox.ingest.Intake;
import dev.hilo.inbox.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  private static final int MAX_BYTES = 64 * 1024;

  private final Channels channels;
  private final Intake intake;
  private final VisitorStreams streams;
  private final ProofCodes proofs;
  private final VisitorPace pace;
  private final ObjectMapper json;
  private final Clock clock;

  VisitorController(
      Channels channels,
      Intake intake,
      VisitorStreams streams,
      ProofCodes proofs,
      VisitorPace pace,
      ObjectMapper json,
      Clock clock) {
    this.channels = channels;
    this.intake = intake;
    this.streams = streams;
    this.proofs = proofs;
    this.pace = pace;
    this.json = json;
    this.clock = clock;
  }

  /** An error, in one line. */
  record Fault(String error) {}

  /** A session. */
  record SessionReply(
      String token,
      String visitor,
      Instant expiresAt,
      String language,
      @JsonRawValue String settings) {}

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
      return ResponseEntity.status(404).body(new Fault("there is no such file here"));
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
    return withDelivery(
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
                              opened.settings()));
              case Session.Denied denied -> refused(call, denied.refusal(), denied.detail());
            });
  }

  @PostMapping("/visitors/{channel}/{account}/messages")
  Object messages(
      @PathVariable String channel, @PathVariable String account, HttpServletRequest request)
      throws IOException {
    return withDelivery(
        channel,
        account,
        request,
        call ->
            switch (intake.receive(call.channel(), call.delivery())) {
              case Intake.Answer.Acknowledged ok ->
                  ResponseEntity.ok(
                      new MessagesReply(
                          ok.events().stream()
                              .flatMap(event -> acknowledged(event).stream())
                              .toList()));
              case Intake.Answer.Refused no ->
                  ResponseEntity.status(no.refusal().httpStatus()).body(new Fault(no.detail()));
              case Intake.Answer.Unavailable later ->
                  ResponseEntity.status(503)
                      .header("Retry-After", "3")
                      .body(new Fault(later.detail()));
            });
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
    return withDelivery(
        channel,
        account,
        request,
        call ->
            switch (call.channel().authenticate(call.delivery())) {
              case Authentication.Denied denied -> refused(call, denied.refusal(), denied.detail());
              case Authentication.Visitor visitor -> {
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("X-Accel-Buffering", "no");
                try {
                  yield streams.open(visitor.address(), position(after));
                } catch (StoreUnavailableException e) {
                  yield ResponseEntity.status(503)
                      .body(new Fault("a part of Hilo does not answer; connect again"));
                }
              }
            });
  }

  @PostMapping("/visitors/{channel}/{account}/proofs")
  Object proof(
      @PathVariable String channel, @PathVariable String account, HttpServletRequest request)
      throws IOException {
    return withDelivery(
        channel,
        account,
        request,
        call ->
            switch (call.channel().authenticate(call.delivery())) {
              case Authentication.Denied denied -> refused(call, denied.refusal(), denied.detail());
              case Authentication.Visitor visitor -> issue(call, visitor);
            });
  }

  private ResponseEntity<?> issue(VisitorCall call, Authentication.Visitor visitor) {
    String wanted;
    try {
      JsonNode body = json.readTree(call.delivery().body());
      wanted = body == null ? "" : body.path("channel").asText();
    } catch (IOException e) {
      return ResponseEntity.badRequest().body(new Fault("expected a JSON object with channel"));
    }
    Optional<LinkableChannel> by = channels.channel(wanted, LinkableChannel.class);
    Optional<AccountId> to =
        by.flatMap(channel -> call.channel().continuation(visitor.account(), channel.type()));
    if (by.isEmpty() || to.isEmpty()) {
      return ResponseEntity.status(404)
          .body(new Fault("there is no channel of this name to continue on"));
    }
    if (!pace.mayProve(visitor.address())) {
      return ResponseEntity.status(429).body(new Fault("too many codes; wait a minute"));
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

  /** A call whose origin may use the account, and whose body is within the limits. */
  private record VisitorCall(VisitorChannel channel, RawDelivery delivery) {}

  private Object withDelivery(
      String channelName,
      String account,
      HttpServletRequest request,
      Function<VisitorCall, Object> answer)
      throws IOException {
    Optional<VisitorChannel> channel = channels.channel(channelName, VisitorChannel.class);
    if (channel.isEmpty()) {
      return fault(404, "there is no such channel here");
    }
    if (!pace.mayCall(request.getRemoteAddr())) {
      return fault(429, "too many calls; wait a minute");
    }
    boolean post = request.getMethod().equals("POST");
    return switch (HttpDelivery.read(
        request, Optional.of(new AccountId(account)), MAX_BYTES, post, clock.instant())) {
      case HttpDelivery.Read.Refused no -> {
        intake.refuse(channel.get(), no.refusal(), no.detail());
        yield fault(no.refusal().httpStatus(), no.detail());
      }
      case HttpDelivery.Read.Delivery read ->
          answer.apply(new VisitorCall(channel.get(), read.raw()));
    };
  }

  private ResponseEntity<?> refused(VisitorCall call, Refusal refusal, String detail) {
    intake.refuse(call.channel(), refusal, detail);
    return ResponseEntity.status(refusal.httpStatus()).body(new Fault(detail));
  }

  private static ResponseEntity<Fault> fault(int status, String message) {
    return ResponseEntity.status(status).body(new Fault(message));
  }

  private static long position(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
