package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.Account;
import dev.hilo.simulators.meta.CallLog;
import dev.hilo.simulators.meta.Fault;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.meta.MessagingRules;
import dev.hilo.simulators.meta.WebhookDelivery;
import dev.hilo.simulators.meta.Webhooks;
import dev.hilo.simulators.time.Changes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What tests steer Messenger or Instagram with, under {@code /control/messenger} and so on. */
public final class MessagingControl {

  private final Messaging messaging;
  private final Changes changes;
  private final String base;

  public MessagingControl(Messaging messaging, Changes changes) {
    this.messaging = messaging;
    this.changes = changes;
    this.base = "/control/" + messaging.provider().id();
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    new PeopleControl(messaging, changes).addTo(routes);
    routes.on("GET", base, call -> state());
    routes.on("GET", base + "/settings", call -> Reply.json(messaging.rules()));
    routes.on("PUT", base + "/settings", this::changeSettings);
    routes.on("GET", base + "/accounts", call -> Reply.json(messaging.accounts().all()));
    routes.on("PUT", base + "/accounts/{id}", this::changeAccount);
    routes.on("GET", base + "/calls", this::calls);
    routes.on("GET", base + "/faults", call -> Reply.json(messaging.faults().planned()));
    routes.on("POST", base + "/faults", this::planFault);
    routes.on("DELETE", base + "/faults", call -> clearFaults());
    new WebhooksControl(base, sender(), changes).addTo(routes);
  }

  private WebhooksControl.Sender sender() {
    return new WebhooksControl.Sender() {
      @Override
      public Webhooks webhooks() {
        return messaging.webhooks();
      }

      @Override
      public String sign(byte[] body, Optional<String> owner) {
        return messaging.sign(body, messaging.accounts().findOrFirst(owner));
      }

      @Override
      public int release() {
        return messaging.releaseUpdates();
      }

      @Override
      public Map<String, Optional<String>> verify() {
        return messaging.accounts().all().stream()
            .collect(Collectors.toMap(Account::id, messaging::verify));
      }
    };
  }

  private Reply state() {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.put("webhook", messaging.webhookAddress().toString());
    state.put("clock", messaging.clock().instant().toString());
    state.put("users", messaging.chats().all().size());
    state.put("calls", messaging.calls().all().size());
    state.put("faults", messaging.faults().planned().size());
    state.put("gatheredUpdates", messaging.gatheredUpdates());
    ObjectNode webhooks = state.putObject("webhooks");
    Map<WebhookDelivery.State, Long> counts = messaging.webhooks().counts();
    for (WebhookDelivery.State one : WebhookDelivery.State.values()) {
      webhooks.put(one.name().toLowerCase(Locale.ROOT), counts.getOrDefault(one, 0L));
    }
    return Reply.json(state);
  }

  /** Only the fields that are given change. */
  private Reply changeSettings(Call call) {
    ObjectNode all = Json.MAPPER.valueToTree(messaging.rules());
    Merging.merge(all, Merging.object(call.json()));
    messaging.behave(Call.read(all, MessagingRules.class));
    return Reply.json(messaging.rules());
  }

  /** Changes an account, or adds one: a new one takes what is not given from the first. */
  private Reply changeAccount(Call call) {
    String id = call.path("id");
    Account from =
        messaging
            .accounts()
            .find(id)
            .orElseGet(() -> messaging.accounts().findOrFirst(Optional.empty()));
    ObjectNode account = Json.MAPPER.valueToTree(from);
    account.put("id", id);
    Merging.merge(account, Merging.object(call.json()));
    Account changed = Call.read(account, Account.class);
    if (!changed.id().equals(id)) {
      throw new BadRequest("id: is given by the address, expected '" + id + "'");
    }
    messaging.accounts().put(changed);
    return Reply.json(changed);
  }

  private record CallsAnswer(
      int sends, int accepted, Map<String, Long> acceptedByMetadata, List<CallLog.Entry> calls) {}

  private Reply calls(Call call) throws InterruptedException {
    Optional<String> kind = call.query("kind");
    long after = call.queryNumber("after", 0);
    List<CallLog.Entry> calls =
        Waiting.forList(
            changes,
            call,
            () ->
                messaging.calls().all().stream()
                    .filter(one -> one.order() > after)
                    .filter(one -> kind.isEmpty() || kind.get().equals(one.kind()))
                    .toList(),
            List::size);
    List<CallLog.Entry> sends = calls.stream().filter(one -> one.kind().equals("send")).toList();
    List<CallLog.Entry> accepted = sends.stream().filter(one -> one.outcome().accepted()).toList();
    Map<String, Long> byMetadata =
        accepted.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.metadata().orElse("(none)"), Collectors.counting()));
    return Reply.json(new CallsAnswer(sends.size(), accepted.size(), byMetadata, calls));
  }

  private Reply planFault(Call call) {
    ObjectNode given = Merging.object(call.json());
    if (!given.has("next")) {
      given.put("next", 1);
    }
    if (!given.path("fault").isTextual()) {
      throw new BadRequest("fault: is missing");
    }
    Fault fault = Call.read(given, Fault.class);
    if (fault.fault() == Fault.Kind.FAILED_STATUS) {
      throw new BadRequest("fault: failed-status is WhatsApp's, here every refusal is an error");
    }
    messaging.faults().plan(fault);
    return Reply.json(messaging.faults().planned());
  }

  private Reply clearFaults() {
    messaging.faults().clear();
    return Reply.json(List.of());
  }
}
