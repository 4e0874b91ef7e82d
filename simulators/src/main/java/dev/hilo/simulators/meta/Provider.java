package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Where Messenger and Instagram differ: limits, words, which events there are. */
public interface Provider {

  /** As it stands in addresses: {@code messenger} or {@code instagram}. */
  String id();

  /** The {@code object} of webhooks. */
  String webhookObject();

  /** The demo shop's page or account. */
  Account demoAccount(Instant now);

  /** The limits that hold at first. */
  MessagingRules.Limits limits();

  /** How long a token lasts; empty: for good. */
  Optional<Duration> tokenLife();

  /**
   * Checks a text's length in the provider's own measure.
   *
   * @throws GraphRefusal when it is too long
   */
  void checkText(String text);

  /**
   * Checks what kind of file goes as which type of attachment.
   *
   * @throws GraphRefusal when the type takes no such file
   */
  void checkFile(String type, String contentType);

  /** Whether a message must say what type of messaging it is. */
  boolean needsMessagingType();

  /** The sender actions it knows. */
  Set<String> senderActions();

  /** Whether files can be uploaded before they are sent. */
  boolean takesUploads();

  /** The answer when nobody has that id. */
  GraphError noSuchPerson();

  /** The answer when the person did not write for too long. */
  GraphError outsideWindow();

  /** The answer when calls come too fast. */
  GraphError tooManyCalls();

  /** The answer when the owner does not let apps at the messages. */
  GraphError noMessageAccess();

  /** A message id that looks like the real ones. */
  String messageId(RandomGenerator random);

  /** The event that tells that messages reached the phone; empty: there is none here. */
  Optional<ObjectNode> delivered(List<String> mids, Instant watermark);

  /** The event that tells that everything up to a message was seen. */
  ObjectNode seen(String newest, Instant watermark);

  /** The webhook field that an event belongs to; empty: none that is known. */
  Optional<String> field(ObjectNode event, boolean standby);

  /** All webhook fields that an app can subscribe to. */
  List<String> fields();

  /** Where a referral comes from when a customer follows a link to the chat. */
  String linkReferral();

  /**
   * What the profile's field says.
   *
   * @param picture the address of the portrait
   * @return empty when there is no such field
   */
  Optional<Object> profile(Person person, String field, String picture);

  /** The profile's fields when none are asked for. */
  List<String> usualProfile();

  /** The path and query of a file's address, signed until a time. */
  String mediaPath(MediaStore.Asset asset, String expiry, String signature);
}
