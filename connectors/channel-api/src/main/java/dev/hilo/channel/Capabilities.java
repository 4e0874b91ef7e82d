package dev.hilo.channel;

import dev.hilo.channel.Content.Media.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a channel can do, as data: nobody asks which channel it is, everybody asks what it can do.
 *
 * @param label the channel's name for people, a proper noun: the same in every language
 * @param maxTextLength longest text of one message
 * @param replyWindow how long after the customer's last message a free answer is allowed; empty:
 *     always
 * @param personWindow how long after it a person, and no machine, may still answer freely
 * @param templates whether approved templates may be sent outside the window
 * @param deliveryStates the states that the channel reports
 * @param confirmation how a send whose answer was lost is cleared up
 * @param messagesPerSecond pace of one account; empty: no limit known
 * @param recipientPace pace towards one customer; empty: no limit known
 * @param provesAddress whether a message shows that its sender owns the address
 * @param files which files may be sent, by their form; a form that is not listed may not
 * @param filesPerMessage most files of one message; 0: none
 * @param choices limits of answers to tap; empty: they are written as numbered lines
 * @param abilities everything else that the channel can do
 */
public record Capabilities(
    String label,
    Limit maxTextLength,
    Optional<Window> replyWindow,
    Optional<Window> personWindow,
    boolean templates,
    List<DeliveryState> deliveryStates,
    Confirmation confirmation,
    Optional<Limit> messagesPerSecond,
    Optional<RecipientPace> recipientPace,
    boolean provesAddress,
    Map<Form, FileLimit> files,
    int filesPerMessage,
    Optional<ChoiceLimits> choices,
    Set<Ability> abilities) {

  public Capabilities {
    deliveryStates = List.copyOf(deliveryStates);
    files =
        files.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new EnumMap<>(files));
    abilities =
        abilities.isEmpty()
            ? Set.of()
            : java.util.Collections.unmodifiableSet(EnumSet.copyOf(abilities));
  }

  /**
   * A number with where it was read.
   *
   * @param unit what is counted: {@code UTF-16 units}, {@code UTF-8 bytes}, {@code messages/s}
   */
  public record Limit(long value, String unit, URI source) {

    /** Whether a text is longer than this. */
    public boolean isExceededBy(String text) {
      return (unit.equals(UTF_8_BYTES)
              ? text.getBytes(StandardCharsets.UTF_8).length
              : text.length())
          > value;
    }
  }

  /** The unit of texts that are measured as Java measures them. */
  public static final String UTF_16_UNITS = "UTF-16 units";

  /** The unit of texts that are measured as they are sent. */
  public static final String UTF_8_BYTES = "UTF-8 bytes";

  /** A duration with where it was read. */
  public record Window(Duration length, URI source) {}

  /**
   * A pace towards one customer.
   *
   * @param interval between two messages, in the long run
   * @param burst how many may go at once after a rest
   */
  public record RecipientPace(Duration interval, int burst, URI source) {}

  /**
   * Which files of a form may be sent.
   *
   * @param mimeTypes lower case; {@code image/*} for all of a kind; empty: every one
   * @param maxBytes largest size
   */
  public record FileLimit(List<String> mimeTypes, long maxBytes, URI source) {
    public FileLimit {
      mimeTypes = List.copyOf(mimeTypes);
    }

    /** Whether a file of this type may be sent; parameters of the type are not looked at. */
    public boolean takes(String mimeType) {
      String bare = mimeType.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
      return mimeTypes.isEmpty()
          || mimeTypes.stream()
              .anyMatch(
                  taken ->
                      taken.equals(bare)
                          || (taken.endsWith("/*")
                              && bare.startsWith(taken.substring(0, taken.length() - 1))));
    }
  }

  /**
   * Limits of answers to tap.
   *
   * @param choices most of one question
   * @param title longest title, in UTF-16 units
   * @param body longest question, in UTF-16 units
   */
  public record ChoiceLimits(int choices, int title, int body, URI source) {}

  /** How it is found out whether a send took place when its answer was lost. */
  public enum Confirmation {
    /** A status event hands our own id back. */
    CALLBACK_WITH_OUR_ID,
    /** The same send may be repeated without harm. */
    IDEMPOTENT,
    /** There is no way to find out. */
    NONE
  }

  /** What a channel may be able to do besides sending and receiving text. */
  public enum Ability {
    /** Customers send files. */
    FILES_IN,
    /** A file may carry a text. */
    CAPTIONS,
    /** Customers answer a message by quoting it. */
    QUOTES_IN,
    /** We can quote the message that we answer. */
    QUOTES_OUT,
    /** Customers change what they wrote. */
    EDITS_IN,
    /** Customers take back what they wrote. */
    DELETIONS_IN,
    /** Customers react. */
    REACTIONS_IN,
    /** We can react. */
    REACTIONS_OUT,
    /** Customers are shown that we have read. */
    READ_MARKS_OUT,
    /** We are told that the customer is writing. */
    TYPING_IN,
    /** Customers are shown that somebody is writing. */
    TYPING_OUT,
    /** What the business wrote with another app reaches us. */
    SENT_ELSEWHERE,
    /** Messages have subjects and copies. */
    SUBJECTS,
    /** The provider tells a customer's name. */
    PROFILES
  }

  /** Begins the description of a channel that can only send and receive text. */
  public static Builder named(String label) {
    return new Builder(label);
  }

  /** Collects what a channel can do. */
  public static final class Builder {
    private final String label;
    private Limit maxTextLength =
        new Limit(4096, UTF_16_UNITS, URI.create("hilo:connectors/channel-api"));
    private Optional<Window> replyWindow = Optional.empty();
    private Optional<Window> personWindow = Optional.empty();
    private boolean templates;
    private List<DeliveryState> deliveryStates = List.of();
    private Confirmation confirmation = Confirmation.NONE;
    private Optional<Limit> messagesPerSecond = Optional.empty();
    private Optional<RecipientPace> recipientPace = Optional.empty();
    private boolean provesAddress;
    private final Map<Form, FileLimit> files = new EnumMap<>(Form.class);
    private int filesPerMessage;
    private Optional<ChoiceLimits> choices = Optional.empty();
    private Set<Ability> abilities = Set.of();

    private Builder(String label) {
      this.label = label;
    }

    /** The longest text; {@link #UTF_16_UNITS} or {@link #UTF_8_BYTES}. */
    public Builder maxText(long length, String unit, URI source) {
      maxTextLength = new Limit(length, unit, source);
      return this;
    }

    /** Free answers only so long after the customer's last message. */
    public Builder replyWindow(Duration length, URI source) {
      replyWindow = Optional.of(new Window(length, source));
      return this;
    }

    /** A person may answer freely for longer than a machine. */
    public Builder personWindow(Duration length, URI source) {
      personWindow = Optional.of(new Window(length, source));
      return this;
    }

    /** Approved templates may be sent outside the window. */
    public Builder templates() {
      templates = true;
      return this;
    }

    /** The states that the channel reports, and how a lost answer is cleared up. */
    public Builder delivery(Confirmation how, DeliveryState... states) {
      confirmation = how;
      deliveryStates = List.of(states);
      return this;
    }

    /** The pace of one account. */
    public Builder messagesPerSecond(long messages, URI source) {
      messagesPerSecond = Optional.of(new Limit(messages, "messages/s", source));
      return this;
    }

    /** The pace towards one customer. */
    public Builder recipientPace(Duration interval, int burst, URI source) {
      recipientPace = Optional.of(new RecipientPace(interval, burst, source));
      return this;
    }

    /** A message shows that its sender owns the address. */
    public Builder provesAddress() {
      provesAddress = true;
      return this;
    }

    /** Files of one form may be sent. */
    public Builder files(Form form, long maxBytes, URI source, String... mimeTypes) {
      files.put(form, new FileLimit(List.of(mimeTypes), maxBytes, source));
      filesPerMessage = Math.max(1, filesPerMessage);
      return this;
    }

    /** How many files one message may have. */
    public Builder filesPerMessage(int most) {
      filesPerMessage = most;
      return this;
    }

    /** Questions may have answers to tap. */
    public Builder choices(int most, int title, int body, URI source) {
      choices = Optional.of(new ChoiceLimits(most, title, body, source));
      return this;
    }

    /** Everything else. */
    public Builder abilities(Ability... can) {
      abilities = Set.of(can);
      return this;
    }

    /** The description. */
    public Capabilities build() {
      return new Capabilities(
          label,
          maxTextLength,
          replyWindow,
          personWindow,
          templates,
          deliveryStates,
          confirmation,
          messagesPerSecond,
          recipientPace,
          provesAddress,
          files,
          filesPerMessage,
          choices,
          abilities);
    }
  }
}
