package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One connected number, page, mailbox or widget; unique within its channel.
 *
 * @param value never blank, at most 512 characters
 */
public record AccountId(@JsonValue String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AccountId {
    Ids.requireText("AccountId", value, 512);
  }

  @Override
  public String toString() {
    return value;
  }
}
