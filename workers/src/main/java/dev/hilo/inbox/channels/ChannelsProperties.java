package dev.hilo.inbox.channels;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connected channels, as an operator writes them down.
 *
 * @param channels by channel name
 */
@ConfigurationProperties("hilo")
record ChannelsProperties(@DefaultValue Map<String, ChannelProperties> channels) {

  /**
   * One channel.
   *
   * @param settings what holds for all its accounts; read by the channel alone
   * @param accounts by account id
   */
  record ChannelProperties(
      @DefaultValue Map<String, String> settings,
      @DefaultValue Map<String, AccountProperties> accounts) {}

  /**
   * One account.
   *
   * @param name for people
   * @param language BCP 47 tag the account greets in
   * @param country ISO 3166 code that phone numbers without a country code are read in
   * @param linkClaims when a typed address links a visitor to a contact
   * @param queue the queue its conversations go to
   * @param settings read by the channel alone
   */
  record AccountProperties(
      @DefaultValue("") String name,
      @DefaultValue("en") String language,
      @DefaultValue("US") String country,
      @DefaultValue("at-once") LinkClaims linkClaims,
      @DefaultValue("support") String queue,
      @DefaultValue Map<String, String> settings) {}
}
