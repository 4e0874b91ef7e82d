package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.Gathering;
import dev.hilo.simulators.time.Agenda;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Tells businesses what became of their messages, in the order and number that was asked for. */
final class Statuses {

  private final Gathering<Update> gathering;
  private final Supplier<Behaviour> behaviour;
  private final Agenda agenda;
  private final InstantSource clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Update> held = new ArrayList<>();
  private final Map<String, List<Update>> reordering = new HashMap<>();
  private Random random = new Random(1);

  /** The states that a message goes through. */
  enum Status {
    SENT,
    DELIVERED,
    READ,
    FAILED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A message that statuses are about.
   *
   * @param recipient number with its plus, or user id
   * @param userId of the recipient when the number is known too
   */
  record About(
      BusinessNumber number,
      String wamid,
      String recipient,
      Optional<String> userId,
      Optional<Template> template,
      Optional<String> opaque) {}

  Statuses(
      Gathering<Update> gathering,
      Supplier<Behaviour> behaviour,
      Agenda agenda,
      InstantSource clock) {
    this.gathering = gathering;
    this.behaviour = behaviour;
    this.agenda = agenda;
    this.clock = clock;
  }

  void failed(About about, GraphError error) {
    ObjectNode status = status(about, Status.FAILED);
    status.putArray("errors").add(error.asStatusError());
    report(about, status);
  }

  void reached(About about, Status state) {
    ObjectNode status = status(about, state);
    if (state != Status.READ) {
      // Source: webhook reference: pricing stands on sent or delivered; the conversation is left
      // out since v24.0.
      boolean free = about.template().isEmpty();
      status
          .putObject("pricing")
          .put("billable", !free)
          .put("pricing_model", "PMP")
          .put("type", free ? "free_customer_service" : "regular")
          .put(
              "category",
              about
                  .template()
                  .map(template -> template.category().name().toLowerCase(Locale.ROOT))
                  .orElse("service"));
    }
    report(about, status);
  }

  private ObjectNode status(About about, Status state) {
    ObjectNode status = Json.MAPPER.createObjectNode();
    status.put("id", about.wamid());
    status.put("status", state.word());
    status.put("timestamp", Long.toString(clock.instant().getEpochSecond()));
    if (about.recipient().startsWith("+")) {
      status.put("recipient_id", about.recipient().substring(1));
      about.userId().ifPresent(id -> status.put("recipient_user_id", id));
    } else {
      status.put("recipient_user_id", about.recipient());
    }
    about.opaque().ifPresent(value -> status.put("biz_opaque_callback_data", value));
    return status;
  }

  private void report(About about, ObjectNode status) {
    Behaviour.StatusRules rules = behaviour.get().statuses();
    Update update = Update.status(about.number(), status);
    List<Update> copies = Collections.nCopies(rules.copies(), update);
    lock.lock();
    try {
      if (rules.hold()) {
        held.addAll(copies);
        return;
      }
      if (rules.order() != Behaviour.Order.NATURAL) {
        boolean first = !reordering.containsKey(about.wamid());
        reordering.computeIfAbsent(about.wamid(), id -> new ArrayList<>()).addAll(copies);
        if (first) {
          // Long enough for sent, delivered and read to meet.
          Duration meeting = rules.delay().multipliedBy(4).plusMillis(30);
          agenda.in(meeting, () -> sendReordered(about.wamid(), rules));
        }
        return;
      }
    } finally {
      lock.unlock();
    }
    gathering.submit(copies);
  }

  private void sendReordered(String wamid, Behaviour.StatusRules rules) {
    List<Update> own = new ArrayList<>();
    lock.lock();
    try {
      own.addAll(Optional.ofNullable(reordering.remove(wamid)).orElse(List.of()));
      if (rules.order() == Behaviour.Order.REVERSED) {
        Collections.reverse(own);
      } else {
        Collections.shuffle(own, random);
      }
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < own.size(); i++) {
      Update one = own.get(i);
      agenda.in(rules.delay().multipliedBy(i), () -> gathering.submit(List.of(one)));
    }
  }

  /** Sends what is held back. */
  int release() {
    List<Update> all = new ArrayList<>();
    lock.lock();
    try {
      all.addAll(held);
      held.clear();
    } finally {
      lock.unlock();
    }
    if (!all.isEmpty()) {
      gathering.submit(all);
    }
    return all.size();
  }

  int heldCount() {
    lock.lock();
    try {
      return held.size();
    } finally {
      lock.unlock();
    }
  }

  void reseed(long seed) {
    lock.lock();
    try {
      random = new Random(seed);
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      held.clear();
      reordering.clear();
    } finally {
      lock.unlock();
    }
  }
}
