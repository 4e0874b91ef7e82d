package dev.hilo.inbox.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hilo.channel.ProfileChannel;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks providers for the names of customers whose messages do not say them. */
@Component
class ProfileLookup {

  private static final Logger LOG = LoggerFactory.getLogger(ProfileLookup.class);

  /** Somebody whose name the provider does not tell is not asked for with every message. */
  private static final Duration ASK_AGAIN = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Channels channels;
  private final Contacts contacts;
  private final Cache<String, Boolean> asked =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(ASK_AGAIN).build();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  ProfileLookup(Channels channels, Contacts contacts) {
    this.channels = channels;
    this.contacts = contacts;
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  @EventListener
  void arrived(MessageChanged change) {
    MessageRecord message = change.message();
    if (message.direction() == Direction.IN
        && message.senderName().isEmpty()
        && asked.asMap().putIfAbsent(message.contactId(), true) == null) {
      channels
          .channel(message.channel().value(), ProfileChannel.class)
          .ifPresent(channel -> await(executor.submit(() -> ask(channel, message))));
    }
  }

  /** So that the agent's first task has the name; a slow provider holds nobody up. */
  private static void await(Future<?> answer) {
    try {
      answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the name comes later, or not at all", e);
    }
  }

  private void ask(ProfileChannel channel, MessageRecord message) {
    try {
      if (contacts.root(message.contactId()).displayName().isEmpty()) {
        channel
            .profile(message.account(), message.address())
            .ifPresent(
                profile ->
                    contacts.introduced(
                        message.contactId(), profile.displayName(), profile.language()));
      }
    } catch (RuntimeException e) {
      // The name is a courtesy; the next message asks again.
      asked.invalidate(message.contactId());
      LOG.warn("a name was not looked up: {}", e.getClass().getSimpleName());
    }
  }
}
