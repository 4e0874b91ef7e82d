package dev.hilo.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.SendResult;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Sends one message: {@code POST /{phone_number_id}/messages}.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/
 * send-messages (updated 2026-05-21), read 2026-11-20.
 */
final class MessageSender {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final WhatsAppSettings settings;
  private final ProviderHttp http;
  private final SendAnswers answers;

  MessageSender(WhatsAppSettings settings, ChannelContext context) {
    this.settings = settings;
    this.http = context.http();
    this.answers = new SendAnswers(new Redaction(settings.secrets()), context.clock());
  }

  SendResult send(OutboundMessage message) {
    Optional<WhatsAppSettings.Account> account = settings.account(message.account());
    if (account.isEmpty()) {
      return rejected(
          DeliveryError.ACCOUNT_RESTRICTED,
          "the account " + message.account() + " is not among the settings");
    }
    if (message.content() instanceof OutboundContent.Text text) {
      int length = text.body().length();
      if (text.body().isBlank() || length > WhatsAppChannel.MAX_TEXT) {
        return rejected(
            DeliveryError.CONTENT_REJECTED,
            "expected 1 to " + WhatsAppChannel.MAX_TEXT + " UTF-16 units, got " + length);
      }
    }
    if (message.content() instanceof OutboundContent.Media
        || message.content() instanceof OutboundContent.Choices
        || message.content() instanceof OutboundContent.Reaction) {
      return rejected(DeliveryError.CONTENT_REJECTED, "only text and templates can be sent");
    }
    ObjectNode body = MAPPER.createObjectNode();
    body.put("messaging_product", "whatsapp");
    body.put("recipient_type", "individual");
    switch (message.to().kind()) {
      // With the plus sign: without it the business's own country code would be put before it.
      case PHONE -> body.put("to", message.to().value());
      case BUSINESS_SCOPED -> body.put("recipient", message.to().value());
      case EMAIL, SOCIAL, VISITOR -> {
        return rejected(DeliveryError.RECIPIENT_UNREACHABLE, expectedAddress(message.to()));
      }
    }
    message.replyTo().ifPresent(id -> body.putObject("context").put("message_id", id.value()));
    putContent(body, message.content());
    // Comes back in every status of this message, see StatusReader.
    body.put("biz_opaque_callback_data", message.id().value());
    return answers.read(http.call(call(account.get(), body)));
  }

  private static void putContent(ObjectNode body, OutboundContent content) {
    switch (content) {
      case OutboundContent.Text text -> {
        body.put("type", "text");
        body.putObject("text").put("body", text.body()).put("preview_url", false);
      }
      case OutboundContent.Template template -> {
        body.put("type", "template");
        ObjectNode node = body.putObject("template").put("name", template.name());
        node.putObject("language").put("code", template.language());
        if (!template.parameters().isEmpty()) {
          ArrayNode parameters =
              node.putArray("components").addObject().put("type", "body").putArray("parameters");
          template
              .parameters()
              .forEach(value -> parameters.addObject().put("type", "text").put("text", value));
        }
      }
      case OutboundContent.Media media -> {}
      case OutboundContent.Choices choices -> {}
      case OutboundContent.Reaction reaction -> {}
    }
  }

  private ProviderHttp.Call call(WhatsAppSettings.Account account, ObjectNode body) {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + account.accessToken().reveal(),
            "Content-Type",
            "application/json");
    URI uri = URI.create(settings.graphUrl() + "/" + account.id() + "/messages");
    try {
      return new ProviderHttp.Call("POST", uri, headers, MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }

  private static String expectedAddress(ContactAddress to) {
    return "expected a phone number or a business-scoped user id, got " + to;
  }

  private static SendResult rejected(DeliveryError error, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, "", detail));
  }
}
