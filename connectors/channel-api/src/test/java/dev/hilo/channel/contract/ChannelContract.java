package dev.hilo.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventId;
import dev.hilo.channel.EventJson;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ParseResult.Events;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every channel keeps to. A channel's test class implements this interface, supplies the
 * fixtures in the first part, and gets the tests in the second.
 *
 * <p><b>Nothing is lost silently</b> means: the <em>elements</em> of a JSON payload are the values
 * that {@link #elementPaths()} lead to (messages, statuses), and any value of a wrong type on the
 * way to them. Each becomes an event or a named {@link ParseResult.Skipped}, or the payload is
 * {@link ParseResult.Refused}; {@link ParseResult.Ignored} is for payloads without elements. One
 * broken element of a batch leaves the events of all the others as they were.
 *
 * <p>Golden pairs are read from {@link #goldenFolder()}, see {@link GoldenPair}.
 */
public interface ChannelContract {

  // ---------------------------------------------------------------- supplied by the channel's test

  /** The provider under test. */
  ChannelProvider provider();

  /** Valid settings with at least one account, whose payloads {@link #signed} makes. */
  ChannelSettings settings();

  /** Settings with a mistake, by the setting that the error must name. */
  Map<String, ChannelSettings> invalidSettings();

  /** Every secret in {@link #settings()} and in the deliveries' headers; at least one. */
  Set<String> secrets();

  /** When the contract takes place: tokens in the fixtures must be valid then. */
  default Instant now() {
    return Instant.parse("2026-11-20T12:00:00Z");
  }

  /** A delivery of this body, signed or authenticated as the source does it. */
  RawDelivery signed(byte[] body);

  /** Deliveries of this body that are not from whom they say: wrong, missing, foreign signature. */
  List<RawDelivery> badlySigned(byte[] body);

  /** Deliveries for accounts that are not among the settings. */
  List<RawDelivery> forOtherAccounts();

  /**
   * Where the elements of a payload stand, as JSON pointers with {@code *} for every element of an
   * array: {@code /entry/*}{@code /messages/*}; an empty string when the payload is one element.
   * Empty list: payloads are no JSON, and the tests about JSON are not run.
   */
  List<String> elementPaths();

  /**
   * A payload with at least three elements in arrays; each gives exactly one event, in the order of
   * the document.
   */
  byte[] batch();

  /** Customers' messages of kinds that the channel has never heard of; at least one. */
  List<byte[]> unknownKinds();

  /** What the source sends back of our own messages; empty when it does not. */
  List<byte[]> ownEchoes();

  /**
   * Every status the provider knows; the channel's {@code deliveryStates} must all occur. Empty
   * when the provider tells nothing of what it took.
   */
  List<StatusCase> statuses();

  /** A payload with a status that no provider has. */
  byte[] unknownStatus();

  /** A text for a customer, from an account of {@link #settings()}. */
  OutboundMessage outbound(String text);

  /** How the provider answers a send; empty when the channel itself is the provider. */
  Optional<ProviderAnswers> answers();

  /** Where the golden pairs are, relative to the module. */
  default Path goldenFolder() {
    return Path.of("src", "test", "resources", "golden");
  }

  /** Where the channel must be found. */
  default Iterable<ChannelProvider> installedProviders() {
    return ServiceLoader.load(ChannelProvider.class);
  }

  // ------------------------------------------------------------------------------------ the tests

  @Test
  default void shouldBeFoundWhenInstalled() {
    // when
    List<String> found = new ArrayList<>();
    installedProviders().forEach(installed -> found.add(installed.type().value()));
    // then
    assertThat(found).contains(provider().type().value());
    assertThat(new Subject(this, ScriptedHttp.silent()).channel().type())
        .isEqualTo(provider().type());
  }

  @Test
  default void shouldNameTheSourceOfEveryLimit() {
    Capabilities capabilities = new Subject(this, ScriptedHttp.silent()).channel().capabilities();
    assertThat(capabilities.label()).isNotBlank();
    assertThat(capabilities.maxTextLength().value()).isPositive();
    assertThat(capabilities.maxTextLength().source()).matches(URI::isAbsolute);
    capabilities
        .messagesPerSecond()
        .ifPresent(limit -> assertThat(limit.source()).matches(URI::isAbsolute));
    capabilities
        .replyWindow()
        .ifPresent(window -> assertThat(window.source()).matches(URI::isAbsolute));
    assertThat(capabilities.deliveryStates()).doesNotHaveDuplicates();
  }

  @Test
  default void shouldNameTheSettingWhenItIsWrong() {
    assertThat(invalidSettings()).isNotEmpty();
    invalidSettings()
        .forEach(
            (setting, settings) ->
                assertThatThrownBy(
                        () ->
                            provider()
                                .create(
                                    settings,
                                    new ChannelContext(
                                        ScriptedHttp.silent(), new ContractClock(now()))))
                    .as("wrong %s", setting)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining(setting)
                    .message()
                    .doesNotContain(secrets())
                    .hasLineCount(1));
  }

  @Test
  default void shouldYieldEveryElementOfABatchInOrder() {
    Assumptions.assumeFalse(elementPaths().isEmpty());
    Subject subject = new Subject(this, ScriptedHttp.silent());
    // given
    JsonNode root = Payload.read(batch()).orElseThrow();
    List<String> elements = List.copyOf(Payload.elements(root, elementPaths()));
    assertThat(elements).hasSizeGreaterThanOrEqualTo(3);
    // when
    List<EventId> ids = subject.ids(batch(), "the batch");
    // then
    assertThat(ids).hasSameSizeAs(elements).doesNotHaveDuplicates();
    List<EventId> oneByOne = new ArrayList<>();
    for (String element : elements) {
      oneByOne.addAll(subject.ids(Mutation.only(root, element, elements), "only " + element));
    }
    assertThat(ids).isEqualTo(oneByOne);
  }

  @Test
  default void shouldGiveSameEventsForSameDelivery() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    Subject restarted = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      RawDelivery delivery = signed(body);
      // when
      ParseResult first = subject.parse(delivery, "the first delivery");
      // then
      assertThat(subject.parse(delivery, "the same again")).isEqualTo(first);
      assertThat(restarted.parse(delivery, "the same after a restart")).isEqualTo(first);
      assertThat(Subject.idsOf(subject.parse(Subject.receivedLater(delivery), "days later")))
          .isEqualTo(Subject.idsOf(first));
    }
  }

  @Test
  default void shouldGiveSameIdsWhenTheBatchIsComposedOtherwise() {
    Assumptions.assumeFalse(elementPaths().isEmpty());
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      // given
      JsonNode root = Payload.read(body).orElseThrow();
      List<String> elements =
          Payload.elements(root, elementPaths()).stream()
              .filter(element -> element.matches(".*/\\d+"))
              .toList();
      if (elements.size() > 1) {
        // when
        List<EventId> apart = new ArrayList<>();
        for (String element : elements) {
          byte[] alone = Mutation.only(root, element, elements);
          apart.addAll(Subject.idsOf(subject.parse(alone, "only " + element)));
        }
        // then
        ParseResult together = subject.parse(body, "all together");
        assertThat(new HashSet<>(apart)).containsAll(Subject.idsOf(together));
      }
    }
  }

  @Test
  default void shouldSurviveTruncatedPayload() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      Mutation.cut(body).forEach(cut -> subject.parseAccounted(cut, Set.of()));
    }
  }

  @Test
  default void shouldSurviveFlippedBytes() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      Mutation.flippedBytes(body, 500).forEach(flip -> subject.parseAccounted(flip, Set.of()));
    }
  }

  @Test
  default void shouldSurviveOtherCharsets() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      Mutation.otherCharsets(body).forEach(other -> subject.parseAccounted(other, Set.of()));
    }
  }

  @Test
  default void shouldLoseNothingWhenValuesAreReplaced() {
    Assumptions.assumeFalse(elementPaths().isEmpty());
    Subject subject = new Subject(this, ScriptedHttp.silent());
    KnownPlaces known = new KnownPlaces();
    for (byte[] body : ChannelPayloads.of(this)) {
      Mutation.replacedValues(body, known).forEach(odd -> subject.parseAccounted(odd, Set.of()));
    }
  }

  @Test
  default void shouldLoseNothingWhenValuesAreMissing() {
    Assumptions.assumeFalse(elementPaths().isEmpty());
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      Mutation.removedValues(body).forEach(less -> subject.parseAccounted(less, Set.of()));
    }
  }

  @Test
  default void shouldLoseNothingWhenKeysAreDoubled() {
    Assumptions.assumeFalse(elementPaths().isEmpty());
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ChannelPayloads.of(this)) {
      JsonNode root = Payload.read(body).orElseThrow();
      Set<String> elements = Payload.elements(root, elementPaths());
      Mutation.duplicatedKeys(body).forEach(twice -> subject.parseAccounted(twice, elements));
    }
  }

  @Test
  default void shouldKeepTheOthersWhenOneElementIsBroken() {
    Assumptions.assumeFalse(elementPaths().isEmpty());
    Subject subject = new Subject(this, ScriptedHttp.silent());
    // given
    JsonNode root = Payload.read(batch()).orElseThrow();
    List<String> elements = List.copyOf(Payload.elements(root, elementPaths()));
    List<EventId> ids = subject.ids(batch(), "the batch");
    Stream.concat(Mutation.replacedValues(batch()), Mutation.removedValues(batch()))
        .filter(mutation -> Payload.read(mutation.body()).isPresent())
        .forEach(
            mutation -> {
              for (int i = 0; i < elements.size(); i++) {
                String element = elements.get(i);
                if (mutation.path().equals(element) || mutation.path().startsWith(element + "/")) {
                  List<EventId> others = new ArrayList<>(ids);
                  others.remove(i);
                  // when
                  ParseResult result = subject.parse(mutation.body(), mutation);
                  // then
                  assertThat(Subject.idsOf(result))
                      .as("%s, of %s", result, mutation)
                      .containsSubsequence(others);
                }
              }
            });
  }

  @Test
  default void shouldKeepUnknownKindsVisible() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    assertThat(unknownKinds()).isNotEmpty();
    for (byte[] body : unknownKinds()) {
      assertThat(subject.events(body, "an unknown kind"))
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          MessageReceived.class,
                          message ->
                              assertThat(message.content())
                                  .isInstanceOf(Content.Unsupported.class)));
    }
  }

  @Test
  default void shouldNotTakeOwnEchoForACustomer() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (byte[] body : ownEchoes()) {
      ParseResult result = subject.parse(body, "an own echo");
      assertThat(result).isNotInstanceOf(ParseResult.Refused.class);
      if (result instanceof Events events) {
        assertThat(events.events())
            .doesNotHaveAnyElementsOfTypes(
                MessageReceived.class,
                ChannelEvent.MessageEdited.class,
                ChannelEvent.MessageDeleted.class);
      }
    }
  }

  @Test
  default void shouldMapEveryProviderStatus() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    for (StatusCase status : statuses()) {
      assertThat(subject.events(status.body(), status.name()))
          .as("status %s", status.name())
          .singleElement()
          .isInstanceOfSatisfying(
              DeliveryUpdated.class,
              updated -> assertThat(updated.state()).isEqualTo(status.expected()));
    }
    assertThat(statuses().stream().map(StatusCase::expected).toList())
        .containsAll(
            subject.channel().capabilities().deliveryStates().stream()
                .filter(state -> state != DeliveryState.QUEUED)
                .toList());
  }

  @Test
  default void shouldNameAStatusThatNobodyKnows() {
    // when
    ParseResult result =
        new Subject(this, ScriptedHttp.silent()).parse(unknownStatus(), "an unknown status");
    // then
    assertThat(result).isNotInstanceOf(ParseResult.Ignored.class);
    if (result instanceof Events events) {
      assertThat(events.events()).doesNotHaveAnyElementsOfTypes(DeliveryUpdated.class);
      assertThat(events.skipped()).isNotEmpty();
    }
  }

  @Test
  default void shouldRefuseBadSignatureBeforeParsing() {
    Channel channel = new Subject(this, ScriptedHttp.silent()).channel();
    Assumptions.assumeTrue(channel instanceof PushChannel);
    PushChannel push = (PushChannel) channel;
    byte[] garbage = {(byte) 0xFF, 0, '{', '"'};
    for (byte[] body : List.of(batch(), garbage, new byte[0])) {
      assertThat(push.verify(signed(body))).isInstanceOf(Verification.Verified.class);
      assertThat(badlySigned(body)).isNotEmpty();
      for (RawDelivery delivery : badlySigned(body)) {
        assertThat(push.verify(delivery))
            .as("headers %s", delivery.headers())
            .isInstanceOfSatisfying(
                ParseResult.Refused.class,
                refused -> assertThat(refused.refusal().httpStatus()).isIn(401, 403));
      }
    }
  }

  @Test
  default void shouldRefuseOtherAccountsByName() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    assertThat(forOtherAccounts()).isNotEmpty();
    for (RawDelivery delivery : forOtherAccounts()) {
      boolean verified =
          !(subject.channel() instanceof PushChannel push)
              || push.verify(delivery) instanceof Verification.Verified;
      if (verified && subject.parse(delivery, "another account's") instanceof Events events) {
        assertThat(events.events()).isEmpty();
        assertThat(events.skipped()).isNotEmpty();
      }
    }
  }

  @Test
  default void shouldAcceptWhatTheProviderAccepts() {
    for (String text : new Subject(this, ScriptedHttp.silent()).textsOver(0).toList()) {
      ScriptedHttp http =
          answers()
              .map(answers -> ScriptedHttp.answering(answers.accepted()))
              .orElseGet(ScriptedHttp::silent);
      // when
      SendResult result = new Subject(this, http).channel().send(outbound(text));
      // then
      assertThat(result).isInstanceOf(SendResult.Accepted.class);
      assertThat(http.calls()).hasSize(answers().isPresent() ? 1 : 0);
    }
  }

  @Test
  default void shouldRefuseTextOverCapability() {
    Subject subject = new Subject(this, ScriptedHttp.silent());
    subject
        .textsOver(1)
        .forEach(
            text ->
                assertRejected(
                    subject.channel().send(outbound(text)),
                    Set.of(DeliveryError.CONTENT_REJECTED)));
  }

  @Test
  default void shouldRejectWhenAccountIsUnknown() {
    OutboundMessage known = outbound("hola");
    OutboundMessage unknown =
        new OutboundMessage(
            known.id(),
            new AccountId("nobodys-account"),
            known.to(),
            known.content(),
            known.replyTo());
    // when
    SendResult result = new Subject(this, ScriptedHttp.silent()).channel().send(unknown);
    // then
    assertThat(result).isInstanceOf(SendResult.Rejected.class);
  }

  @Test
  default void shouldAskToRetryWhenThrottled() {
    ProviderAnswers answers = answersOrSkip();
    assertThat(answers.throttled()).isNotEmpty();
    answers
        .throttled()
        .forEach(
            (name, answer) ->
                assertThat(Subject.send(this, outbound("hola"), answer))
                    .as(name)
                    .isInstanceOfSatisfying(
                        SendResult.RetryLater.class,
                        later -> {
                          assertThat(later.failure().error()).isEqualTo(DeliveryError.THROTTLED);
                          assertThat(later.after())
                              .isPositive()
                              .isLessThanOrEqualTo(Duration.ofDays(1));
                        }));
  }

  @Test
  default void shouldRejectWhenRecipientBlocked() {
    ProviderAnswers answers = answersOrSkip();
    assertThat(answers.recipientBlocked()).isNotEmpty();
    answers
        .recipientBlocked()
        .values()
        .forEach(
            answer ->
                assertRejected(
                    Subject.send(this, outbound("hola"), answer),
                    Set.of(
                        DeliveryError.RECIPIENT_OPTED_OUT, DeliveryError.RECIPIENT_UNREACHABLE)));
  }

  @Test
  default void shouldNotClaimToKnowWhenAnswerIsLost() {
    ProviderAnswers answers = answersOrSkip();
    byte[] accepted = answers.accepted().body();
    List<Outcome> unclear = new ArrayList<>();
    unclear.add(new Outcome.AnswerLost("read timed out"));
    unclear.add(new Answered(200, Map.of(), "<html>OK</html>".getBytes(StandardCharsets.UTF_8)));
    unclear.add(new Answered(200, Map.of(), new byte[0]));
    unclear.add(new Answered(502, Map.of(), "Bad Gateway".getBytes(StandardCharsets.UTF_8)));
    unclear.add(new Answered(504, Map.of(), new byte[0]));
    Mutation.cut(accepted).forEach(cut -> unclear.add(new Answered(200, Map.of(), cut.body())));
    for (Outcome outcome : unclear) {
      // when
      SendResult result = Subject.send(this, outbound("hola"), outcome);
      // then
      if (!(idempotent() && result instanceof SendResult.RetryLater)) {
        assertThat(result).as("after %s", outcome).isInstanceOf(SendResult.Unconfirmed.class);
      }
    }
  }

  @Test
  default void shouldNeverDenyWhatMayHaveBeenTaken() {
    ProviderAnswers answers = answersOrSkip();
    Assumptions.assumeTrue(Payload.read(answers.accepted().body()).isPresent());
    Stream.concat(
            Mutation.replacedValues(answers.accepted().body()),
            Mutation.removedValues(answers.accepted().body()))
        .forEach(
            odd ->
                assertThat(
                        Subject.send(
                            this, outbound("hola"), new Answered(200, Map.of(), odd.body())))
                    .as("%s", odd)
                    .isInstanceOfAny(SendResult.Accepted.class, SendResult.Unconfirmed.class));
  }

  @Test
  default void shouldSurviveOddRefusals() {
    ProviderAnswers answers = answersOrSkip();
    List<Answered> refusals = new ArrayList<>(answers.throttled().values());
    refusals.addAll(answers.recipientBlocked().values());
    for (Answered refusal : refusals) {
      Stream<Mutation> odd = Mutation.cut(refusal.body());
      if (Payload.read(refusal.body()).isPresent()) {
        odd =
            Stream.of(
                    odd,
                    Mutation.replacedValues(refusal.body()),
                    Mutation.removedValues(refusal.body()))
                .flatMap(mutations -> mutations);
      }
      odd.forEach(
          mutation ->
              assertThat(
                      Subject.send(
                          this,
                          outbound("hola"),
                          new Answered(refusal.status(), refusal.headers(), mutation.body())))
                  .as("%s", mutation)
                  .isNotNull()
                  .isNotInstanceOf(SendResult.Accepted.class));
    }
  }

  @Test
  default void shouldAskToRetryWhenThereIsNoConnection() {
    answersOrSkip();
    assertThat(Subject.send(this, outbound("hola"), new Outcome.NotSent("connection refused")))
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class,
            later -> {
              assertThat(later.failure().error()).isEqualTo(DeliveryError.PROVIDER_UNAVAILABLE);
              assertThat(later.after()).isPositive();
            });
  }

  @Test
  default void shouldNeverPrintSecrets() {
    assertThat(secrets())
        .isNotEmpty()
        .allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(7));
    List<Object> said = Collections.synchronizedList(new ArrayList<>());
    // when
    String printed = Transcript.of(() -> sayEverything(said));
    // then
    assertThat(printed).as("standard output and logs").doesNotContain(secrets());
    for (Object thing : said) {
      assertThat(thing.toString()).doesNotContain(secrets());
    }
  }

  private void sayEverything(List<Object> said) {
    said.add(provider());
    said.add(settings());
    ScriptedHttp http = ScriptedHttp.silent();
    Channel channel = new Subject(this, http).channel();
    said.add(channel);
    List<byte[]> bodies = new ArrayList<>(ChannelPayloads.of(this));
    bodies.add("{".getBytes(StandardCharsets.UTF_8));
    bodies.add(new byte[0]);
    for (byte[] body : bodies) {
      List<RawDelivery> deliveries = new ArrayList<>(badlySigned(body));
      deliveries.add(signed(body));
      deliveries.addAll(forOtherAccounts());
      for (RawDelivery delivery : deliveries) {
        said.add(delivery);
        said.add(channel.parse(delivery));
        if (channel instanceof PushChannel push) {
          said.add(push.verify(delivery));
          said.add(push.handshake(delivery));
        }
      }
    }
    answers().ifPresent(answers -> sayEverySend(answers, said));
    invalidSettings().values().forEach(settings -> said.add(catchCreate(settings)));
  }

  private void sayEverySend(ProviderAnswers answers, List<Object> said) {
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(answers.accepted());
    outcomes.addAll(answers.throttled().values());
    outcomes.addAll(answers.recipientBlocked().values());
    for (String secret : secrets()) {
      outcomes.add(answers.refusingWithText().apply("Malformed access token " + secret + "!"));
      outcomes.add(new Outcome.NotSent("no route for Bearer " + secret));
      outcomes.add(new Outcome.AnswerLost("timeout of Bearer " + secret));
      byte[] html = ("<b>" + secret + "</b>").getBytes(StandardCharsets.UTF_8);
      outcomes.add(new Answered(200, Map.of(), html));
      outcomes.add(new Answered(500, Map.of(), html));
    }
    for (Outcome outcome : outcomes) {
      ScriptedHttp http = ScriptedHttp.answering(outcome);
      said.add(new Subject(this, http).channel().send(outbound("hola")));
      said.addAll(http.calls());
    }
  }

  private String catchCreate(ChannelSettings settings) {
    ChannelContext context = new ChannelContext(ScriptedHttp.silent(), new ContractClock(now()));
    return Transcript.of(catchThrowable(() -> provider().create(settings, context)));
  }

  @Test
  default void shouldReachNoOtherHost() {
    // A new name each time: the platform remembers a failed look-up without its message.
    String host = "h" + System.nanoTime() + ".example.org";
    assertThatThrownBy(() -> InetAddress.getAllByName(host))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining(LoopbackOnly.REFUSAL);
  }

  @TestFactory
  default Stream<DynamicTest> shouldMatchGoldenPairs() {
    List<GoldenPair> pairs = GoldenPair.in(goldenFolder());
    assertThat(pairs).as("golden pairs in %s", goldenFolder()).isNotEmpty();
    Subject subject = new Subject(this, ScriptedHttp.silent());
    return pairs.stream()
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair.name(),
                    () ->
                        pair.check(
                            subject.parse(pair.delivery(signed(pair.request())), pair.name()))));
  }

  @Test
  default void shouldRoundTripGoldenEvents() {
    for (GoldenPair pair : GoldenPair.in(goldenFolder())) {
      assertThat(EventJson.write(EventJson.read(pair.events())))
          .as(pair.name())
          .isEqualTo(pair.events().strip());
    }
  }

  // -------------------------------------------------------------------------------------- details

  private ProviderAnswers answersOrSkip() {
    Assumptions.assumeTrue(answers().isPresent(), "the channel itself is the provider");
    return answers().orElseThrow();
  }

  private boolean idempotent() {
    return new Subject(this, ScriptedHttp.silent()).channel().capabilities().confirmation()
        == Capabilities.Confirmation.IDEMPOTENT;
  }

  private static void assertRejected(SendResult result, Set<DeliveryError> errors) {
    if (result instanceof SendResult.Rejected rejected) {
      assertThat(rejected.failure().error()).isIn(errors);
    } else {
      fail("expected a rejection, got %s", result);
    }
  }
}
