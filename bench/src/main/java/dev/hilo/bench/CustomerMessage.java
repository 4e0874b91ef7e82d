package dev.hilo.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One message of a customer, and the webhook that carries it.
 *
 * @param id the provider's id, {@code wamid....}
 * @param text without characters that JSON escapes
 */
record CustomerMessage(Customer from, String id, String text, Instant sentAt) {

  /** The demo's account; its secret is none. */
  static final String ACCOUNT = "1000000001";

  static final String APP_SECRET = "demo-app-secret";

  /**
   * The webhook's body.
   *
   * <p>Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples, "Text
   * Messages".
   */
  byte[] webhook() {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages",\
    "value":{"messaging_product":"whatsapp",\
    "metadata":{"display_phone_number":"576015550100","phone_number_id":"%s"},\
    "contacts":[{"profile":{"name":"%s"},"wa_id":"%s"}],\
    "messages":[{"from":"%s","id":"%s","timestamp":"%d","type":"text","text":{"body":"%s"}}]}}]}]}"""
        .formatted(
            ACCOUNT, from.name(), from.waId(), from.waId(), id, sentAt.getEpochSecond(), text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
