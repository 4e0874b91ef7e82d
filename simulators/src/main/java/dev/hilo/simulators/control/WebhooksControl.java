package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.WebhookDelivery;
import dev.hilo.simulators.meta.Webhooks;
import dev.hilo.simulators.time.Changes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider's webhooks: what was sent, what is held back, what never came from Meta. */
final class WebhooksControl {

  private final String base;
  private final Sender sender;
  private final Changes changes;

  /** Who sends the webhooks. */
  interface Sender {
    Webhooks webhooks();

    /** Signs with the secret of that number or account; of the first, if none is named. */
    String sign(byte[] body, Optional<String> owner);

    /** Sends what is held back; returns how many updates. */
    int release();

    /** The handshake of each number or account: what went wrong, if anything did. */
    Map<String, Optional<String>> verify();
  }

  /**
   * Shows and steers webhooks.
   *
   * @param base what the addresses begin with
   */
  WebhooksControl(String base, Sender sender, Changes changes) {
    this.base = base;
    this.sender = sender;
    this.changes = changes;
  }

  void addTo(Routes routes) {
    routes.on("GET", base + "/webhooks", this::webhooks);
    routes.on("POST", base + "/webhooks", this::injectWebhook);
    routes.on("POST", base + "/webhooks/release", call -> release());
    routes.on("POST", base + "/webhooks/{id}/redeliver", this::redeliver);
    routes.on("POST", base + "/verify", call -> verify());
  }

  private Reply release() {
    return Reply.json(Json.MAPPER.createObjectNode().put("released", sender.release()));
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
                sender.webhooks().all().stream()
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

  private static WebhookDelivery.State deliveryState(String word) {
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
      @Nullable String account,
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
    Optional<String> owner =
        Optional.ofNullable(wanted.business()).or(() -> Optional.ofNullable(wanted.account()));
    String kind = Optional.ofNullable(wanted.signature()).orElse("valid");
    Optional<String> signature =
        Optional.ofNullable(wanted.signatureHeader())
            .or(
                () ->
                    kind.equals("valid")
                        ? Optional.of(sender.sign(bytes, owner))
                        : ForgedSignature.of(kind));
    List<WebhookDelivery.View> made = new ArrayList<>();
    for (int i = 0; i < Optional.ofNullable(wanted.copies()).orElse(1); i++) {
      boolean retry = Optional.ofNullable(wanted.retry()).orElse(false);
      made.add(sender.webhooks().inject(bytes, signature, retry, List.of()).view());
    }
    return Reply.json(made);
  }

  private Reply redeliver(Call call) {
    String id = call.path("id");
    try {
      return sender
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
    sender.verify().forEach((id, problem) -> answer.put(id, problem.orElse("verified")));
    return Reply.json(answer);
  }
}
