package dev.hilo.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.LinkableChannel;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.PushChannel.Handshake;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.TemplateChannel;
import dev.hilo.channel.TemplateChannel.Template;
import dev.hilo.channel.Verification;
import dev.hilo.channel.contract.ScriptedHttp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Accounts: who may speak for them, how they are verified, linked to, and what they may send. */
class WhatsAppAccountsTest {

  private static final byte[] MESSAGE =
      Samples.webhook(
          """
          "messages":[{"from":"573001112233","id":"wamid.1","timestamp":"1763640000",
            "type":"text","text":{"body":"hola"}}]""");

  private final PushChannel channel = (PushChannel) Samples.channel(ScriptedHttp.silent());

  @Test
  void shouldVerifyByTheSecretOfAnyAccount() {
    assertThat(channel.verify(Samples.signed(MESSAGE, Samples.APP_SECRET)))
        .isEqualTo(new Verification.Verified());
    assertThat(channel.verify(Samples.signed(MESSAGE, Samples.OTHER_APP_SECRET)))
        .isEqualTo(new Verification.Verified());
  }

  @Test
  void shouldTreatAccountsOfAnotherAppAsUnknown() {
    assertThat(channel.parse(Samples.signed(MESSAGE, Samples.OTHER_APP_SECRET)))
        .isEqualTo(
            new ParseResult.Refused(
                Refusal.UNKNOWN_ACCOUNT,
                "expected a phone_number_id of the settings, got 1000000001"));
  }

  @Test
  void shouldRefuseToParseWhatNobodySigned() {
    assertThat(channel.parse(Samples.signed(MESSAGE, "guessed")))
        .isInstanceOfSatisfying(
            ParseResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BAD_SIGNATURE));
  }

  @Test
  void shouldKeepToTheAccountOfTheAddress() {
    RawDelivery signed = Samples.signed(MESSAGE, Samples.APP_SECRET);
    assertThat(events(to(signed, "1000000001"))).hasSize(1);
    assertThat(channel.parse(to(signed, "1000000003")))
        .isInstanceOfSatisfying(
            ParseResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNKNOWN_ACCOUNT));
  }

  private static RawDelivery to(RawDelivery delivery, String account) {
    return new RawDelivery(
        Optional.of(new AccountId(account)),
        delivery.headers(),
        delivery.query(),
        delivery.body(),
        delivery.receivedAt());
  }

  private List<ChannelEvent> events(RawDelivery delivery) {
    return channel.parse(delivery) instanceof ParseResult.Events events
        ? events.events()
        : List.of();
  }

  @Test
  void shouldEchoTheChallengeWhenTheTokenIsOurs() {
    assertThat(handshake("subscribe", "demo-verify-token", "1158201444"))
        .isEqualTo(new Handshake.Granted("1158201444"));
  }

  @Test
  void shouldDenyTheHandshakeWhenTheTokenIsNotOurs() {
    assertThat(handshake("subscribe", "demo-verify-toke", "1158201444"))
        .isEqualTo(
            new Handshake.Denied(
                Refusal.WRONG_VERIFY_TOKEN, "hub.verify_token is not the one in the settings"));
    assertThat(handshake("subscribe", "", "1")).isInstanceOf(Handshake.Denied.class);
  }

  @Test
  void shouldDenyTheHandshakeWhenItIsNone() {
    Handshake.Denied malformed =
        new Handshake.Denied(Refusal.MALFORMED, "expected hub.mode=subscribe and a hub.challenge");
    assertThat(handshake("unsubscribe", "demo-verify-token", "1")).isEqualTo(malformed);
    assertThat(handshake("subscribe", "demo-verify-token", "")).isEqualTo(malformed);
    assertThat(channel.handshake(RawDelivery.of(new byte[0], Map.of(), Samples.NOW)))
        .isEqualTo(malformed);
  }

  private Handshake handshake(String mode, String token, String challenge) {
    Map<String, String> query =
        Map.of("hub.mode", mode, "hub.verify_token", token, "hub.challenge", challenge);
    return channel.handshake(
        new RawDelivery(Optional.empty(), Map.of(), query, new byte[0], Samples.NOW));
  }

  @Test
  void shouldLinkToTheNumberWithTheTextWritten() {
    LinkableChannel linkable = (LinkableChannel) channel;
    assertThat(linkable.link(Samples.ACCOUNT, "Hola, HILO-7K2M9QXP & más+"))
        .contains(
            URI.create(
                "https://wa.me/576015550100?text=Hola%2C%20HILO-7K2M9QXP%20%26%20m%C3%A1s%2B"));
    assertThat(linkable.link(new AccountId("4040404040"), "hola")).isEmpty();
  }

  @Test
  void shouldListTheTemplatesOfTheSettingsWhenThereIsNoBusinessAccount() {
    TemplateChannel templates =
        (TemplateChannel) Samples.channel(Samples.withoutBusinessAccount(), ScriptedHttp.silent());
    assertThat(templates.readTemplates(Samples.ACCOUNT))
        .isEqualTo(
            new TemplateChannel.Registry.Read(
                List.of(
                    new Template(
                        "follow_up", "es", "Hola {{1}}, seguimos con tu caso. ¿Podemos continuar?"),
                    new Template(
                        "follow_up",
                        "en",
                        "Hello {{1}}, we are still on your case. May we go on?"))));
  }

  @Test
  void shouldTellNoticesToTheOnlyAccountWhenNoBusinessAccountIsSet() {
    // given
    byte[] notice =
        Samples.bytes(
            """
            {"object":"whatsapp_business_account","entry":[{"id":"999","time":1763640000,
              "changes":[{"field":"account_review_update","value":{"decision":"REJECTED"}}]}]}""");
    ChannelSettings one =
        new ChannelSettings(
            Samples.common(Map.of()),
            List.of(Samples.account("1000000001", Map.of("business-account-id", ""))));
    // when
    ParseResult result =
        Samples.channel(one, ScriptedHttp.silent())
            .parse(Samples.signed(notice, Samples.APP_SECRET));
    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            ParseResult.Events.class,
            events ->
                assertThat(events.events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        ChannelEvent.AccountHealthChanged.class,
                        health -> {
                          assertThat(health.aspect())
                              .isEqualTo(ChannelEvent.AccountHealthChanged.Aspect.RESTRICTION);
                          assertThat(health.detail()).isEqualTo("decision=REJECTED");
                          assertThat(health.header().account()).isEqualTo(Samples.ACCOUNT);
                        }));
  }

  @Test
  void shouldCallTheRealProviderWhenNothingElseIsSet() {
    // given
    ChannelSettings settings =
        new ChannelSettings(
            Samples.common(Map.of("graph-url", "")),
            List.of(Samples.account("1000000001", Map.of())));
    ScriptedHttp http =
        ScriptedHttp.answering(Samples.answer(200, "{\"messages\":[{\"id\":\"wamid.1\"}]}"));
    // when
    var unused = Samples.channel(settings, http).send(Samples.text("hola"));
    // then
    assertThat(http.calls().getFirst().uri())
        .hasToString("https://graph.facebook.com/v25.0/1000000001/messages");
  }
}
