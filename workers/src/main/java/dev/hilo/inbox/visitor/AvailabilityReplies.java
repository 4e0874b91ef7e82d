package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells a visitor's side whether somebody is on, and whether mail can be sent. */
@Component
class AvailabilityReplies {

  private final Availability availability;
  private final ObjectProvider<VisitorMail> mail;

  AvailabilityReplies(Availability availability, ObjectProvider<VisitorMail> mail) {
    this.availability = availability;
    this.mail = mail;
  }

  /**
   * What the visitor's side is told.
   *
   * @param mail whether answers and transcripts can go by mail
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AvailabilityReply(boolean open, @Nullable Instant opensAt, boolean mail) {}

  AvailabilityReply now(ChannelType channel, AccountId account) {
    Availability.Status status = availability.of(channel, account);
    VisitorMail post = mail.getIfAvailable();
    return new AvailabilityReply(
        status.open(),
        status.opensAt().orElse(null),
        post != null && post.available(channel, account));
  }
}
