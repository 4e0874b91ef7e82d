package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.Fault;
import dev.hilo.simulators.meta.WebhookDelivery;
import dev.hilo.simulators.meta.Webhooks;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.Behaviour;
import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.Platform;
import dev.hilo.simulators.whatsapp.SentCalls.SentCall;
import dev.hilo.simulators.whatsapp.Template;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tests steer the messaging platform with, under {@code /control}. Lists that take {@code
 * atLeast} and {@code within} wait until they are that long, and then answer with what there is.
 */
public final class ControlApi {

  private final Platform platform;
  private final Changes changes;
  private final Runnable beforeReset;

  /**
   * Steers a platform.
   *
   * @param beforeReset stops whoever else is using the platform
   */
  public ControlApi(Platform platform, Changes changes, Runnable beforeReset) {
    this.platform = platform;
    this.changes = changes;
    this.beforeReset = beforeReset;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    new CustomersControl(platform, changes).addTo(routes);
    new CustomerActsControl(platform).addTo(routes);
    new WebhooksControl("/control", sender(), changes).addTo(routes);
    routes.on("POST", "/control/statuses/release", call -> releaseStatuses());
    routes.on("GET", "/control", call -> state());
    routes.on("POST", "/control/reset", call -> reset());
    routes.on("GET", "/control/settings", call -> Reply.json(platform.behaviour()));
    routes.on("PUT", "/control/settings", this::changeSettings);
    routes.on("GET", "/control/clock", call -> clock());
    routes.on("PUT", "/control/clock", this::moveClock);
    routes.on("GET", "/control/numbers", call -> Reply.json(platform.numbers()));
    routes.on("PUT", "/control/numbers/{id}", this::changeNumber);
    routes.on("GET", "/control/templates", call -> Reply.json(platform.templates().all()));
    routes.on("POST", "/control/templates", this::addTemplate);
    routes.on("GET", "/control/calls", this::calls);
    routes.on("GET", "/control/faults", call -> Reply.json(platform.faults().planned()));
    routes.on("POST", "/control/faults", this::planFault);
    routes.on("DELETE", "/control/faults", call -> clearFaults());
  }

  private WebhooksControl.Sender sender() {
    return new WebhooksControl.Sender() {
      @Override
      public Webhooks webhooks() {
        return platform.webhooks();
      }

      @Override
      public String sign(byte[] body, Optional<String> owner) {
        return platform.sign(body, platform.numberOrFirst(owner));
      }

      @Override
      public int release() {
        return platform.releaseUpdates();
      }

      @Override
      public Map<String, Optional<String>> verify() {
        return platform.numbers().stream()
            .collect(Collectors.toMap(BusinessNumber::id, platform::verify));
      }
    };
  }

  private Reply releaseStatuses() {
    return Reply.json(Json.MAPPER.createObjectNode().put("released", platform.releaseStatuses()));
  }

  private Reply state() {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.put("webhook", platform.webhookAddress().toString());
    state.put("clock", platform.clock().instant().toString());
    state.put("users", platform.phones().all().size());
    state.put("calls", platform.calls().all().size());
    state.put("faults", platform.faults().planned().size());
    state.put("heldStatuses", platform.heldStatuses());
    state.put("gatheredUpdates", platform.gatheredUpdates());
    ObjectNode webhooks = state.putObject("webhooks");
    Map<WebhookDelivery.State, Long> counts = platform.webhooks().counts();
    for (WebhookDelivery.State one : WebhookDelivery.State.values()) {
      webhooks.put(one.name().toLowerCase(Locale.ROOT), counts.getOrDefault(one, 0L));
    }
    return Reply.json(state);
  }

  private Reply reset() {
    beforeReset.run();
    platform.reset();
    return state();
  }

  /** Only the fields that are given change. */
  private Reply changeSettings(Call call) {
    ObjectNode all = Json.MAPPER.valueToTree(platform.behaviour());
    Merging.merge(all, Merging.object(call.json()));
    platform.behave(Call.read(all, Behaviour.class));
    return Reply.json(platform.behaviour());
  }

  private record ClockChange(@Nullable Duration offset, @Nullable Duration advance) {}

  private Reply clock() {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("now", platform.clock().instant().toString());
    answer.put("offset", platform.clock().offset().toString());
    return Reply.json(answer);
  }

  private Reply moveClock(Call call) {
    ClockChange change = call.json(ClockChange.class);
    if (change.offset() != null) {
      platform.clock().moveTo(change.offset());
    } else if (change.advance() != null) {
      platform.clock().moveTo(platform.clock().offset().plus(change.advance()));
    } else {
      throw new BadRequest("expected {\"offset\":\"PT25H\"} or {\"advance\":\"PT25H\"}");
    }
    return clock();
  }

  /** Changes a business number, or adds one: a new one takes what is not given from the first. */
  private Reply changeNumber(Call call) {
    String id = call.path("id");
    ObjectNode number =
        Json.MAPPER.valueToTree(
            platform.number(id).orElseGet(() -> platform.numberOrFirst(Optional.empty())));
    number.put("id", id);
    Merging.merge(number, Merging.object(call.json()));
    BusinessNumber changed = Call.read(number, BusinessNumber.class);
    if (!changed.id().equals(id)) {
      throw new BadRequest("id: is given by the address, expected '" + id + "'");
    }
    platform.putNumber(changed);
    return Reply.json(changed);
  }

  private Reply addTemplate(Call call) {
    ObjectNode template = Merging.object(call.json());
    if (!template.has("category")) {
      template.put("category", "UTILITY");
    }
    if (!template.has("status")) {
      template.put("status", "APPROVED");
    }
    if (!template.has("buttons")) {
      template.putArray("buttons");
    }
    for (String field : List.of("name", "language", "body")) {
      if (!template.path(field).isTextual()) {
        throw new BadRequest(field + ": is missing");
      }
    }
    Template added = Call.read(template, Template.class);
    platform.templates().put(added);
    return Reply.json(added);
  }

  private record CallsAnswer(
      int sends, int accepted, Map<String, Long> acceptedByOpaque, List<SentCall> calls) {}

  private Reply calls(Call call) throws InterruptedException {
    Optional<String> kind = call.query("kind");
    long after = call.queryNumber("after", 0);
    List<SentCall> calls =
        Waiting.forList(
            changes,
            call,
            () ->
                platform.calls().all().stream()
                    .filter(one -> one.order() > after)
                    .filter(one -> kind.isEmpty() || kind.get().equals(one.kind()))
                    .toList(),
            List::size);
    List<SentCall> sends = calls.stream().filter(one -> one.kind().equals("send")).toList();
    List<SentCall> accepted = sends.stream().filter(SentCall::accepted).toList();
    Map<String, Long> byOpaque =
        accepted.stream()
            .collect(
                Collectors.groupingBy(one -> one.opaque().orElse("(none)"), Collectors.counting()));
    return Reply.json(new CallsAnswer(sends.size(), accepted.size(), byOpaque, calls));
  }

  private Reply planFault(Call call) {
    ObjectNode fault = Merging.object(call.json());
    if (!fault.has("next")) {
      fault.put("next", 1);
    }
    if (!fault.path("fault").isTextual()) {
      throw new BadRequest("fault: is missing");
    }
    platform.faults().plan(Call.read(fault, Fault.class));
    return Reply.json(platform.faults().planned());
  }

  private Reply clearFaults() {
    platform.faults().clear();
    return Reply.json(List.of());
  }
}
