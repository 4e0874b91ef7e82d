package dev.hilo.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.ContactAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one element by the members that say what happened; most have exactly one. */
final class ItemReader {

  /** What belongs to any element, and says nothing by itself. */
  private static final Set<String> FRAME = Set.of("sender", "recipient", "timestamp");

  /** What means nothing to an inbox, and why. */
  private static final Map<String, String> NAMED =
      Map.of(
          "optin", "the customer allowed messages and wrote nothing",
          "account_linking", "logging in to the shop is not used",
          "payment", "paying in the app is not used",
          "checkout_update", "paying in the app is not used",
          "pre_checkout", "paying in the app is not used",
          "game_play", "games are not used",
          "response_feedback", "it rates an automatic answer and says nothing more",
          "prior_message", "it only says by which plugin the conversation began");

  private final MessageReader messages = new MessageReader();
  private final ReceiptReader receipts = new ReceiptReader();
  private final ControlReader controls = new ControlReader();

  private interface PartReader {
    void read(Item item, Part part, ContactAddress customer);
  }

  private final List<Map.Entry<String, PartReader>> readers =
      List.of(
          Map.entry("message", messages::readMessage),
          Map.entry("postback", messages::readPostback),
          Map.entry("messaging_feedback", form("messaging_feedback")),
          Map.entry("messaging_customer_information", form("messaging_customer_information")),
          Map.entry("message_edit", messages::readEdit),
          Map.entry("reaction", messages::readReaction),
          Map.entry("referral", messages::readReferral),
          Map.entry("delivery", receipts::readDelivery),
          Map.entry("read", receipts::readRead),
          Map.entry("messaging_seen", receipts::readRead),
          Map.entry("pass_thread_control", controls::readPass),
          Map.entry("take_thread_control", controls::readTake));

  private PartReader form(String name) {
    return (item, answers, customer) -> messages.readForm(item, name, answers, customer);
  }

  void read(Item item) {
    boolean any = false;
    for (Map.Entry<String, PartReader> reader : readers) {
      if (item.node().has(reader.getKey())) {
        any = true;
        readPart(item, reader.getKey(), reader.getValue());
      }
    }
    for (String name : List.of("policy-enforcement", "policy_enforcement")) {
      if (item.node().has(name)) {
        any = true;
        controls.readPolicy(item, item.node().part(name));
      }
    }
    for (String name : List.of("request_thread_control", "app_roles")) {
      if (item.node().has(name)) {
        any = true;
        item.reading().skip(name, "who answers has not changed by it");
      }
    }
    for (Map.Entry<String, String> named : NAMED.entrySet()) {
      if (item.node().has(named.getKey())) {
        any = true;
        item.reading().skip(named.getKey(), named.getValue());
      }
    }
    if (!any) {
      item.reading().skip(unknown(item.node().node()), "an event that is not known");
    }
  }

  private static void readPart(Item item, String name, PartReader reader) {
    JsonNode node = item.node().get(name);
    Optional<ContactAddress> customer = item.customer();
    if (!node.isObject()) {
      item.reading().skip(name, "expected an object, got " + Part.typeOf(node));
    } else if (new Part(node).flag("is_self")) {
      item.reading().skip(name + "/is_self", "the business wrote to itself");
    } else if (customer.isEmpty()) {
      item.reading().skip(name, "it does not say who the customer is");
    } else {
      reader.read(item, new Part(node), customer.get());
    }
  }

  private static String unknown(JsonNode node) {
    return node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !FRAME.contains(name))
        .findFirst()
        .orElse("messaging");
  }
}
