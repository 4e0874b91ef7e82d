package dev.hilo.simulators.instagram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.Account;
import dev.hilo.simulators.meta.GraphError;
import dev.hilo.simulators.meta.GraphRefusal;
import dev.hilo.simulators.meta.MediaStore;
import dev.hilo.simulators.meta.MessagingRules;
import dev.hilo.simulators.meta.Person;
import dev.hilo.simulators.meta.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Instagram messaging: professional accounts, tokens of 60 days, texts counted in bytes, no
 * deliveries.
 *
 * <p>Source: developers.facebook.com/docs/instagram-platform, read 2026-11-20.
 */
public final class Instagram implements Provider {

  /** Source: messaging API, text: 1000 bytes of UTF-8. */
  private static final int MAX_TEXT_BYTES = 1000;

  private static final Duration TOKEN_LIFE = Duration.ofDays(60);

  /** The demo's token is old enough to be refreshed. */
  private static final Duration DEMO_TOKEN_AGE = Duration.ofDays(2);

  private static final Set<String> ACTIONS =
      Set.of("typing_on", "typing_off", "mark_seen", "react", "unreact");

  private static final List<String> FIELDS =
      List.of(
          "messages",
          "messaging_postbacks",
          "messaging_optins",
          "messaging_referral",
          "messaging_handover",
          "messaging_seen",
          "message_reactions",
          "message_edit",
          "standby",
          "comments",
          "live_comments",
          "mentions");

  /** Source: messaging API, media: which kinds of files go as which type. */
  private static final Map<String, Set<String>> FILES =
      Map.of(
          "image", Set.of("image/png", "image/jpeg"),
          "audio",
              Set.of(
                  "audio/aac", "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/wav", "audio/x-wav"),
          "video",
              Set.of("video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm"),
          "file", Set.of("application/pdf"));

  @Override
  public String id() {
    return "instagram";
  }

  @Override
  public String webhookObject() {
    return "instagram";
  }

  @Override
  public Account demoAccount(Instant now) {
    Instant issued = now.minus(DEMO_TOKEN_AGE);
    return new Account(
        "17841400000000001",
        "Tienda Aurora",
        "tienda.aurora",
        "demo-instagram-access-token",
        issued,
        Optional.of(issued.plus(TOKEN_LIFE)),
        false,
        "600000000000001",
        "demo-app-secret",
        "demo-verify-token",
        FIELDS,
        List.of("instagram_business_basic", "instagram_business_manage_messages"),
        true,
        true);
  }

  /** Source: Instagram Platform rate limits: 100 texts, 10 audios or videos a second. */
  @Override
  public MessagingRules.Limits limits() {
    return new MessagingRules.Limits(100, 10);
  }

  @Override
  public Optional<Duration> tokenLife() {
    return Optional.of(TOKEN_LIFE);
  }

  @Override
  public void checkText(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
      throw new GraphRefusal(
          GraphError.parameter("Length of param message[text] must be at most 1000 bytes"));
    }
  }

  @Override
  public void checkFile(String type, String contentType) {
    if (!FILES.getOrDefault(type, Set.of()).contains(contentType)) {
      throw new GraphRefusal(
          GraphError.parameter("Attachment of type " + type + " cannot be " + contentType));
    }
  }

  @Override
  public boolean needsMessagingType() {
    return false;
  }

  @Override
  public Set<String> senderActions() {
    return ACTIONS;
  }

  @Override
  public boolean takesUploads() {
    return false;
  }

  @Override
  public GraphError noSuchPerson() {
    return GraphError.of(100, 2534014);
  }

  @Override
  public GraphError outsideWindow() {
    return GraphError.of(10, 2534022);
  }

  @Override
  public GraphError tooManyCalls() {
    return GraphError.of(613, 2534040);
  }

  @Override
  public GraphError noMessageAccess() {
    return GraphError.of(200, 2534041);
  }

  @Override
  public String messageId(RandomGenerator random) {
    byte[] bytes = new byte[72];
    random.nextBytes(bytes);
    return "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        + "ZD";
  }

  /** Instagram does not tell when a message is delivered. */
  @Override
  public Optional<ObjectNode> delivered(List<String> mids, Instant watermark) {
    return Optional.empty();
  }

  @Override
  public ObjectNode seen(String newest, Instant watermark) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("timestamp", watermark.toEpochMilli());
    event.putObject("read").put("mid", newest);
    return event;
  }

  /** Echoes come with the messages here. */
  @Override
  public Optional<String> field(ObjectNode event, boolean standby) {
    if (standby) {
      return Optional.of("standby");
    }
    if (event.has("message")) {
      return Optional.of("messages");
    }
    if (event.has("read")) {
      return Optional.of("messaging_seen");
    }
    if (event.has("reaction")) {
      return Optional.of("message_reactions");
    }
    if (event.has("message_edit")) {
      return Optional.of("message_edit");
    }
    if (event.has("postback")) {
      return Optional.of("messaging_postbacks");
    }
    if (event.has("referral")) {
      return Optional.of("messaging_referral");
    }
    if (event.has("pass_thread_control") || event.has("take_thread_control")) {
      return Optional.of("messaging_handover");
    }
    return Optional.empty();
  }

  @Override
  public List<String> fields() {
    return FIELDS;
  }

  @Override
  public String linkReferral() {
    return "IGME";
  }

  @Override
  public Optional<Object> profile(Person person, String field, String picture) {
    return switch (field) {
      case "id" -> Optional.of(person.id());
      case "name" -> Optional.of(person.name());
      case "username" -> Optional.of(person.username().orElse(person.id()));
      case "profile_pic" -> Optional.of(picture);
      case "follower_count" -> Optional.of(120);
      case "is_user_follow_business" -> Optional.of(true);
      case "is_business_follow_user", "is_verified_user" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> usualProfile() {
    return List.of("name", "username");
  }

  @Override
  public String mediaPath(MediaStore.Asset asset, String expiry, String signature) {
    return "/cdn/ig_messaging_cdn?asset_id="
        + asset.id()
        + "&signature="
        + expiry
        + "."
        + signature;
  }
}
