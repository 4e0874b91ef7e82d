package dev.hilo.whatsapp;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.ChoiceLimits;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryState;
import java.net.URI;
import java.time.Duration;

/** What WhatsApp can do, with where each limit was read. */
final class Limits {

  /** Longest text. */
  static final int TEXT = 4096;

  /** Longest text below a file. */
  static final int CAPTION = 1024;

  /** Most buttons of one message; more answers make a list. */
  static final int BUTTONS = 3;

  static final int BUTTON_TITLE = 20;
  static final int BUTTON_ID = 256;
  static final int BUTTONS_BODY = 1024;
  static final int ROW_DESCRIPTION = 72;
  static final int ROW_ID = 200;

  private static final String DOCUMENTATION =
      "https://developers.facebook.com/documentation/business-messaging/whatsapp/";
  private static final URI MEDIA = page("business-phone-numbers/media");

  /** Megabytes of a thousand: whatever the page means by one, none is larger. */
  private static final long MEGABYTE = 1_000_000;

  /** The rows of a list: the larger of the two forms that a question can take. */
  static final ChoiceLimits CHOICES =
      new ChoiceLimits(10, 24, TEXT, page("messages/interactive-list-messages"));

  static final Capabilities ALL =
      Capabilities.named("WhatsApp")
          // The page says characters; counted in the smallest sense, so that none is refused.
          .maxText(TEXT, Capabilities.UTF_16_UNITS, page("messages/text-messages"))
          .replyWindow(Duration.ofHours(24), page("messages/send-messages"))
          .templates()
          .delivery(
              Capabilities.Confirmation.CALLBACK_WITH_OUR_ID,
              DeliveryState.SENT,
              DeliveryState.DELIVERED,
              DeliveryState.READ,
              DeliveryState.FAILED)
          // In and out together; 20 for a number that is also in the WhatsApp Business app.
          .messagesPerSecond(80, page("throughput"))
          // The size of the burst is told by integrators, not by the page: a part of it is used.
          .recipientPace(Duration.ofSeconds(6), 30, page("throughput"))
          .provesAddress()
          .files(Form.IMAGE, 5 * MEGABYTE, MEDIA, "image/jpeg", "image/png")
          .files(
              Form.AUDIO,
              16 * MEGABYTE,
              MEDIA,
              "audio/aac",
              "audio/amr",
              "audio/mpeg",
              "audio/mp4",
              "audio/ogg")
          .files(Form.VIDEO, 16 * MEGABYTE, MEDIA, "video/mp4", "video/3gpp")
          .files(
              Form.DOCUMENT,
              100 * MEGABYTE,
              MEDIA,
              "text/plain",
              "application/pdf",
              "application/msword",
              "application/vnd.ms-excel",
              "application/vnd.ms-powerpoint",
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              "application/vnd.openxmlformats-officedocument.presentationml.presentation")
          // 500 kB where it moves; nobody tells us whether it does.
          .files(Form.STICKER, MEGABYTE / 10, MEDIA, "image/webp")
          .choices(CHOICES.choices(), CHOICES.title(), CHOICES.body(), CHOICES.source())
          .abilities(
              Ability.FILES_IN,
              Ability.CAPTIONS,
              Ability.QUOTES_IN,
              Ability.QUOTES_OUT,
              Ability.EDITS_IN,
              Ability.DELETIONS_IN,
              Ability.REACTIONS_IN,
              Ability.REACTIONS_OUT,
              Ability.READ_MARKS_OUT,
              Ability.TYPING_OUT,
              Ability.SENT_ELSEWHERE,
              Ability.PROFILES)
          .build();

  private Limits() {}

  private static URI page(String path) {
    return URI.create(DOCUMENTATION + path);
  }
}
