package dev.hilo.channel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who an event is from (or, for a status, who it is about).
 *
 * <p>The channel vouches for its addresses, unless it marks the message {@link
 * Envelope.Mark#SENDER_UNVERIFIED}: then all of them are claims.
 *
 * @param address what the channel vouches for and replies go to
 * @param alsoKnownAs further addresses that the channel vouches for, may be empty
 * @param claims what the person only typed: shown with a badge, never proof of anything, may be
 *     empty; written as typed, normalised by the one who resolves them
 * @param displayName as the provider or the person gives it
 * @param language BCP 47 tag when the channel knows it
 */
public record Sender(
    ContactAddress address,
    List<ContactAddress> alsoKnownAs,
    List<ContactAddress> claims,
    Optional<String> displayName,
    Optional<String> language) {

  public Sender {
    Objects.requireNonNull(address, "address");
    alsoKnownAs = List.copyOf(alsoKnownAs);
    claims = List.copyOf(claims);
  }

  public static Sender of(ContactAddress address) {
    return new Sender(address, List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  /** {@link #address} first, then {@link #alsoKnownAs}: everything the channel vouches for. */
  public Stream<ContactAddress> vouched() {
    return Stream.concat(Stream.of(address), alsoKnownAs.stream());
  }
}
