package dev.hilo.@name@;

import static org.assertj.core.api.Assertions.fail;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.contract.ChannelContract;
import dev.hilo.channel.contract.ProviderAnswers;
import dev.hilo.channel.contract.StatusCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channel contract, kept by @class@. Each method says what is to be written. */
class @class@ChannelTest implements ChannelContract {

  private static final String TOKEN = "an-invented-token";

  @Override
  public ChannelProvider provider() {
    return new @class@Provider();
  }

  @Override
  public ChannelSettings settings() {
    return settings(TOKEN);
  }

  private static ChannelSettings settings(String token) {
    String place = "hilo.channels.@name@.";
    return new ChannelSettings(
        new ChannelSettings.Values(place + "settings", Map.of()),
        List.of(
            new ChannelSettings.Account(
                new AccountId("example"),
                "Tienda Aurora",
                "es",
                new ChannelSettings.Values(
                    place + "accounts.example.settings", Map.of("token", token)))));
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    return Map.of("hilo.channels.@name@.accounts.example.settings.token", settings(" "));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(TOKEN);
  }

  @Override
  public RawDelivery signed(byte[] body) {
    return fail("@class@ChannelTest.signed: a delivery of this body as the provider signs it");
  }

  @Override
  public List<RawDelivery> badlySigned(byte[] body) {
    return fail("@class@ChannelTest.badlySigned: wrong, missing, foreign and cut signatures");
  }

  @Override
  public List<RawDelivery> forOtherAccounts() {
    return fail("@class@ChannelTest.forOtherAccounts: deliveries for accounts not in settings()");
  }

  @Override
  public List<String> elementPaths() {
    return fail("@class@ChannelTest.elementPaths: JSON pointers to a payload's messages, with *");
  }

  @Override
  public byte[] batch() {
    return fail("@class@ChannelTest.batch: a payload of three elements or more, one event each");
  }

  @Override
  public List<byte[]> unknownKinds() {
    return fail("@class@ChannelTest.unknownKinds: customers' messages of kinds nobody knows");
  }

  @Override
  public List<byte[]> ownEchoes() {
    return fail("@class@ChannelTest.ownEchoes: what comes back of our own messages, or nothing");
  }

  @Override
  public List<StatusCase> statuses() {
    return fail("@class@ChannelTest.statuses: every status of the provider, or nothing");
  }

  @Override
  public byte[] unknownStatus() {
    return fail("@class@ChannelTest.unknownStatus: a payload with a status that nobody has");
  }

  @Override
  public OutboundMessage outbound(String text) {
    return fail("@class@ChannelTest.outbound: a message with this text from the first account");
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    return fail("@class@ChannelTest.answers: how the provider answers a send, in every form");
  }
}
