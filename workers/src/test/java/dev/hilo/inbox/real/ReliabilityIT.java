package dev.hilo.inbox.real;

import static dev.hilo.inbox.real.Stack.awaitTrue;
import static dev.hilo.inbox.real.Stack.textWebhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.Together;
import dev.hilo.inbox.real.TriggerProxy.When;
import dev.hilo.platform.Platform;
import dev.hilo.platform.PlatformExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold whatever dies: on the real engine, the real store, and Hilo as a process. */
@ExtendWith(PlatformExtension.class)
class ReliabilityIT {

  private static final long SECOND = 1_795_000_000L;
  private static final AtomicInteger NUMBERS = new AtomicInteger(3000000);

  private static Stack stack;

  @BeforeAll
  static void start(Platform platform) throws Exception {
    stack = Stack.start(platform);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.stop();
  }

  @BeforeEach
  void calm() throws Exception {
    if (!stack.hiloIsAlive()) {
      stack.startHilo();
    }
    stack.control("POST", "/reset", null);
    awaitTrue(
        "accounts that may send",
        () ->
            stack.documents("accounts", "channel", "whatsapp").stream()
                .noneMatch(account -> account.hasNonNull("hold")));
  }

  /** A number that nobody has written from before. */
  private static String newNumber() {
    return "+57300" + NUMBERS.incrementAndGet();
  }

  private static String digits(String number) {
    return number.substring(1);
  }

  private static String contactOf(String number) throws Exception {
    List<String> contacts = stack.contactsOf(number);
    assertThat(contacts).as("contacts of one customer").hasSize(1);
    return contacts.getFirst();
  }

  @Test
  void shouldMakeOneConversationOfFiftyParallelFirstMessages() throws Exception {
    // given
    String number = newNumber();
    long contactsBefore = stack.count("contacts");
    List<Callable<Integer>> deliveries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String body =
          textWebhook(digits(number), "wamid.fifty" + number + i, "mensaje " + i, SECOND + i);
      deliveries.add(() -> untilAcknowledged(body));
    }
    Collections.shuffle(deliveries, new Random(1));

    // when
    Together.run(deliveries);

    // then
    String contact = contactOf(number);
    assertThat(stack.messagesOf(number)).hasSize(50);
    assertThat(stack.count("contacts")).isEqualTo(contactsBefore + 1);
    String task = stack.awaitTask(contact);
    assertThat(stack.conversationsOf(contact)).hasSize(1);
    assertThat(task).isNotBlank();
    List<String> inOrder =
        stack.messagesOf(number).stream()
            .sorted(Comparator.comparing(message -> message.path("occurredAt").asText()))
            .map(message -> message.path("text").asText())
            .toList();
    assertThat(inOrder.getFirst()).isEqualTo("mensaje 0");
    assertThat(inOrder.getLast()).isEqualTo("mensaje 49");
  }

  @Test
  void shouldChangeNothingWhenEverythingIsDeliveredThreeTimesInAnyOrder() throws Exception {
    // given
    List<String> numbers = List.of(newNumber(), newNumber(), newNumber());
    List<Callable<Integer>> deliveries = new ArrayList<>();
    for (String number : numbers) {
      for (int i = 0; i < 5; i++) {
        String body =
            textWebhook(digits(number), "wamid.triple" + number + i, "texto " + i, SECOND + i);
        for (int times = 0; times < 3; times++) {
          deliveries.add(() -> untilAcknowledged(body));
        }
      }
    }
    Collections.shuffle(deliveries, new Random(2));

    // when
    Together.run(deliveries);

    // then
    for (String number : numbers) {
      String contact = contactOf(number);
      assertThat(stack.messagesOf(number)).hasSize(5);
      stack.awaitTask(contact);
      assertThat(stack.conversationsOf(contact)).hasSize(1);
      assertThat(stack.thread(contact).path("lastSequence").asInt()).isEqualTo(5);
    }
  }

  @Test
  void shouldOpenNothingWhenAMessageIsRedeliveredAfterTheClose() throws Exception {
    // given: the provider delivers to a number that it has not seen writing
    stack.control("PUT", "/settings", Map.of("window", "off", "unknownNumbers", "create"));
    String number = newNumber();
    String body = textWebhook(digits(number), "wamid.closed" + number, "hola", now());
    untilAcknowledged(body);
    String contact = contactOf(number);
    stack.answer(stack.awaitTask(contact), "listo", "send-resolve", 1);
    awaitTrue(
        "closed conversation",
        () -> stack.thread(contact).path("conversation").path("state").asText().equals("CLOSED"));

    // when
    untilAcknowledged(body);
    untilAcknowledged(body);
    // A message of somebody else shows that the engine has done what came before it.
    String witness = newNumber();
    untilAcknowledged(textWebhook(digits(witness), "wamid.witness" + number, "hola", now()));
    stack.awaitTask(contactOf(witness));

    // then
    assertThat(stack.openTasks(contact)).isEmpty();
    assertThat(stack.conversationsOf(contact)).hasSize(1);
    assertThat(stack.messagesOf(number)).hasSize(2);
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        Arguments.of("received", "GET /hilo-aliases/_doc", When.BEFORE),
        Arguments.of("alias stored", "PUT /hilo-aliases/_doc", When.AFTER),
        Arguments.of("contact stored", "PUT /hilo-contacts/_doc", When.AFTER),
        Arguments.of("message about to be stored", "PUT /hilo-messages/_doc", When.BEFORE),
        Arguments.of("message stored", "PUT /hilo-messages/_doc", When.AFTER),
        Arguments.of("thread about to be written", "PUT /hilo-threads/_doc", When.BEFORE),
        Arguments.of("thread written", "PUT /hilo-threads/_doc", When.AFTER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void shouldLoseAndDoubleNothingWhenHiloIsKilledAtAStepOfThePathIn(
      String step, String request, When when) throws Exception {
    // given
    String number = newNumber();
    stack.store().at(request, when, stack::killHilo);

    // when
    stack.customerWrites(number, "¿Dónde está mi pedido?");
    awaitTrue("death of Hilo", () -> !stack.hiloIsAlive());
    stack.startHilo();

    // then
    awaitTrue("message in the store", () -> stack.messagesOf(number).size() == 1);
    String contact = contactOf(number);
    stack.awaitTask(contact);
    assertThat(stack.conversationsOf(contact)).hasSize(1);
    assertThat(stack.thread(contact).path("lastSequence").asInt()).isEqualTo(1);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenHiloIsKilledBetweenPublishAndAcknowledge() throws Exception {
    // given
    String number = newNumber();
    stack.engine().at("customer-message", When.AFTER, stack::killHilo);

    // when
    stack.customerWrites(number, "¿Dónde está mi pedido?");
    awaitTrue("death of Hilo", () -> !stack.hiloIsAlive());
    stack.startHilo();

    // then
    awaitTrue(
        "acknowledged webhook",
        () -> stack.control("GET", "", null).path("webhooks").path("pending").asInt() == 0);
    String contact = contactOf(number);
    stack.awaitTask(contact);
    assertThat(stack.messagesOf(number)).hasSize(1);
    assertThat(stack.conversationsOf(contact)).hasSize(1);
  }

  @Test
  void shouldSendOnceWhenHiloIsKilledDuringTheSend() throws Exception {
    // given: the provider takes the message and is slow to say so
    String number = newNumber();
    stack.customerWrites(number, "hola");
    awaitTrue("message in the store", () -> stack.messagesOf(number).size() == 1);
    String contact = contactOf(number);
    String task = stack.awaitTask(contact);
    stack.control(
        "POST", "/faults", Map.of("next", 1, "fault", "timeout-after-accept", "delayMs", 8000));

    // when
    stack.answer(task, "Llega mañana", "send-wait", 1);
    awaitTrue("send call", () -> stack.control("GET", "/calls", null).path("sends").asInt() > 0);
    stack.killHilo();
    stack.startHilo();

    // then
    awaitTrue("answer on the phone", () -> stack.received(number).size() == 1);
    awaitTrue(
        "sent answer in the thread",
        () ->
            stack.messagesOf(number).stream()
                .anyMatch(
                    message -> message.path("state").asText().matches("SENT|DELIVERED|READ")));
    awaitTrue("conversation that waits", () -> stack.thread(contact).path("cursor").asInt() == 1);
    assertThat(stack.received(number)).containsExactly("Llega mañana");
    assertThat(stack.messagesOf(number)).hasSize(2);
    assertThat(stack.openTasks(contact)).isEmpty();
  }

  @Test
  void shouldSendOnceWhenHiloIsKilledBeforeTheProviderIsCalled() throws Exception {
    // given
    String number = newNumber();
    stack.customerWrites(number, "hola");
    awaitTrue("message in the store", () -> stack.messagesOf(number).size() == 1);
    String contact = contactOf(number);
    String task = stack.awaitTask(contact);
    stack.store().at("PUT /hilo-messages/_doc/out-", When.AFTER, stack::killHilo);

    // when
    stack.answer(task, "Llega mañana", "send-wait", 1);
    awaitTrue("death of Hilo", () -> !stack.hiloIsAlive());
    stack.startHilo();

    // then
    awaitTrue("answer on the phone", () -> stack.received(number).size() == 1);
    awaitTrue("conversation that waits", () -> stack.thread(contact).path("cursor").asInt() == 1);
    assertThat(stack.received(number)).containsExactly("Llega mañana");
    assertThat(stack.messagesOf(number)).hasSize(2);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenHiloIsKilledUnderTraffic() throws Exception {
    survive(
        () -> {
          stack.killHilo();
          stack.startHilo();
        });
  }

  @Test
  void shouldLoseAndDoubleNothingWhenTheBrokerIsKilledUnderTraffic() throws Exception {
    survive(
        () -> {
          stack.platform().killBroker();
          stack.platform().startBroker();
        });
  }

  @Test
  void shouldLoseAndDoubleNothingWhenTheStoreIsKilledUnderTraffic() throws Exception {
    survive(
        () -> {
          stack.platform().killStore();
          stack.platform().startStore();
        });
  }

  /** Something that goes wrong. */
  private interface Disaster {
    void strike() throws Exception;
  }

  /**
   * Twenty customers write five messages each, redelivered until acknowledged, while it strikes.
   */
  private static void survive(Disaster disaster) throws Exception {
    // given
    List<String> numbers = Stream.generate(ReliabilityIT::newNumber).limit(20).toList();
    ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 5; i++) {
      for (String number : numbers) {
        bodies.add(
            textWebhook(digits(number), "wamid.storm" + number + i, "texto " + i, SECOND + i));
      }
    }
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean struck = new AtomicBoolean();

    // when
    try (var senders = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> work =
          Collections.nCopies(
              4,
              () -> {
                for (String body = bodies.poll(); body != null; body = bodies.poll()) {
                  untilAcknowledged(body);
                  acknowledged.incrementAndGet();
                }
                return true;
              });
      List<java.util.concurrent.Future<Boolean>> running =
          work.stream().map(senders::submit).toList();
      awaitTrue("some traffic", () -> acknowledged.get() >= 10);
      disaster.strike();
      struck.set(true);
      for (var one : running) {
        one.get();
      }
    }

    // then
    assertThat(struck).isTrue();
    for (String number : numbers) {
      String contact = contactOf(number);
      assertThat(stack.messagesOf(number)).as("messages of " + number).hasSize(5);
      assertThat(stack.thread(contact).path("lastSequence").asInt()).isEqualTo(5);
      stack.awaitTask(contact);
      assertThat(
              stack.conversationsOf(contact).stream()
                  .map(conversation -> conversation.path("id").asText())
                  .distinct()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void shouldTellTheAgentARefusalAndLeaveNoIncident() throws Exception {
    // given
    String number = newNumber();
    stack.customerWrites(number, "hola");
    awaitTrue("message in the store", () -> stack.messagesOf(number).size() == 1);
    String contact = contactOf(number);
    String task = stack.awaitTask(contact);
    stack.control("POST", "/faults", Map.of("next", 1, "fault", "error", "code", 190));

    // when
    stack.answer(task, "Ya va", "send-wait", 1);

    // then
    String again =
        Stack.await(
            "returned task",
            () -> stack.openTasks(contact).stream().filter(id -> !id.equals(task)).findFirst());
    assertThat(again).isNotBlank();
    assertThat(stack.received(number)).isEmpty();
  }

  @Test
  void shouldAskTheAgentWhenNobodyKnowsWhetherTheAnswerWasSent() throws Exception {
    // given: the provider hangs and has not taken it
    String number = newNumber();
    stack.customerWrites(number, "hola");
    awaitTrue("message in the store", () -> stack.messagesOf(number).size() == 1);
    String contact = contactOf(number);
    String task = stack.awaitTask(contact);
    stack.control("POST", "/faults", Map.of("next", 1, "fault", "drop"));

    // when
    stack.answer(task, "Ya va", "send-wait", 1);

    // then
    Stack.await(
        "returned task",
        () -> stack.openTasks(contact).stream().filter(id -> !id.equals(task)).findFirst());
    assertThat(stack.received(number)).isEmpty();
    assertThat(stack.control("GET", "/calls", null).path("sends").asInt()).isEqualTo(1);
  }

  @Test
  void shouldTryAgainWhenTheProviderThrottles() throws Exception {
    // given
    String number = newNumber();
    stack.customerWrites(number, "hola");
    awaitTrue("message in the store", () -> stack.messagesOf(number).size() == 1);
    String contact = contactOf(number);
    String task = stack.awaitTask(contact);
    stack.control("POST", "/faults", Map.of("next", 2, "fault", "error", "code", 130429));

    // when
    stack.answer(task, "Ya va", "send-wait", 1);

    // then
    awaitTrue("answer on the phone", () -> stack.received(number).size() == 1);
    assertThat(stack.received(number)).containsExactly("Ya va");
  }

  @Test
  void shouldRefuseWhatIsNotRight() throws Exception {
    // given
    long before = stack.count("messages");
    String body = textWebhook("573009990000", "wamid.refused", "hola", SECOND);
    String good = Stack.signature(body);

    // then
    assertThat(stack.webhook(body, "application/json", "sha256=" + "0".repeat(64)).status())
        .isEqualTo(401);
    assertThat(stack.webhook(body, "text/plain", good).status()).isEqualTo(415);
    String broken = body.substring(0, 40);
    assertThat(stack.webhook(broken, "application/json", Stack.signature(broken)).status())
        .isEqualTo(400);
    String stranger = body.replace(Stack.BUSINESS, "999");
    assertThat(stack.webhook(stranger).status()).isEqualTo(404);
    String huge = "{\"a\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}";
    Stack.Answer tooLarge = stack.webhook(huge);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.json().path("error").asText()).contains("bytes").doesNotContain("\n");
    assertThat(stack.count("messages")).isEqualTo(before);
  }

  /** Delivers as a provider does: again until it is acknowledged. */
  private static int untilAcknowledged(String body) throws Exception {
    for (int attempt = 1; attempt <= 200; attempt++) {
      try {
        Stack.Answer answer = stack.webhook(body);
        if (answer.status() == 200) {
          return attempt;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      } catch (java.io.IOException e) {
        // Nobody there at the moment.
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new AssertionError("not acknowledged after 200 deliveries");
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
