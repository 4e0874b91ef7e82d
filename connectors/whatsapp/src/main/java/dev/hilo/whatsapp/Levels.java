package dev.hilo.whatsapp;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.DeliveryError;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How bad a notice is, by the words in it.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * account_update, account_alerts, account_review_update, message_template_status_update,
 * message_template_quality_update, phone_number_name_update, phone_number_quality_update, security,
 * read 2026-11-20.
 */
final class Levels {

  /** What a notice is about, and how bad it is. */
  record Judgement(Aspect aspect, Level level) {}

  private static final Map<String, Level> TEMPLATE_STATES =
      Map.ofEntries(
          Map.entry("APPROVED", Level.GOOD),
          Map.entry("REINSTATED", Level.GOOD),
          Map.entry("UNARCHIVED", Level.GOOD),
          Map.entry("PENDING", Level.GOOD),
          Map.entry("REJECTED", Level.BAD),
          Map.entry("DISABLED", Level.BAD),
          Map.entry("DELETED", Level.BAD));

  private static final Map<String, Judgement> ACCOUNT_EVENTS =
      Map.ofEntries(
          Map.entry("ACCOUNT_DELETED", bad(Aspect.RESTRICTION)),
          Map.entry("ACCOUNT_RESTRICTION", bad(Aspect.RESTRICTION)),
          Map.entry("ACCOUNT_OFFBOARDED", bad(Aspect.RESTRICTION)),
          Map.entry("ACCOUNT_RECONNECTED", good(Aspect.RESTRICTION)),
          Map.entry("VERIFIED_ACCOUNT", good(Aspect.RESTRICTION)),
          Map.entry("PARTNER_ADDED", good(Aspect.SUBSCRIPTION)),
          Map.entry("PARTNER_REMOVED", bad(Aspect.SUBSCRIPTION)),
          Map.entry("PARTNER_APP_INSTALLED", good(Aspect.SUBSCRIPTION)),
          Map.entry("PARTNER_APP_UNINSTALLED", bad(Aspect.SUBSCRIPTION)),
          Map.entry("AD_ACCOUNT_LINKED", good(Aspect.OTHER)),
          Map.entry("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", good(Aspect.OTHER)),
          Map.entry("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", good(Aspect.OTHER)),
          Map.entry("MM_LITE_TERMS_SIGNED", good(Aspect.OTHER)),
          Map.entry("VOLUME_BASED_PRICING_TIER_UPDATE", good(Aspect.OTHER)));

  private Levels() {}

  /** Green, yellow or red; empty for any other word. */
  static Optional<Level> ofColour(String colour) {
    return switch (colour.toUpperCase(Locale.ROOT)) {
      case "GREEN" -> Optional.of(Level.GOOD);
      case "YELLOW" -> Optional.of(Level.WARNING);
      case "RED" -> Optional.of(Level.BAD);
      default -> Optional.empty();
    };
  }

  /** What of an account an error of it tells. */
  static Aspect aspectOf(DeliveryError error) {
    return switch (error) {
      case CREDENTIALS_EXPIRED -> Aspect.CREDENTIALS;
      case ACCOUNT_RESTRICTED -> Aspect.RESTRICTION;
      case QUALITY_LIMITED -> Aspect.QUALITY;
      case THROTTLED, RECIPIENT_THROTTLED -> Aspect.LIMIT;
      case PROVIDER_UNAVAILABLE -> Aspect.CONNECTION;
      case OUTSIDE_REPLY_WINDOW,
          RECIPIENT_UNREACHABLE,
          RECIPIENT_OPTED_OUT,
          CONTENT_REJECTED,
          TEMPLATE_REJECTED,
          UNCONFIRMED,
          UNKNOWN ->
          Aspect.OTHER;
    };
  }

  /** An error that came without any message. */
  static Judgement ofError(GraphError error) {
    Aspect aspect = aspectOf(error.reaction().error());
    boolean stops = aspect == Aspect.CREDENTIALS || aspect == Aspect.RESTRICTION;
    return new Judgement(aspect, stops ? Level.BAD : Level.WARNING);
  }

  /** A notice by its field; empty when nobody waits for such a one. */
  static Optional<Judgement> ofNotice(String field, Part value) {
    String event = upper(value, "event");
    return Optional.ofNullable(
        switch (field) {
          case "account_update" -> account(event, value);
          case "account_review_update" ->
              new Judgement(Aspect.RESTRICTION, decision(upper(value, "decision")));
          case "account_alerts" -> alert(value);
          case "business_status_update" -> new Judgement(Aspect.RESTRICTION, Level.WARNING);
          case "business_capability_update" -> good(Aspect.LIMIT);
          case "business_username_update" ->
              new Judgement(Aspect.PROFILE, decision(upper(value, "status")));
          case "message_template_status_update" ->
              new Judgement(Aspect.TEMPLATE, TEMPLATE_STATES.getOrDefault(event, Level.WARNING));
          case "message_template_quality_update" ->
              new Judgement(
                  Aspect.TEMPLATE, ofColour(upper(value, "new_quality_score")).orElse(Level.GOOD));
          case "message_template_components_update" -> good(Aspect.TEMPLATE);
          // Another category has another price.
          case "template_category_update" -> new Judgement(Aspect.TEMPLATE, Level.WARNING);
          case "phone_number_name_update" ->
              new Judgement(Aspect.PROFILE, decision(upper(value, "decision")));
          case "phone_number_quality_update" -> number(event);
          case "security" -> new Judgement(Aspect.CREDENTIALS, Level.WARNING);
          default -> null;
        });
  }

  private static Judgement account(String event, Part value) {
    return switch (event) {
      case "DISABLED_UPDATE" ->
          upper(value.part("ban_info"), "waba_ban_state").equals("REINSTATE")
              ? good(Aspect.RESTRICTION)
              : bad(Aspect.RESTRICTION);
      case "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" ->
          new Judgement(
              Aspect.OTHER,
              decision(upper(value.part("partner_client_certification_info"), "status")));
      default ->
          ACCOUNT_EVENTS.getOrDefault(event, new Judgement(Aspect.RESTRICTION, Level.WARNING));
    };
  }

  private static Judgement alert(Part value) {
    Part alert = value.part("alert_info");
    String type = alert.text("alert_type").or(() -> value.text("alert_type")).orElse("");
    String severity =
        alert.text("alert_severity").or(() -> value.text("alert_severity")).orElse("");
    Aspect aspect =
        type.startsWith("INCREASED_CAPABILITIES")
            ? Aspect.LIMIT
            : Stream.of("OBA_", "PROFILE_").anyMatch(type::startsWith)
                ? Aspect.PROFILE
                : Aspect.OTHER;
    Level level =
        switch (severity.toUpperCase(Locale.ROOT)) {
          case "CRITICAL" -> Level.BAD;
          case "INFORMATIONAL" -> Level.GOOD;
          default -> Level.WARNING;
        };
    return new Judgement(aspect, level);
  }

  private static Judgement number(String event) {
    return switch (event) {
      case "FLAGGED" -> new Judgement(Aspect.QUALITY, Level.WARNING);
      case "UNFLAGGED" -> good(Aspect.QUALITY);
      case "ONBOARDING", "THROUGHPUT_UPGRADE", "UPGRADE" -> good(Aspect.LIMIT);
      default -> new Judgement(Aspect.LIMIT, Level.WARNING);
    };
  }

  private static Level decision(String word) {
    return switch (word) {
      case "APPROVED", "RESERVED" -> Level.GOOD;
      case "REJECTED", "DECLINED", "FAILED", "DELETED" -> Level.BAD;
      default -> Level.WARNING;
    };
  }

  private static String upper(Part part, String name) {
    return part.text(name).orElse("").toUpperCase(Locale.ROOT);
  }

  private static Judgement good(Aspect aspect) {
    return new Judgement(aspect, Level.GOOD);
  }

  private static Judgement bad(Aspect aspect) {
    return new Judgement(aspect, Level.BAD);
  }
}
