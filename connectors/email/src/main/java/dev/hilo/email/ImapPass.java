package dev.hilo.email;

import dev.hilo.channel.PolledChannel.Outcome;
import dev.hilo.channel.PolledChannel.Receiver;
import dev.hilo.channel.RawDelivery;
import dev.hilo.email.EmailSettings.Mailbox;
import dev.hilo.email.ImapCursor.Place;
import dev.hilo.email.ImapFolder.Head;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One pass over a folder: everything behind the cursor is handed over, in the order of arrival.
 *
 * <p>The cursor is kept before the mails are marked read, so a crash leaves at worst a mail unread
 * that was taken. A mail that breaks the connection again and again, or that the server does not
 * hand out, is set aside; it never holds up the others.
 */
final class ImapPass {

  /** What a delivery says of its folder: {@code inbox}, {@code junk} or {@code sent}. */
  static final String FOLDER = "Hilo-Folder";

  private static final int HEADS = 200;
  private static final int BATCH = 50;
  private static final long BATCH_BYTES = 4L * 1024 * 1024;
  private static final int MOST_BREAKS = 4;
  private static final Duration LEAST_LOOK_BACK = Duration.ofDays(1);

  private final Mailbox mailbox;
  private final ImapFolder folder;
  private final String name;
  private final Receiver receiver;
  private final Clock clock;
  private ImapCursor cursor;
  private Place place = Place.before(0, 1);

  ImapPass(
      Mailbox mailbox,
      ImapFolder folder,
      String name,
      ImapCursor cursor,
      Receiver receiver,
      Clock clock) {
    this.mailbox = mailbox;
    this.folder = folder;
    this.name = name;
    this.cursor = cursor;
    this.receiver = receiver;
    this.clock = clock;
  }

  /**
   * Hands over what is there.
   *
   * @param justOpened whether the cursor may be of before the folder was opened
   * @return the cursor behind it
   * @throws MessagingException when the connection broke
   * @throws IOException when a mail could not be taken now
   */
  ImapCursor run(boolean justOpened) throws MessagingException, IOException, InterruptedException {
    place = justOpened ? start() : cursor.place(name).orElseThrow();
    for (long uid : pending()) {
      one(uid);
      keep();
    }
    NavigableSet<Long> found = folder.after(place.last());
    while (!found.isEmpty() || folder.hasArrivals()) {
      List<Long> uids = new ArrayList<>(found);
      for (int from = 0; from < uids.size(); from += HEADS) {
        some(uids.subList(from, Math.min(from + HEADS, uids.size())));
      }
      found = folder.after(place.last());
    }
    return cursor;
  }

  private List<Long> pending() {
    return place.pending().entrySet().stream()
        .sorted(
            Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Comparator.comparing(Map.Entry::getKey)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The place as kept, or a new one when the server has numbered the folder anew. */
  private Place start() throws MessagingException, IOException {
    Optional<Place> kept = cursor.place(name);
    long next = folder.nextAtOpening();
    if (kept.isPresent()
        && kept.get().validity() == folder.validity()
        && (next < 1 || next > kept.get().last())) {
      return kept.get();
    }
    Duration back = mailbox.lookBack();
    if (kept.isPresent() && back.compareTo(LEAST_LOOK_BACK) < 0) {
      back = LEAST_LOOK_BACK;
    }
    Instant from = kept.flatMap(Place::takenAt).orElseGet(clock::instant).minus(back);
    // The day is the server's, somewhere on earth; what comes twice is known by its message id.
    NavigableSet<Long> found =
        back.isZero()
            ? new TreeSet<>()
            : folder.since(LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1));
    NavigableSet<Long> all = found.isEmpty() && next < 1 ? folder.after(0) : found;
    long first =
        !found.isEmpty() ? found.first() : next > 0 ? next : all.isEmpty() ? 1 : all.last() + 1;
    place = Place.before(folder.validity(), first);
    keep();
    return place;
  }

  private void some(List<Long> uids) throws MessagingException, IOException, InterruptedException {
    Map<Long, Head> heads = folder.heads(uids);
    List<Long> batch = new ArrayList<>();
    long bytes = 0;
    for (long uid : uids) {
      Head head = heads.get(uid);
      if (head != null && head.size() > mailbox.maxBytes()) {
        batch(batch, heads);
        batch = new ArrayList<>();
        bytes = 0;
        tooLarge(uid, head);
      } else {
        long size = head == null ? 0 : head.size();
        if (batch.size() == BATCH || (bytes > 0 && bytes + size > BATCH_BYTES)) {
          batch(batch, heads);
          batch = new ArrayList<>();
          bytes = 0;
        }
        batch.add(uid);
        bytes += size;
      }
    }
    batch(batch, heads);
  }

  private void batch(List<Long> uids, Map<Long, Head> heads)
      throws MessagingException, IOException, InterruptedException {
    if (uids.isEmpty()) {
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Map<Long, byte[]> bodies = bodies(uids);
    List<Long> together = new ArrayList<>();
    for (long uid : uids) {
      if (bodies.containsKey(uid)) {
        together.add(uid);
      } else {
        take(together, bodies, heads);
        together.clear();
        one(uid);
      }
    }
    take(together, bodies, heads);
    keep();
  }

  /** A mail that did not come with the others. */
  private void one(long uid) throws MessagingException, IOException, InterruptedException {
    if (place.pending().getOrDefault(uid, 0) >= MOST_BREAKS) {
      setAside(uid, "the connection broke each time that it was fetched", new byte[0]);
      return;
    }
    Optional<Head> head = Optional.ofNullable(folder.heads(List.of(uid)).get(uid));
    if (head.isPresent() && head.get().size() > mailbox.maxBytes()) {
      tooLarge(uid, head.get());
      return;
    }
    Map<Long, byte[]> bodies = bodies(List.of(uid));
    if (bodies.containsKey(uid)) {
      Map<Long, Head> heads = new HashMap<>();
      head.ifPresent(known -> heads.put(uid, known));
      take(List.of(uid), bodies, heads);
    } else if (folder.exists(uid)) {
      setAside(uid, "the server does not hand it out", new byte[0]);
    } else {
      place = place.past(uid);
    }
  }

  private Map<Long, byte[]> bodies(List<Long> uids) throws MessagingException, IOException {
    try {
      return folder.bodies(uids);
    } catch (MessagingException e) {
      place = place.suspecting(uids);
      keep();
      throw e;
    }
  }

  private void tooLarge(long uid, Head head) throws MessagingException, IOException {
    String reason = "it has " + head.size() + " bytes, at most " + mailbox.maxBytes() + " are read";
    setAside(uid, reason, folder.header(uid));
  }

  /** Hands mails over; the place is then behind the last before which all were dealt with. */
  private void take(List<Long> uids, Map<Long, byte[]> bodies, Map<Long, Head> heads)
      throws MessagingException, IOException, InterruptedException {
    if (uids.isEmpty()) {
      return;
    }
    String kind = mailbox.kindOf(name);
    List<RawDelivery> deliveries = new ArrayList<>();
    for (long uid : uids) {
      Optional<Head> head = Optional.ofNullable(heads.get(uid));
      deliveries.add(
          new RawDelivery(
              Optional.of(mailbox.id()),
              Map.of(FOLDER, List.of(kind)),
              Map.of(),
              java.util.Objects.requireNonNull(bodies.remove(uid)),
              head.flatMap(Head::receivedAt).orElseGet(clock::instant)));
    }
    List<Outcome> outcomes = receiver.take(deliveries);
    List<Long> seen = new ArrayList<>();
    Optional<IOException> later = Optional.empty();
    for (int i = 0; i < uids.size() && later.isEmpty(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.Taken taken -> {
          place = place.past(uids.get(i));
          if (!kind.equals("sent")) {
            seen.add(uids.get(i));
          }
        }
        case Outcome.SetAside aside -> place = place.past(uids.get(i));
        case Outcome.Later notNow -> later = Optional.of(notNow.cause());
      }
    }
    place = later.isPresent() && seen.isEmpty() ? place : place.takenAt(clock.instant());
    keep();
    markSeen(seen);
    if (later.isPresent()) {
      throw later.get();
    }
  }

  private void setAside(long uid, String reason, byte[] raw) throws IOException {
    receiver.setAside(name + ", mail " + place.validity() + "/" + uid, reason, raw);
    place = place.past(uid).takenAt(clock.instant());
    keep();
  }

  private void markSeen(List<Long> uids) throws MessagingException {
    if (mailbox.markSeen() && !uids.isEmpty()) {
      folder.markSeen(uids);
    }
  }

  private void keep() throws IOException {
    ImapCursor next = cursor.with(name, place);
    if (!next.equals(cursor)) {
      receiver.keep(next.text());
      cursor = next;
    }
  }
}
