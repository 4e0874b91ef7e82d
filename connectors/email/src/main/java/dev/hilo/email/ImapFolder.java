package dev.hilo.email;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/**
 * An open folder, spoken to by UIDs only: the library's own messages go by sequence numbers, which
 * change under our hands. Source: RFC 3501 §6.4.
 */
final class ImapFolder implements AutoCloseable {

  /** Source: RFC 3501 §9, date: the day without a leading zero. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ROOT);

  private final IMAPFolder folder;
  private final boolean writable;
  private boolean arrived;

  private ImapFolder(IMAPFolder folder, boolean writable) {
    this.folder = folder;
    this.writable = writable;
  }

  /** Opens it; for reading only when it may not be written. */
  static ImapFolder open(IMAPStore store, String name, boolean write) throws MessagingException {
    IMAPFolder folder = (IMAPFolder) store.getFolder(name);
    if (write) {
      try {
        folder.open(Folder.READ_WRITE);
        return new ImapFolder(folder, true);
      } catch (ReadOnlyFolderException e) {
        folder = (IMAPFolder) store.getFolder(name);
      }
    }
    folder.open(Folder.READ_ONLY);
    return new ImapFolder(folder, false);
  }

  IMAPFolder raw() {
    return folder;
  }

  long validity() throws MessagingException {
    return folder.getUIDValidity();
  }

  /** The UID that the next mail would have got when the folder was opened; -1: not said. */
  long nextAtOpening() throws MessagingException {
    return folder.getUIDNext();
  }

  /** UIDs greater than this, ascending. */
  NavigableSet<Long> after(long uid) throws MessagingException {
    // "n:*" always matches the last mail, also when its UID is less than n.
    return new TreeSet<>(search("UID " + (uid + 1) + ":*").tailSet(uid, false));
  }

  /** UIDs of the mails that came on this day or later, ascending. */
  NavigableSet<Long> since(LocalDate day) throws MessagingException {
    return search("SINCE " + DATE.format(day));
  }

  /**
   * Whether the last search's answer told of mails that the search itself did not see. A server
   * tells of each only once, so waiting for news would miss them.
   */
  boolean hasArrivals() {
    return arrived;
  }

  private NavigableSet<Long> search(String criteria) throws MessagingException {
    // The server shows a search what was there when it last told of news.
    run("NOOP");
    TreeSet<Long> uids = new TreeSet<>();
    arrived = false;
    Response[] responses = run("UID SEARCH " + criteria);
    for (Response response : responses) {
      if (response instanceof IMAPResponse one && one.keyEquals("SEARCH")) {
        for (long uid = one.readLong(); uid != -1; uid = one.readLong()) {
          uids.add(uid);
        }
      }
      arrived |= response instanceof IMAPResponse one && one.keyEquals("EXISTS");
    }
    requireOk(responses);
    return uids;
  }

  /**
   * What is known of a mail before it is fetched.
   *
   * @param size bytes; 0 when the server does not say
   */
  record Head(long size, Optional<Instant> receivedAt) {}

  /** Of those that are still there. */
  Map<Long, Head> heads(Collection<Long> uids) throws MessagingException {
    Map<Long, Head> heads = new HashMap<>();
    for (FetchResponse fetched : fetch(uids, "RFC822.SIZE INTERNALDATE")) {
      RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
      Optional<Date> date =
          Optional.ofNullable(fetched.getItem(INTERNALDATE.class)).map(INTERNALDATE::getDate);
      heads.put(
          fetched.getItem(UID.class).uid,
          new Head(size == null ? 0 : size.size, date.map(Date::toInstant)));
    }
    return heads;
  }

  /**
   * The raw mails, without marking them read; those that the server does not hand out are absent.
   */
  Map<Long, byte[]> bodies(Collection<Long> uids) throws MessagingException {
    return sections(uids, "BODY.PEEK[]");
  }

  /** The first bytes of a mail's header, as far as the server hands them out. */
  byte[] header(long uid) throws MessagingException {
    return sections(List.of(uid), "BODY.PEEK[HEADER]<0.65536>").getOrDefault(uid, new byte[0]);
  }

  private Map<Long, byte[]> sections(Collection<Long> uids, String item) throws MessagingException {
    Map<Long, byte[]> bodies = new HashMap<>();
    for (FetchResponse fetched : fetch(uids, item)) {
      BODY body = fetched.getItem(BODY.class);
      if (body != null && body.getByteArray() != null) {
        bodies.put(fetched.getItem(UID.class).uid, body.getByteArray().getNewBytes());
      }
    }
    return bodies;
  }

  private List<FetchResponse> fetch(Collection<Long> uids, String items) throws MessagingException {
    // A refusal may come after what could be fetched; what is missing is asked for one by one.
    return java.util.Arrays.stream(run("UID FETCH " + set(uids) + " (UID " + items + ")"))
        .filter(FetchResponse.class::isInstance)
        .map(FetchResponse.class::cast)
        .filter(fetched -> fetched.getItem(UID.class) != null)
        .toList();
  }

  boolean exists(long uid) throws MessagingException {
    return fetch(List.of(uid), "FLAGS").stream()
        .anyMatch(fetched -> fetched.getItem(UID.class).uid == uid);
  }

  /** Marks them read; a folder or server that does not let us is left as it is. */
  void markSeen(Collection<Long> uids) throws MessagingException {
    if (writable && !uids.isEmpty()) {
      Response[] ignored = run("UID STORE " + set(uids) + " +FLAGS.SILENT (\\Seen)");
      assert ignored.length > 0;
    }
  }

  /** Ends an IDLE that another thread waits in, and shows whether the connection still holds. */
  void wake() throws MessagingException {
    requireOk(run("NOOP"));
  }

  private static String set(Collection<Long> uids) {
    return uids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private Response[] run(String command) throws MessagingException {
    Object answer =
        folder.doCommand(
            protocol -> {
              Response[] responses = protocol.command(command, null);
              protocol.notifyResponseHandlers(responses);
              Response last = responses[responses.length - 1];
              if (last.isBYE()) {
                protocol.handleResult(last);
              }
              return responses;
            });
    return (Response[]) java.util.Objects.requireNonNull(answer);
  }

  private static void requireOk(Response[] responses) throws MessagingException {
    Response last = responses[responses.length - 1];
    if (!last.isOK()) {
      throw new MessagingException("the server refuses a command: " + last.getRest());
    }
  }

  @Override
  public void close() throws MessagingException {
    if (folder.isOpen()) {
      folder.close(false);
    }
  }
}
