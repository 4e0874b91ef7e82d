package dev.hilo.channel;

/** Whether a delivery is from whom it says. */
public sealed interface Verification permits Verification.Verified, ParseResult.Refused {

  /** The delivery may be parsed. */
  record Verified() implements Verification {}
}
