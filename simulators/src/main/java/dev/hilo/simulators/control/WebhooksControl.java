package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.WebhookDelivery;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Webhooks and statuses: what was sent, what is held back, what never came from Meta. */
final class WebhooksControl {

  private final Platform platform;
  private final Changes changes;

  WebhooksControl(Platform platform, Changes changes) {
    this.platform = platform;
    this.changes = changes;
  }

  void addTo(Routes routes) {
    routes.on("POST", "/control/statuses/release", call -> releaseStatuses());
    routes.on("GET", "/control/webhooks", this::webhooks);
    routes.on("POST", "/control/webhooks", this::injectWebhook);
    routes.on("POST", "/control/webhooks/release", call -> releaseWebhooks());
    routes.on("POST", "/control/webhooks/{id}/redeliver", this::redeliver);
    routes.on("POST", "/control/verify", call -> verify());
  }

  private Reply releaseStatuses() {
    return Reply.json(Json.MAPPER.createObjectNode().put("released", platform.releaseStatuses()));
  }

  private Reply releaseWebhooks() {
    return Reply.json(Json.MAPPER.createObjectNode().put("released", platform.releaseUpdates()));
  }

  private Reply webhooks(Call call) throws InterruptedException {
    Optional<String> kind = call.query("kind");
    Optional<WebhookDelivery.State> state = call.query("state").map(WebhooksControl::deliveryState);
    int newest = call.queryNumber("newest", 200);
    int attempts = call.queryNumber("attempts", 0);
    List<WebhookDelivery> deliveries =
        Waiting.forList(
            changes,
            call,
            () ->
                platform.webhooks().all().stream()
                    .filter(one -> kind.isEmpty() || kind.get().equals(one.kind()))
                    .filter(one -> state.isEmpty() || state.get() == one.state())
                    .filter(one -> one.attempts().size() >= attempts)
                    .toList(),
            List::size);
    return Reply.json(
        deliveries.stream()
            .skip(Math.max(0, deliveries.size() - newest))
            .map(WebhookDelivery::view)
            .toList());
  }

  static WebhookDelivery.State deliveryState(String word) {
    for (WebhookDelivery.State state : WebhookDelivery.State.values()) {
      if (state.name().equalsIgnoreCase(word)) {
        return state;
      }
    }
    throw new BadRequest("state: one of pending, acknowledged, given_up, got '" + word + "'");
  }

  private record Raw(
      @Nullable JsonNode body,
      @Nullable String raw,
      @Nullable String signature,
      @Nullable String signatureHeader,
      @Nullable String business,
      @Nullable Boolean retry,
      @Nullable Integer copies) {}

  private Reply injectWebhook(Call call) {
    Raw wanted = call.json(Raw.class);
    byte[] bytes;
    if (wanted.raw() != null) {
      bytes = wanted.raw().getBytes(StandardCharsets.UTF_8);
    } else if (wanted.body() != null) {
      bytes = Json.metaBytes(wanted.body());
    } else {
      throw new BadRequest("body: is missing, expected any JSON (or raw, a string)");
    }
    BusinessNumber business = platform.numberOrFirst(Optional.ofNullable(wanted.business()));
    String kind = Optional.ofNullable(wanted.signature()).orElse("valid");
    Optional<String> signature =
        Optional.ofNullable(wanted.signatureHeader())
            .or(
                () ->
                    kind.equals("valid")
                        ? Optional.of(platform.sign(bytes, business))
                        : ForgedSignature.of(kind));
    List<WebhookDelivery.View> made = new ArrayList<>();
    for (int i = 0; i < Optional.ofNullable(wanted.copies()).orElse(1); i++) {
      boolean retry = Optional.ofNullable(wanted.retry()).orElse(false);
      made.add(platform.webhooks().inject(bytes, signature, retry, List.of()).view());
    }
    return Reply.json(made);
  }

  private Reply redeliver(Call call) {
    String id = call.path("id");
    try {
      return platform
          .webhooks()
          .redeliver(Long.parseLong(id))
          .map(delivery -> Reply.json(delivery.view()))
          .orElseThrow(() -> new BadRequest(404, "there is no webhook " + id));
    } catch (NumberFormatException e) {
      throw new BadRequest("id: expected a number, got '" + id + "'");
    }
  }

  private Reply verify() {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    for (BusinessNumber number : platform.numbers()) {
      answer.put(number.id(), platform.verify(number).orElse("verified"));
    }
    return Reply.json(answer);
  }
}
