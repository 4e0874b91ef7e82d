package dev.hilo.channel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a source handed us, before anybody looked inside.
 *
 * @param account the account named in the address it was sent to, where there is one
 * @param headers names compared without regard to case
 * @param query decoded query parameters
 * @param body raw bytes, as signed by the provider; the array is not copied and must not be changed
 */
public record RawDelivery(
    Optional<AccountId> account,
    Map<String, List<String>> headers,
    Map<String, String> query,
    byte[] body,
    Instant receivedAt) {

  public RawDelivery {
    TreeMap<String, List<String>> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.putAll(headers);
    headers = caseless;
    query = Map.copyOf(query);
  }

  /** A delivery with a body and headers only, as most tests and pull channels need. */
  public static RawDelivery of(byte[] body, Map<String, String> headers, Instant receivedAt) {
    TreeMap<String, List<String>> lists = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new RawDelivery(Optional.empty(), lists, Map.of(), body, receivedAt);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).flatMap(values -> values.stream().findFirst());
  }

  /** Never prints the body or a header's value. */
  @Override
  public String toString() {
    return "RawDelivery[account=" + account + ", bytes=" + body.length + "]";
  }
}
