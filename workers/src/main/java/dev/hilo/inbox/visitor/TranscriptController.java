package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.inbox.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where visitors ask for what was written, by mail. */
@RestController
class TranscriptController {

  private final VisitorCalls calls;
  private final Transcripts transcripts;
  private final VisitorPace pace;
  private final ObjectMapper json;

  TranscriptController(
      VisitorCalls calls, Transcripts transcripts, VisitorPace pace, ObjectMapper json) {
    this.calls = calls;
    this.transcripts = transcripts;
    this.pace = pace;
    this.json = json;
  }

  @PostMapping("/visitors/{channel}/{account}/transcript")
  Object transcript(
      @PathVariable String channel, @PathVariable String account, HttpServletRequest request)
      throws IOException {
    return calls.answerVisitor(channel, account, request, this::send);
  }

  private ResponseEntity<?> send(VisitorCalls.Call call, Authentication.Visitor visitor) {
    JsonNode body;
    try {
      body = json.readTree(call.delivery().body());
    } catch (IOException e) {
      return VisitorCalls.fault(400, "expected a JSON object with email", "malformed");
    }
    Optional<ContactAddress> email =
        body == null ? Optional.empty() : Visitors.email(body.path("email").asText());
    if (email.isEmpty()) {
      return VisitorCalls.fault(400, "'email' must be an email address", "malformed");
    }
    if (!pace.mayAskForMail(call.networkAddress())) {
      return tooMany();
    }
    try {
      return switch (transcripts.send(
          call.channel().type(), visitor.account(), visitor.address(), email.get())) {
        case SENT -> ResponseEntity.ok(Map.of());
        case NO_MAIL -> VisitorCalls.fault(404, "no mail can be sent from here", "no-mail");
        case NOTHING_YET ->
            VisitorCalls.fault(409, "nobody has answered this visitor yet", "nothing-yet");
        case OTHER_ADDRESS ->
            VisitorCalls.fault(403, "this is not an address that the visitor gave", "other-email");
        case TOO_MANY -> tooMany();
      };
    } catch (StoreUnavailableException e) {
      return VisitorCalls.fault(503, "a part of Hilo does not answer; ask again", "unavailable");
    }
  }

  private static ResponseEntity<?> tooMany() {
    return VisitorCalls.fault(429, "too many transcripts; ask tomorrow", "too-many-requests");
  }
}
