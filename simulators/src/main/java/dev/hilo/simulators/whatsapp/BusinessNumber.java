package dev.hilo.simulators.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A business phone number on the platform, with what its owner configured.
 *
 * @param id the phone number id, part of the address of a send
 * @param displayPhoneNumber as people write it
 * @param countryCode its calling code without a plus; put before recipients that lack one
 * @param businessAccount the WhatsApp Business Account id: {@code entry[].id} of webhooks
 * @param name the verified name
 * @param accessToken what a send must bear
 * @param tokenExpired whether the token is answered as expired
 * @param appSecret the key of webhook signatures
 * @param verifyToken handed to the webhook's owner in the handshake
 * @param condition what the platform tells of the number and its token
 */
public record BusinessNumber(
    String id,
    String displayPhoneNumber,
    String countryCode,
    String businessAccount,
    String name,
    String accessToken,
    boolean tokenExpired,
    String appSecret,
    String verifyToken,
    Condition condition) {

  /**
   * What the platform tells of the number and its token.
   *
   * @param quality GREEN, YELLOW or RED
   * @param status CONNECTED, FLAGGED, RESTRICTED, BANNED, ...
   * @param nameStatus APPROVED, DECLINED, ...
   * @param throughput STANDARD or HIGH
   * @param messagingLimit TIER_250, TIER_2K, ...
   * @param scopes what the token allows
   * @param tokenExpiresAt absent: never
   * @param subscribed whether the app gets the business account's webhooks; only told, not obeyed
   */
  public record Condition(
      String quality,
      String status,
      String nameStatus,
      String throughput,
      String messagingLimit,
      List<String> scopes,
      Optional<Instant> tokenExpiresAt,
      boolean subscribed) {
    public Condition {
      scopes = List.copyOf(scopes);
    }

    static Condition good() {
      return new Condition(
          "GREEN",
          "CONNECTED",
          "APPROVED",
          "STANDARD",
          "TIER_2K",
          List.of("whatsapp_business_management", "whatsapp_business_messaging"),
          Optional.empty(),
          true);
    }
  }

  /** The demo shop's number. */
  public static BusinessNumber demo() {
    return new BusinessNumber(
        "1000000001",
        "+57 601 555 0100",
        "57",
        "2000000001",
        "Tienda Aurora",
        "demo-access-token",
        false,
        "demo-app-secret",
        "demo-verify-token",
        Condition.good());
  }

  /** The display number's digits, as in a link to a chat. */
  public String digits() {
    return displayPhoneNumber.replaceAll("\\D", "");
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "BusinessNumber[" + id + "]";
  }
}
