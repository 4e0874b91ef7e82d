package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventIdTest {

  private static final ChannelType WHATSAPP = new ChannelType("whatsapp");
  private static final AccountId ACCOUNT = new AccountId("1000000001");

  @Test
  void shouldStayTheSameOverReleases() {
    // given: printf '8:whatsapp10:10000000017:message7:wamid.1' | sha256sum | cut -c1-40
    EventId id = EventId.derive(WHATSAPP, ACCOUNT, "message", "wamid.1");
    // then
    assertThat(id).hasToString("e4c24dd4c1767d2be61f70d1f6bfb3c65d89877a");
  }

  @Test
  void shouldTellPartsApart() {
    assertThat(EventId.derive(WHATSAPP, ACCOUNT, "status", "ab", "c"))
        .isNotEqualTo(EventId.derive(WHATSAPP, ACCOUNT, "status", "a", "bc"))
        .isNotEqualTo(EventId.derive(WHATSAPP, ACCOUNT, "status", "abc"))
        .isNotEqualTo(EventId.derive(WHATSAPP, ACCOUNT, "message", "ab", "c"))
        .isNotEqualTo(EventId.derive(WHATSAPP, new AccountId("2"), "status", "ab", "c"))
        .isNotEqualTo(EventId.derive(new ChannelType("webchat"), ACCOUNT, "status", "ab", "c"));
  }

  @Test
  void shouldRefuseAnIdOfAnotherLength() {
    assertThatThrownBy(() -> new EventId("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("EventId must have 40 characters, got 3");
  }
}
