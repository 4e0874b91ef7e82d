package dev.hilo.simulators.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.imap.ImapConstants;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.Store;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.time.Changes;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** All mailboxes with what lies in them. Used by many threads. */
final class Mailboxes {

  static final String INBOX = "INBOX";
  static final String SENT = "Sent";
  static final String CUSTOMER_PASSWORD = "demo";

  private final Managers managers = new Managers();
  private final ImapHostManager host = managers.getImapHostManager();
  private final Changes changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, MailOwner> owners = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private Optional<MailFiles> files = Optional.empty();

  Mailboxes(Changes changes) {
    this.changes = changes;
  }

  /** Takes back what the files kept, and keeps what comes from now on. */
  void keepIn(MailFiles kept) {
    lock.lock();
    try {
      for (MailOwner owner : kept.owners()) {
        put(owner, owner.isShop() ? Optional.empty() : Optional.of(CUSTOMER_PASSWORD));
        // To a customer, what was there before is no news.
        boolean seen = !owner.isShop();
        kept.read(
            owner, mail -> store(owner.address(), mail.folder(), mail.bytes(), mail.at(), seen));
      }
      files = Optional.of(kept);
      owners.values().forEach(kept::write);
    } finally {
      lock.unlock();
    }
  }

  Managers managers() {
    return managers;
  }

  /**
   * Adds a mailbox, or changes its owner.
   *
   * @param password empty: nobody can know it
   */
  MailOwner put(MailOwner owner, Optional<String> password) {
    lock.lock();
    try {
      boolean known = owners.put(owner.address(), owner) != null;
      if (!known) {
        String address = owner.address();
        GreenMailUser user =
            managers
                .getUserManager()
                .createUser(address, address, password.orElseGet(this::secret));
        host.createMailbox(user, SENT);
      }
      files.ifPresent(kept -> kept.write(owner));
      return owner;
    } catch (UserException | AuthorizationException | FolderException e) {
      throw new IllegalStateException("the mailbox cannot be made", e);
    } finally {
      lock.unlock();
      changes.signal();
    }
  }

  private String secret() {
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** The owner of the mailbox that mail to the address goes to. */
  Optional<MailOwner> find(String address) {
    lock.lock();
    try {
      return Optional.ofNullable(owners.get(MailOwner.withoutDetail(address)));
    } finally {
      lock.unlock();
    }
  }

  /** The owner, who has to be there. */
  MailOwner need(String address) {
    return find(address)
        .orElseThrow(() -> new BadRequest(404, "there is no mailbox '" + address + "'"));
  }

  List<MailOwner> all() {
    lock.lock();
    try {
      return List.copyOf(owners.values());
    } finally {
      lock.unlock();
    }
  }

  /** Takes a mailbox away with all that lies in it. */
  void remove(String address) {
    lock.lock();
    try {
      GreenMailUser user = user(address);
      owners.remove(address);
      managers.getUserManager().deleteUser(user);
    } finally {
      lock.unlock();
      changes.signal();
    }
  }

  boolean hasPassword(String address, String password) {
    return managers.getUserManager().test(address, password);
  }

  /** What GreenMail itself has to be told to open the mailbox. */
  String passwordOf(String address) {
    return user(address).getPassword();
  }

  private GreenMailUser user(String address) {
    return Optional.ofNullable(managers.getUserManager().getUser(need(address).address()))
        .orElseThrow(() -> new IllegalStateException("an owner has a user"));
  }

  /**
   * Puts a mail into a folder.
   *
   * @return its UID
   * @throws BadRequest when these bytes can be no mail at all
   */
  long store(String address, String folder, byte[] mail, Instant at, boolean seen) {
    Flags flags = new Flags();
    if (seen) {
      flags.add(Flags.Flag.SEEN);
    }
    lock.lock();
    try {
      MailOwner owner = need(address);
      long uid = folder(address, folder).appendMessage(new RawMail(mail), flags, Date.from(at));
      files.ifPresent(kept -> kept.write(owner.address(), new MailFiles.Kept(folder, at, mail)));
      return uid;
    } catch (MessagingException e) {
      throw new BadRequest("the mail cannot be stored: " + e.getMessage());
    } finally {
      lock.unlock();
      changes.signal();
    }
  }

  MailFolder folder(String address, String name) {
    MailFolder folder = host.getFolder(user(address), name);
    if (folder == null) {
      throw new BadRequest(404, "there is no folder '" + name + "'");
    }
    return folder;
  }

  /** What lies in a folder, oldest first. */
  List<StoredMessage> messages(String address, String folder) {
    lock.lock();
    try {
      return List.copyOf(folder(address, folder).getMessages());
    } finally {
      lock.unlock();
    }
  }

  StoredMessage message(String address, String folder, long uid) {
    StoredMessage message = folder(address, folder).getMessage(uid);
    if (message == null) {
      throw new BadRequest(404, "there is no message " + uid);
    }
    return message;
  }

  void markSeen(String address, String folder, long uid) {
    StoredMessage message = message(address, folder, uid);
    if (!message.isSet(Flags.Flag.SEEN)) {
      message.setFlag(Flags.Flag.SEEN, true);
      changes.signal();
    }
  }

  /**
   * Makes the inbox anew with the same mails, as after a restored backup: another UIDVALIDITY, UIDs
   * from 1. Whoever has it open loses the connection.
   *
   * @param reversed gives the UIDs in the opposite order, so that an old UID is another mail
   */
  long rebuildInbox(String address, boolean reversed) throws InterruptedException {
    awaitOtherSecond(folder(address, INBOX).getUidValidity());
    lock.lock();
    try {
      GreenMailUser user = user(address);
      MailFolder old = folder(address, INBOX);
      List<StoredMessage> mails = new ArrayList<>(old.getMessages());
      if (reversed) {
        Collections.reverse(mails);
      }
      Store store = host.getStore();
      MailFolder root =
          store.getMailbox(
              ImapConstants.USER_NAMESPACE
                  + ImapConstants.HIERARCHY_DELIMITER
                  + user.getQualifiedMailboxName());
      old.deleteAllMessages();
      store.deleteMailbox(old);
      MailFolder made = store.createMailbox(root, INBOX, true);
      for (StoredMessage mail : mails) {
        byte[] bytes = RawMail.bytesOf(mail.getMimeMessage());
        made.appendMessage(new RawMail(bytes), mail.getFlags(), mail.getReceivedDate());
      }
      old.signalDeletion();
      return made.getUidValidity();
    } catch (FolderException | MessagingException e) {
      throw new IllegalStateException("the inbox cannot be made anew", e);
    } finally {
      lock.unlock();
      changes.signal();
    }
  }

  /** GreenMail takes the second in which a folder is made as its UIDVALIDITY. */
  private static void awaitOtherSecond(long uidValidity) throws InterruptedException {
    while (System.currentTimeMillis() / 1000 <= uidValidity) {
      Thread.sleep(20);
    }
  }

  /** Nobody but those who are given stays, and nothing lies in their mailboxes. */
  void clear(Collection<MailOwner> staying) {
    lock.lock();
    try {
      files.ifPresent(MailFiles::clear);
      for (MailOwner owner : List.copyOf(owners.values())) {
        if (staying.stream().noneMatch(one -> one.address().equals(owner.address()))) {
          remove(owner.address());
        } else {
          folder(owner.address(), SENT).deleteAllMessages();
          folder(owner.address(), INBOX).deleteAllMessages();
        }
      }
      staying.forEach(owner -> put(owner, Optional.empty()));
    } finally {
      lock.unlock();
      changes.signal();
    }
  }
}
