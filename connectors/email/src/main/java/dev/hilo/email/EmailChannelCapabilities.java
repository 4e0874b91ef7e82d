package dev.hilo.email;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryState;
import java.net.URI;

/** What email can do, and where that is read. */
final class EmailChannelCapabilities {

  /** UTF-16 units: ours, so that an answer stays a letter. */
  static final int MAX_TEXT = 100_000;

  /** Bytes of all files of a mail together, before they grow by a third in base 64. */
  static final long MAX_FILES_BYTES = 25L * 1024 * 1024;

  private static final int MAX_FILES = 20;

  /** Gmail takes 25 MB; Microsoft 365 takes 35 MB by default. */
  private static final URI SIZES = URI.create("https://support.google.com/mail/answer/6584");

  private static final URI OURS = URI.create("hilo:connectors/email");

  private EmailChannelCapabilities() {}

  static Capabilities all() {
    Capabilities.Builder all =
        Capabilities.named("Email")
            .maxText(MAX_TEXT, Capabilities.UTF_16_UNITS, OURS)
            // A mail server says nothing of a mail that was taken and whose answer was lost.
            .delivery(
                Confirmation.NONE,
                DeliveryState.DELIVERED,
                DeliveryState.READ,
                DeliveryState.FAILED)
            .provesAddress()
            .abilities(
                Ability.FILES_IN,
                Ability.CAPTIONS,
                Ability.QUOTES_IN,
                Ability.QUOTES_OUT,
                Ability.SENT_ELSEWHERE,
                Ability.SUBJECTS);
    for (Form form : Form.values()) {
      all.files(form, MAX_FILES_BYTES, SIZES);
    }
    return all.filesPerMessage(MAX_FILES).build();
  }
}
