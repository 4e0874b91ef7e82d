package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.ingest.HttpDelivery;
import dev.hilo.inbox.ingest.Intake;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What every call of a visitor's browser has in common: the channel, the limits, who calls. */
@Component
class VisitorCalls {

  static final int MAX_BYTES = 64 * 1024;

  private final Channels channels;
  private final Intake intake;
  private final VisitorPace pace;
  private final Clock clock;

  VisitorCalls(Channels channels, Intake intake, VisitorPace pace, Clock clock) {
    this.channels = channels;
    this.intake = intake;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * An error.
   *
   * @param error one line, in English, for whoever looks for the cause
   * @param code what the visitor's side makes a sentence of; kebab case
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Fault(String error, @Nullable String code) {}

  /** A call within the limits, by nobody in particular yet. */
  record Call(VisitorChannel channel, RawDelivery delivery, String networkAddress) {}

  /** Answers a call with a JSON body, or with none for a GET. */
  Object answer(
      String channelName, String account, HttpServletRequest request, Function<Call, Object> answer)
      throws IOException {
    Optional<VisitorChannel> channel = channels.channel(channelName, VisitorChannel.class);
    if (channel.isEmpty()) {
      return fault(404, "there is no such channel here", "unknown-account");
    }
    if (!pace.mayCall(request.getRemoteAddr())) {
      return fault(429, "too many calls; wait a minute", "too-many-requests");
    }
    boolean post = request.getMethod().equals("POST");
    return switch (HttpDelivery.read(
        request, Optional.of(new AccountId(account)), MAX_BYTES, post, clock.instant())) {
      case HttpDelivery.Read.Refused no -> {
        intake.refuse(channel.get(), no.refusal(), no.detail());
        yield fault(no.refusal().httpStatus(), no.detail(), code(no.refusal()));
      }
      case HttpDelivery.Read.Delivery read ->
          answer.apply(new Call(channel.get(), read.raw(), request.getRemoteAddr()));
    };
  }

  /** Answers a call of a visitor who shows who he is. */
  Object answerVisitor(
      String channelName,
      String account,
      HttpServletRequest request,
      BiFunction<Call, Authentication.Visitor, Object> answer)
      throws IOException {
    return answer(channelName, account, request, call -> asVisitor(call, answer));
  }

  /** As {@link #answerVisitor}, for a body that is not read here: its headers decide. */
  Object answerUpload(
      String channelName,
      String account,
      HttpServletRequest request,
      BiFunction<Call, Authentication.Visitor, Object> answer) {
    Optional<VisitorChannel> channel = channels.channel(channelName, VisitorChannel.class);
    if (channel.isEmpty()) {
      return fault(404, "there is no such channel here", "unknown-account");
    }
    if (!pace.mayCall(request.getRemoteAddr())) {
      return fault(429, "too many calls; wait a minute", "too-many-requests");
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
    }
    return asVisitor(
        new Call(
            channel.get(),
            new RawDelivery(
                Optional.of(new AccountId(account)),
                headers,
                Map.of(),
                new byte[0],
                clock.instant()),
            request.getRemoteAddr()),
        answer);
  }

  private Object asVisitor(Call call, BiFunction<Call, Authentication.Visitor, Object> answer) {
    return switch (call.channel().authenticate(call.delivery())) {
      case Authentication.Denied denied -> refused(call, denied.refusal(), denied.detail());
      case Authentication.Visitor visitor -> answer.apply(call, visitor);
    };
  }

  ResponseEntity<Fault> refused(Call call, Refusal refusal, String detail) {
    intake.refuse(call.channel(), refusal, detail);
    return fault(refusal.httpStatus(), detail, code(refusal));
  }

  static String code(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ResponseEntity<Fault> fault(int status, String error, String code) {
    return ResponseEntity.status(status).body(new Fault(error, code));
  }
}
