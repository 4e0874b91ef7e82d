package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Hilo's own id of one outbound message, derived before the provider is called and the same on
 * every retry.
 *
 * @param value never blank, at most 512 characters
 */
public record OutboundId(@JsonValue String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OutboundId {
    Ids.requireText("OutboundId", value, 512);
  }

  @Override
  public String toString() {
    return value;
  }
}
