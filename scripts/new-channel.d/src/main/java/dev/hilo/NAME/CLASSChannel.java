package dev.hilo.@name@;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import java.net.URI;

/** @class@. A source that does not call us is a {@link dev.hilo.channel.PolledChannel} instead. */
final class @class@Channel implements PushChannel {

  static final ChannelType TYPE = new ChannelType("@name@");

  private static final String UNWRITTEN = "the adapter @name@ is not written yet";

  private static final Capabilities CAPABILITIES =
      Capabilities.named("@class@")
          .maxText(1, Capabilities.UTF_16_UNITS, URI.create("unwritten:@name@"))
          .build();

  private final @class@Settings settings;
  private final ChannelContext context;

  @class@Channel(@class@Settings settings, ChannelContext context) {
    this.settings = settings;
    this.context = context;
  }

  @Override
  public ChannelType type() {
    return TYPE;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Verification verify(RawDelivery delivery) {
    return new ParseResult.Refused(Refusal.BAD_SIGNATURE, UNWRITTEN);
  }

  @Override
  public ParseResult parse(RawDelivery delivery) {
    return new ParseResult.Refused(Refusal.MALFORMED, UNWRITTEN);
  }

  @Override
  public SendResult send(OutboundMessage message) {
    boolean known = settings.account(message.account()).isPresent();
    String detail = known ? UNWRITTEN + " at " + context.clock().instant() : "an unknown account";
    return new SendResult.Rejected(new DeliveryFailure(DeliveryError.UNKNOWN, "", detail));
  }

  @Override
  public String toString() {
    return "@class@Channel"
        + settings.accounts().stream().map(@class@Settings.Account::id).toList();
  }
}
