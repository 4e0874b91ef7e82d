package dev.hilo.simulators.control;

import dev.hilo.simulators.http.BadRequest;
import java.util.Optional;

/** Signatures that must not be believed. */
final class ForgedSignature {

  private ForgedSignature() {}

  /** The header's value for {@code bad}, nothing for {@code missing}. */
  static Optional<String> of(String kind) {
    return switch (kind) {
      case "bad" -> Optional.of("sha256=" + "0".repeat(64));
      case "missing" -> Optional.empty();
      default -> throw new BadRequest("signature: one of valid, bad, missing, got '" + kind + "'");
    };
  }
}
