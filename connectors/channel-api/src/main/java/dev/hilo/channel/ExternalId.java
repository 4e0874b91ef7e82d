package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The provider's own id of a message; unique within one channel and account. Opaque outside the
 * channel that made it.
 *
 * @param value never blank, at most 512 characters
 */
public record ExternalId(@JsonValue String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExternalId {
    Ids.requireText("ExternalId", value, 512);
  }

  @Override
  public String toString() {
    return value;
  }
}
