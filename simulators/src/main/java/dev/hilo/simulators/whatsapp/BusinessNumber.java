package dev.hilo.simulators.whatsapp;

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
    String verifyToken) {

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
        "demo-verify-token");
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
