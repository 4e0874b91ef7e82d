package dev.hilo.email;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The channel's settings, checked.
 *
 * @param messageIdSecret signs our message ids; at least 32 characters
 */
record EmailSettings(Secret messageIdSecret, Map<AccountId, Mailbox> mailboxes) {

  private static final int MIN_SECRET_LENGTH = 32;
  private static final Pattern JUNK =
      Pattern.compile("(?i)\\b(?:junk|spam|bulk)\\b|no deseado|lixo");

  EmailSettings {
    mailboxes = Map.copyOf(mailboxes);
  }

  /**
   * One mailbox.
   *
   * @param name what customers see beside the address
   * @param address whom our mails are from; normalised
   * @param alsoOurs further addresses whose mail comes here; normalised
   * @param folders read for customers' mail; the first is watched, the others are asked now and
   *     then
   * @param sentFolder read for what people sent from the mailbox with another program
   * @param trustedServer whose {@code Authentication-Results} are believed
   * @param maxBytes larger mails are set aside unread
   * @param idleLimit after this an IDLE command is given anew
   * @param lookBack how far back the folder is read at the very first time, and again when the
   *     server has numbered it anew
   * @param subjectToken whether subjects carry the conversation's token
   */
  record Mailbox(
      AccountId id,
      String name,
      String language,
      String address,
      Set<String> alsoOurs,
      Server imap,
      Server smtp,
      Login imapLogin,
      Login smtpLogin,
      List<String> folders,
      Optional<String> sentFolder,
      Optional<String> trustedServer,
      long maxBytes,
      Duration pollInterval,
      Duration idleLimit,
      Duration lookBack,
      boolean markSeen,
      boolean subjectToken) {

    Mailbox {
      alsoOurs = Set.copyOf(alsoOurs);
      folders = List.copyOf(folders);
    }

    /** Whether an address is one of the mailbox's own. */
    boolean isOurs(String normalised) {
      return address.equals(normalised) || alsoOurs.contains(normalised);
    }

    /** What a folder holds: {@code inbox}, {@code junk} or {@code sent}. */
    String kindOf(String folder) {
      return Optional.of(folder).equals(sentFolder)
          ? "sent"
          : JUNK.matcher(folder).find() ? "junk" : "inbox";
    }

    /** Whatever must never be printed. */
    List<String> secrets() {
      return java.util.stream.Stream.of(imapLogin, smtpLogin)
          .flatMap(login -> login.secrets().stream())
          .distinct()
          .toList();
    }

    @Override
    public String toString() {
      return "Mailbox[" + id + "]";
    }
  }

  /** Where a server listens. */
  record Server(String host, int port, Security security) {}

  /** How a connection is protected. */
  enum Security {
    /** From the first byte. */
    TLS,
    /** After the server's greeting; never without. */
    STARTTLS,
    /** Not at all: for a server on the same machine. */
    NONE
  }

  /** How we prove who we are. */
  sealed interface Login {
    List<String> secrets();

    /** A server that takes mail from this machine as it is. */
    record None() implements Login {
      @Override
      public List<String> secrets() {
        return List.of();
      }
    }

    /** With a password. */
    record Password(String user, Secret password) implements Login {
      @Override
      public List<String> secrets() {
        return List.of(password.reveal());
      }

      @Override
      public String toString() {
        return "Password[]";
      }
    }

    /** With a token. */
    record OAuth(String user, OAuthSettings settings) implements Login {
      @Override
      public List<String> secrets() {
        return settings.secrets();
      }

      @Override
      public String toString() {
        return "OAuth[]";
      }
    }
  }

  Optional<Mailbox> mailbox(AccountId id) {
    return Optional.ofNullable(mailboxes.get(id));
  }

  /**
   * Checks what an operator wrote.
   *
   * @throws dev.hilo.channel.InvalidSettingsException naming the setting that is missing or wrong
   */
  static EmailSettings of(ChannelSettings settings) {
    Secret secret = settings.common().secret("message-id-secret");
    if (secret.reveal().length() < MIN_SECRET_LENGTH) {
      throw settings
          .common()
          .invalid("message-id-secret", "at least " + MIN_SECRET_LENGTH + " characters");
    }
    Map<AccountId, Mailbox> mailboxes = new LinkedHashMap<>();
    for (ChannelSettings.Account account : settings.accounts()) {
      mailboxes.put(account.id(), EmailSettingsReader.mailbox(account));
    }
    return new EmailSettings(secret, mailboxes);
  }
}
