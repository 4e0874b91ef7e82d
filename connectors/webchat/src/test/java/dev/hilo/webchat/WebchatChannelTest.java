package dev.hilo.webchat;

import static dev.hilo.webchat.Webchat.HELP;
import static dev.hilo.webchat.Webchat.NOW;
import static dev.hilo.webchat.Webchat.ORIGIN;
import static dev.hilo.webchat.Webchat.SECRET;
import static dev.hilo.webchat.Webchat.SHOP;
import static dev.hilo.webchat.Webchat.VISITOR;
import static dev.hilo.webchat.Webchat.delivery;
import static dev.hilo.webchat.Webchat.headers;
import static dev.hilo.webchat.Webchat.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ChannelContract;
import dev.hilo.channel.contract.ProviderAnswers;
import dev.hilo.channel.contract.ScriptedHttp;
import dev.hilo.channel.contract.StatusCase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebchatChannelTest implements ChannelContract {

  private static final String TOKEN = token(SHOP, NOW.plus(Duration.ofDays(30)));
  private static final ContactAddress ADDRESS = ContactAddress.visitor("shop/" + VISITOR);

  // ------------------------------------------------------------------------- the contract's
  // fixtures

  @Override
  public ChannelProvider provider() {
    return new WebchatProvider();
  }

  @Override
  public ChannelSettings settings() {
    return Webchat.settings(Map.of(), Map.of());
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    return Map.of(
        "hilo.channels.webchat.settings.token-secret",
        Webchat.settings(Map.of("token-secret", "too short"), Map.of()),
        "hilo.channels.webchat.settings.token-lifetime",
        Webchat.settings(Map.of("token-lifetime", "30 days"), Map.of()),
        "hilo.channels.webchat.accounts.shop.settings.identity-secret",
        Webchat.settings(Map.of(), Map.of("identity-secret", "short secret")),
        "hilo.channels.webchat.accounts.shop.settings.prechat.reason.options",
        Webchat.settings(Map.of(), Map.of("prechat.reason.options", "swap")),
        "hilo.channels.webchat.accounts.shop.settings.colour",
        Webchat.settings(Map.of(), Map.of("colour", "teal")));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(SECRET, TOKEN, Webchat.IDENTITY_SECRET);
  }

  @Override
  public RawDelivery signed(byte[] body) {
    return delivery(SHOP, body, headers(ORIGIN, TOKEN));
  }

  @Override
  public List<RawDelivery> badlySigned(byte[] body) {
    String unsigned = TOKEN.substring(0, TOKEN.lastIndexOf('.') + 1);
    return List.of(
        delivery(SHOP, body, Map.of("Origin", ORIGIN)),
        delivery(SHOP, body, headers(ORIGIN, unsigned)),
        delivery(SHOP, body, headers(ORIGIN, token(HELP, NOW.plusSeconds(60)))),
        delivery(SHOP, body, headers(ORIGIN, token(SHOP, NOW))),
        delivery(SHOP, body, headers("https://evil.example", TOKEN)),
        delivery(SHOP, body, Map.of("Authorization", "Bearer " + TOKEN)));
  }

  @Override
  public List<RawDelivery> forOtherAccounts() {
    AccountId nobody = new AccountId("nobody");
    byte[] body = message("Hola");
    return List.of(
        delivery(nobody, body, headers(ORIGIN, TOKEN)),
        delivery(nobody, body, headers(ORIGIN, token(nobody, NOW.plusSeconds(60)))));
  }

  @Override
  public List<String> elementPaths() {
    return List.of("/messages/*", "/clientId");
  }

  @Override
  public byte[] batch() {
    return bytes("{'kind':'receipt','state':'read','messages':['out-1','out-2','out-3']}");
  }

  @Override
  public List<byte[]> unknownKinds() {
    return List.of(
        bytes("{'kind':'hologram','clientId':'11111111-2222-4333-8444-555555555555'}"),
        bytes("{'kind':'voice'}"));
  }

  @Override
  public List<byte[]> ownEchoes() {
    return List.of();
  }

  @Override
  public List<StatusCase> statuses() {
    return List.of(
        new StatusCase("delivered", receipt("delivered"), DeliveryState.DELIVERED),
        new StatusCase("read", receipt("read"), DeliveryState.READ));
  }

  @Override
  public byte[] unknownStatus() {
    return receipt("played");
  }

  private static byte[] receipt(String state) {
    return bytes("{'kind':'receipt','state':'" + state + "','messages':['out-1']}");
  }

  @Override
  public OutboundMessage outbound(String text) {
    return outbound(new OutboundContent.Text(text), ADDRESS);
  }

  private static OutboundMessage outbound(OutboundContent content, ContactAddress to) {
    return new OutboundMessage(new OutboundId("out-1"), SHOP, to, content, Optional.empty());
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    return Optional.empty();
  }

  // -------------------------------------------------------------------------------- webchat's own

  @Test
  void shouldAcceptUnderOurOwnIdWhenSent() {
    // when
    SendResult first = Webchat.channel().send(outbound("Sí, tenemos talla 42."));
    SendResult again = Webchat.channel().send(outbound("Sí, tenemos talla 42."));
    // then
    assertThat(first).isEqualTo(new SendResult.Accepted(new ExternalId("out-1")));
    assertThat(again).isEqualTo(first);
  }

  @Test
  void shouldMeasureTheRenderingWhenATemplateIsSent() {
    // given
    OutboundContent fits =
        new OutboundContent.Template("follow_up", "es", List.of("Ana"), "Hola Ana");
    OutboundContent tooLong =
        new OutboundContent.Template("follow_up", "es", List.of(), "a".repeat(4001));
    // then
    assertThat(Webchat.channel().send(outbound(fits, ADDRESS)))
        .isInstanceOf(SendResult.Accepted.class);
    assertThat(errorOf(Webchat.channel().send(outbound(tooLong, ADDRESS))))
        .isEqualTo(DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldSendFilesAndQuestionsWithinItsLimits() {
    // given
    OutboundContent.File photo = file("image/png", 20_971_520);
    List<OutboundContent> good =
        List.of(
            new OutboundContent.Media(List.of(photo, photo), Optional.of("Dos fotos")),
            new OutboundContent.Choices("¿Talla?", choices(12, "a".repeat(80)), Optional.empty()));
    List<OutboundContent> bad =
        List.of(
            new OutboundContent.Media(List.of(file("image/png", 20_971_521)), Optional.empty()),
            new OutboundContent.Media(List.of(file("image/svg+xml", 10)), Optional.empty()),
            new OutboundContent.Media(List.of(file("text/html", 10)), Optional.empty()),
            new OutboundContent.Media(List.of(), Optional.empty()),
            new OutboundContent.Media(java.util.Collections.nCopies(11, photo), Optional.empty()),
            new OutboundContent.Media(List.of(photo), Optional.of("a".repeat(4001))),
            new OutboundContent.Choices("¿Talla?", choices(13, "M"), Optional.empty()),
            new OutboundContent.Choices("¿Talla?", choices(2, "a".repeat(81)), Optional.empty()),
            new OutboundContent.Choices("¿Talla?", List.of(), Optional.empty()),
            new OutboundContent.Choices("a".repeat(4001), choices(2, "M"), Optional.empty()),
            new OutboundContent.Reaction(new ExternalId("in-1"), Optional.of("👍")));
    // then
    assertThat(good)
        .allSatisfy(
            content ->
                assertThat(Webchat.channel().send(outbound(content, ADDRESS)))
                    .isInstanceOf(SendResult.Accepted.class));
    assertThat(bad)
        .allSatisfy(
            content ->
                assertThat(errorOf(Webchat.channel().send(outbound(content, ADDRESS))))
                    .isEqualTo(DeliveryError.CONTENT_REJECTED));
  }

  private static OutboundContent.File file(String type, long size) {
    return new OutboundContent.File("f-1", Content.Media.Form.IMAGE, "foto", type, size);
  }

  private static List<OutboundContent.Choices.Choice> choices(int count, String title) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> new OutboundContent.Choices.Choice("c" + i, title, Optional.empty()))
        .toList();
  }

  @Test
  void shouldFetchWhatTheVisitorUploaded() {
    // given
    Content.Media file =
        new Content.Media(
            Content.Media.Form.IMAGE,
            "up-1",
            Optional.of("image/png"),
            Optional.of("a.png"),
            Optional.empty(),
            java.util.OptionalLong.empty());
    MediaChannel channel =
        (MediaChannel)
            new WebchatProvider()
                .create(
                    settings(),
                    new ChannelContext(
                        ScriptedHttp.silent(),
                        Clock.systemUTC(),
                        new OneFile("up-1", new byte[] {1, 2, 3}),
                        CredentialStore.NONE));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // when
    var request = new MediaChannel.Request(SHOP, file, 3, Optional.empty());
    // then
    assertThat(channel.fetch(request, bytes))
        .isEqualTo(
            new MediaChannel.Fetched.Complete(Optional.of("image/png"), Optional.of("a.png")));
    assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
    assertThat(channel.fetch(new MediaChannel.Request(SHOP, file, 2, Optional.empty()), bytes))
        .isInstanceOf(MediaChannel.Fetched.TooLarge.class);
    assertThat(Webchat.channel().fetch(request, bytes))
        .isInstanceOf(MediaChannel.Fetched.RetryLater.class);
  }

  private record OneFile(String id, byte[] bytes) implements OutgoingFiles {
    @Override
    public InputStream open(String wanted) throws IOException {
      if (!wanted.equals(id)) {
        throw new IOException("there is no file " + wanted);
      }
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public Optional<URI> link(String wanted, Duration validFor) {
      return Optional.empty();
    }
  }

  @Test
  void shouldTakeOneAnswerToAQuestion() {
    // when
    ParseResult first = Webchat.channel().parse(signed(choice("aaaaaaaa", "yes")));
    ParseResult second = Webchat.channel().parse(signed(choice("bbbbbbbb", "no")));
    // then
    assertThat(received(first).header().id()).isEqualTo(received(second).header().id());
    assertThat(received(first).replyTo()).contains(new ExternalId("out-7"));
    assertThat(content(first)).isEqualTo(new Content.ButtonReply("Title yes", Optional.of("yes")));
  }

  private static byte[] choice(String clientId, String payload) {
    return bytes(
        "{'kind':'choice','clientId':'"
            + clientId
            + "','to':'out-7','payload':'"
            + payload
            + "','title':'Title "
            + payload
            + "'}");
  }

  @Test
  void shouldVouchForWhatTheShopsServerVerifiedOnly() {
    // given
    Identity ana =
        new Identity(
            "aurora",
            "4711",
            Optional.of("Ana Gómez"),
            Optional.of("Ana@Example.com"),
            true,
            Optional.of("+57 300 555 0199"),
            false);
    String token = Webchat.tokenOf(ana, NOW.plusSeconds(60));
    // when
    MessageReceived message =
        received(Webchat.channel().parse(delivery(SHOP, message("Hola"), headers(ORIGIN, token))));
    // then
    assertThat(message.header().sender().address()).isEqualTo(ADDRESS);
    assertThat(message.header().sender().alsoKnownAs())
        .containsExactly(
            ContactAddress.external("aurora", "4711"), ContactAddress.email("ana@example.com"));
    assertThat(message.header().sender().claims())
        .containsExactly(ContactAddress.phone("+57 300 555 0199"));
    assertThat(message.header().sender().displayName()).contains("Ana Gómez");
  }

  @Test
  void shouldNotReachAddressesThatAreNotOfTheWidget() {
    for (ContactAddress to :
        List.of(
            ContactAddress.visitor("help/" + VISITOR),
            ContactAddress.visitor("shopping/" + VISITOR),
            ContactAddress.phone("shop/573005550199"))) {
      assertThat(errorOf(Webchat.channel().send(outbound(new OutboundContent.Text("Hola"), to))))
          .isEqualTo(DeliveryError.RECIPIENT_UNREACHABLE);
    }
  }

  @Test
  void shouldTakeTextsOfTheLongestLength() {
    // when
    ParseResult longest = Webchat.channel().parse(signed(message("é".repeat(4000))));
    ParseResult longer = Webchat.channel().parse(signed(message("é".repeat(4001))));
    // then
    assertThat(content(longest)).isEqualTo(new Content.Text("é".repeat(4000)));
    assertThat(longer)
        .isEqualTo(
            new ParseResult.Refused(
                Refusal.TOO_LARGE, "the text has 4001 characters, at most 4000 are allowed"));
  }

  @Test
  void shouldRefuseBodiesOfMoreThan64KiB() {
    // given
    byte[] body = message("Hola" + "\\n".repeat(33_000));
    // when
    ParseResult result = Webchat.channel().parse(signed(body));
    // then
    assertThat(result)
        .isEqualTo(
            new ParseResult.Refused(
                Refusal.TOO_LARGE, "the body is too large: at most 64 KiB are allowed"));
  }

  @Test
  void shouldTellVisitorsApartWhenTheyUseTheSameClientId() {
    // given
    String other =
        new VisitorTokens(new dev.hilo.channel.Secret(SECRET))
            .write(
                new VisitorToken(
                    SHOP, "ffeeddccbbaa99887766554433221100", NOW.plus(Duration.ofDays(1))))
            .reveal();
    // when
    ParseResult mine = Webchat.channel().parse(signed(message("Hola")));
    ParseResult theirs =
        Webchat.channel().parse(delivery(SHOP, message("Hola"), headers(ORIGIN, other)));
    // then
    assertThat(received(mine).header().id()).isNotEqualTo(received(theirs).header().id());
    assertThat(received(mine).header().sender().address()).isEqualTo(ADDRESS);
  }

  @Test
  void shouldKnowTheWidgetFromTheTokenWhenTheAddressNamesNone() {
    // given
    RawDelivery unaddressed = RawDelivery.of(message("Hola"), headers(ORIGIN, TOKEN), NOW);
    // then
    assertThat(received(Webchat.channel().parse(unaddressed)).header().account()).isEqualTo(SHOP);
  }

  private static DeliveryError errorOf(SendResult result) {
    assertThat(result).isInstanceOf(SendResult.Rejected.class);
    return ((SendResult.Rejected) result).failure().error();
  }

  private static Content content(ParseResult result) {
    return received(result).content();
  }

  private static MessageReceived received(ParseResult result) {
    assertThat(result).isInstanceOf(ParseResult.Events.class);
    return (MessageReceived) ((ParseResult.Events) result).events().getFirst();
  }

  private static byte[] message(String text) {
    return bytes(
        "{'kind':'message','clientId':'11111111-2222-4333-8444-555555555555','text':'"
            + text
            + "'}");
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
