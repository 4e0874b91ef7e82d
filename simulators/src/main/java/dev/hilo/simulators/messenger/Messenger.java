package dev.hilo.simulators.messenger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.Account;
import dev.hilo.simulators.meta.GraphError;
import dev.hilo.simulators.meta.GraphRefusal;
import dev.hilo.simulators.meta.MediaStore;
import dev.hilo.simulators.meta.MessagingRules;
import dev.hilo.simulators.meta.Person;
import dev.hilo.simulators.meta.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Messenger: pages, page-scoped people, deliveries and watermarks.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform, read 2026-11-20.
 */
public final class Messenger implements Provider {

  /** Source: Send API reference, text: 2000 characters. Counted in UTF-16 units. */
  private static final int MAX_TEXT = 2000;

  private static final Set<String> ACTIONS = Set.of("typing_on", "typing_off", "mark_seen");

  private static final List<String> FIELDS =
      List.of(
          "messages",
          "messaging_postbacks",
          "messaging_optins",
          "messaging_referrals",
          "messaging_handovers",
          "messaging_account_linking",
          "messaging_policy_enforcement",
          "message_deliveries",
          "message_reads",
          "message_echoes",
          "message_edits",
          "message_reactions",
          "standby");

  @Override
  public String id() {
    return "messenger";
  }

  @Override
  public String webhookObject() {
    return "page";
  }

  @Override
  public Account demoAccount(Instant now) {
    return new Account(
        "104500000000001",
        "Tienda Aurora",
        "tienda.aurora",
        "demo-page-access-token",
        now,
        Optional.empty(),
        false,
        "600000000000001",
        "demo-app-secret",
        "demo-verify-token",
        FIELDS,
        List.of("pages_messaging", "pages_manage_metadata", "pages_show_list"),
        true,
        true);
  }

  /** Source: Messenger Platform rate limits: 300 texts, 10 audios or videos a second. */
  @Override
  public MessagingRules.Limits limits() {
    return new MessagingRules.Limits(300, 10);
  }

  /** A page's token that was made from a long-lived one does not expire. */
  @Override
  public Optional<Duration> tokenLife() {
    return Optional.empty();
  }

  @Override
  public void checkText(String text) {
    if (text.length() > MAX_TEXT) {
      throw new GraphRefusal(
          GraphError.parameter("Length of param message[text] must be less than or equal to 2000"));
    }
  }

  @Override
  public void checkFile(String type, String contentType) {
    if (!type.equals("file") && !contentType.startsWith(type + "/")) {
      throw new GraphRefusal(
          GraphError.parameter("Attachment of type " + type + " cannot be " + contentType));
    }
  }

  @Override
  public boolean needsMessagingType() {
    return true;
  }

  @Override
  public Set<String> senderActions() {
    return ACTIONS;
  }

  @Override
  public boolean takesUploads() {
    return true;
  }

  @Override
  public GraphError noSuchPerson() {
    return GraphError.of(100, 2018001);
  }

  @Override
  public GraphError outsideWindow() {
    return GraphError.of(10, 2018278);
  }

  @Override
  public GraphError tooManyCalls() {
    return GraphError.of(613);
  }

  @Override
  public GraphError noMessageAccess() {
    return GraphError.of(200);
  }

  @Override
  public String messageId(RandomGenerator random) {
    byte[] bytes = new byte[60];
    random.nextBytes(bytes);
    return "m_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public Optional<ObjectNode> delivered(List<String> mids, Instant watermark) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("timestamp", watermark.toEpochMilli());
    ObjectNode delivery = event.putObject("delivery");
    mids.forEach(delivery.putArray("mids")::add);
    delivery.put("watermark", watermark.toEpochMilli());
    return Optional.of(event);
  }

  @Override
  public ObjectNode seen(String newest, Instant watermark) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("timestamp", watermark.toEpochMilli());
    event.putObject("read").put("watermark", watermark.toEpochMilli());
    return event;
  }

  @Override
  public Optional<String> field(ObjectNode event, boolean standby) {
    if (standby) {
      return Optional.of("standby");
    }
    if (event.has("message")) {
      boolean echo = event.at("/message/is_echo").asBoolean();
      return Optional.of(echo ? "message_echoes" : "messages");
    }
    if (event.has("delivery")) {
      return Optional.of("message_deliveries");
    }
    if (event.has("read")) {
      return Optional.of("message_reads");
    }
    if (event.has("reaction")) {
      return Optional.of("message_reactions");
    }
    if (event.has("message_edit")) {
      return Optional.of("message_edits");
    }
    if (event.has("postback")) {
      return Optional.of("messaging_postbacks");
    }
    if (event.has("referral")) {
      return Optional.of("messaging_referrals");
    }
    if (event.has("pass_thread_control") || event.has("take_thread_control")) {
      return Optional.of("messaging_handovers");
    }
    return Optional.empty();
  }

  @Override
  public List<String> fields() {
    return FIELDS;
  }

  @Override
  public String linkReferral() {
    return "SHORTLINK";
  }

  @Override
  public Optional<Object> profile(Person person, String field, String picture) {
    String[] names = person.name().strip().split("\\s+", 2);
    return switch (field) {
      case "id" -> Optional.of(person.id());
      case "name" -> Optional.of(person.name());
      case "first_name" -> Optional.of(names[0]);
      case "last_name" -> Optional.of(names.length > 1 ? names[1] : "");
      case "profile_pic" -> Optional.of(picture);
      case "locale" -> Optional.of(person.locale());
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> usualProfile() {
    return List.of("first_name", "last_name", "profile_pic");
  }

  @Override
  public String mediaPath(MediaStore.Asset asset, String expiry, String signature) {
    String name = URLEncoder.encode(asset.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return "/cdn/v/" + asset.id() + "_" + name + "?oh=" + signature + "&oe=" + expiry;
  }
}
