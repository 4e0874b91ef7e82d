package dev.hilo.inbox.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Publishes with the engine's back-pressure respected: few at once, refused ones again after a
 * growing, jittered pause, and an error when the time is up.
 */
@Component
final class ZeebeEngine implements Engine {

  /** Starts a conversation, or wakes the one that is open. Correlated on the contact's id. */
  private static final String CUSTOMER_MESSAGE = "customer-message";

  /** Wakes the agent's step of an open conversation. Correlated on the contact's id. */
  private static final String CUSTOMER_WROTE_AGAIN = "customer-wrote-again";

  /** Ends the conversation of a contact that was merged into another. */
  private static final String CONTACT_MERGED = "contact-merged";

  /** Answers after which the same command may be sent again. */
  private static final Set<Status.Code> PASSING =
      Set.of(
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.CANCELLED,
          Status.Code.ABORTED);

  private final CamundaClient client;
  private final EngineSettings settings;
  private final Clock clock;
  private final Semaphore inFlight;
  private final Counter pushedBack;

  ZeebeEngine(CamundaClient client, EngineSettings settings, Clock clock, MeterRegistry metrics) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.inFlight = new Semaphore(settings.publishesInFlight());
    this.pushedBack = metrics.counter("hilo.engine.pushed.back");
  }

  @Override
  public void customerMessage(String contactId, String messageId) {
    publish(
        CUSTOMER_MESSAGE,
        contactId,
        messageId,
        settings.messageTimeToLive(),
        Map.of("contactId", contactId));
  }

  @Override
  public void wakeAgentStep(String contactId, long newest) {
    publish(
        CUSTOMER_WROTE_AGAIN,
        contactId,
        contactId + ":" + newest,
        settings.wakeTimeToLive(),
        Map.of());
  }

  @Override
  public void contactMerged(String contactId, String into) {
    publish(
        CONTACT_MERGED,
        contactId,
        contactId + ">" + into,
        settings.wakeTimeToLive(),
        Map.of("mergedInto", into));
  }

  private void publish(
      String name, String key, String id, Duration timeToLive, Map<String, String> variables) {
    Instant end = clock.instant().plus(settings.publishTimeLimit());
    Duration pause = Duration.ofMillis(20);
    boolean admitted = false;
    try {
      admitted = inFlight.tryAcquire(settings.publishTimeLimit().toMillis(), TimeUnit.MILLISECONDS);
      if (!admitted) {
        throw unavailable(name, new TimeoutException("too many publishes under way"));
      }
      while (true) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
          throw unavailable(name, new TimeoutException("the engine pushed back for too long"));
        }
        try {
          client
              .newPublishMessageCommand()
              .messageName(name)
              .correlationKey(key)
              .messageId(id)
              .timeToLive(timeToLive)
              .variables(variables)
              .requestTimeout(left)
              .send()
              .toCompletableFuture()
              .get(left.toMillis() + 250, TimeUnit.MILLISECONDS);
          return;
        } catch (ExecutionException | CompletionException | CancellationException e) {
          Status.Code code = Status.fromThrowable(e).getCode();
          if (code == Status.Code.ALREADY_EXISTS) {
            return;
          }
          if (!PASSING.contains(code)) {
            throw unavailable(name, e);
          }
          pushedBack.increment();
        }
        TimeUnit.MILLISECONDS.sleep(
            pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis()));
        pause = pause.multipliedBy(2);
      }
    } catch (TimeoutException | ClientStatusException e) {
      throw unavailable(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(name, e);
    } finally {
      if (admitted) {
        inFlight.release();
      }
    }
  }

  private static EngineUnavailableException unavailable(String name, Throwable cause) {
    return new EngineUnavailableException(
        "the engine did not take " + name + ": " + cause.getMessage(), cause);
  }
}
