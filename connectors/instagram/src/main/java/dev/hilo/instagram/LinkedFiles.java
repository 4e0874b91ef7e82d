package dev.hilo.instagram;

import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.SendResult;
import dev.hilo.meta.ConversationSender;
import dev.hilo.meta.ConversationSender.Attached;
import dev.hilo.meta.GraphCalls;
import dev.hilo.meta.MetaAccount;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Files are fetched by the provider from an address of ours. The only reaction that may be sent is
 * the heart.
 *
 * <p>Source: developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/
 * messaging-api, read 2026-11-20.
 */
final class LinkedFiles implements ConversationSender.Dialect {

  /** The provider fetches at once; this leaves room for its own retries. */
  private static final Duration LINK_LIFE = Duration.ofHours(1);

  private static final Set<String> HEARTS = Set.of("❤", "❤️", "♥", "♥️");

  private final OutgoingFiles files;

  LinkedFiles(OutgoingFiles files) {
    this.files = files;
  }

  @Override
  public boolean alwaysNamesMessagingType() {
    return false;
  }

  @Override
  public Attached attach(MetaAccount account, OutboundContent.File file) {
    return files
        .link(file.id(), LINK_LIFE)
        .<Attached>map(link -> new Attached.Ready(GraphCalls.object().put("url", link.toString())))
        .orElseGet(
            () ->
                new Attached.Failed(
                    new SendResult.Rejected(
                        new DeliveryFailure(
                            DeliveryError.CONTENT_REJECTED,
                            "",
                            "files need an address of Hilo that can be reached from outside"))));
  }

  @Override
  public Optional<String> reaction(String emoji) {
    return HEARTS.contains(emoji) ? Optional.of("love") : Optional.empty();
  }
}
