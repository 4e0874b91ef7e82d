package dev.hilo.inbox.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.PushChannel.Handshake;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.inbox.channels.Channels;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where providers call: one address for each channel. */
@RestController
class WebhookController {

  /** Providers' payloads go up to 3 MB. Source: WhatsApp Cloud API, webhooks overview. */
  private static final int MAX_BYTES = 3 * 1024 * 1024;

  private final Channels channels;
  private final Intake intake;
  private final Clock clock;

  WebhookController(Channels channels, Intake intake, Clock clock) {
    this.channels = channels;
    this.intake = intake;
    this.clock = clock;
  }

  /** The body of an answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reply(@Nullable Integer events, @Nullable String error) {
    static Reply error(String message) {
      return new Reply(null, message);
    }
  }

  @GetMapping({"/webhooks/{channel}", "/webhooks/{channel}/{account}"})
  ResponseEntity<?> handshake(
      @PathVariable String channel,
      @PathVariable(required = false) @Nullable String account,
      HttpServletRequest request)
      throws IOException {
    Optional<PushChannel> push = provider(channel);
    if (push.isEmpty()) {
      return unknownChannel();
    }
    HttpDelivery.Read read =
        HttpDelivery.read(
            request,
            Optional.ofNullable(account).map(AccountId::new),
            MAX_BYTES,
            false,
            clock.instant());
    if (!(read instanceof HttpDelivery.Read.Delivery(RawDelivery delivery))) {
      return ResponseEntity.status(413).body(Reply.error("a verification request has no body"));
    }
    return switch (push.get().handshake(delivery)) {
      case Handshake.Granted granted ->
          ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(granted.body());
      case Handshake.Denied denied ->
          ResponseEntity.status(denied.refusal().httpStatus()).body(Reply.error(denied.detail()));
    };
  }

  @PostMapping({"/webhooks/{channel}", "/webhooks/{channel}/{account}"})
  ResponseEntity<Reply> receive(
      @PathVariable String channel,
      @PathVariable(required = false) @Nullable String account,
      HttpServletRequest request)
      throws IOException {
    Optional<PushChannel> push = provider(channel);
    if (push.isEmpty()) {
      return unknownChannel();
    }
    HttpDelivery.Read read =
        HttpDelivery.read(
            request,
            Optional.ofNullable(account).map(AccountId::new),
            MAX_BYTES,
            true,
            clock.instant());
    return reply(
        switch (read) {
          case HttpDelivery.Read.Refused refused ->
              intake.refuse(push.get(), refused.refusal(), refused.detail());
          case HttpDelivery.Read.Delivery delivery -> intake.receive(push.get(), delivery.raw());
        });
  }

  /** Channels whose provider is Hilo itself have addresses of their own. */
  private Optional<PushChannel> provider(String channel) {
    return channels
        .channel(channel, PushChannel.class)
        .filter(push -> !(push instanceof VisitorChannel));
  }

  private static ResponseEntity<Reply> unknownChannel() {
    return ResponseEntity.status(404).body(Reply.error("there is no such channel here"));
  }

  private static ResponseEntity<Reply> reply(Intake.Answer answer) {
    return switch (answer) {
      case Intake.Answer.Acknowledged ok -> ResponseEntity.ok(new Reply(ok.events().size(), null));
      case Intake.Answer.Refused refused ->
          ResponseEntity.status(refused.refusal().httpStatus()).body(Reply.error(refused.detail()));
      case Intake.Answer.Unavailable unavailable ->
          ResponseEntity.status(503)
              .header("Retry-After", "5")
              .body(Reply.error(unavailable.detail()));
    };
  }
}
