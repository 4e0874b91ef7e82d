package dev.hilo.messenger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.meta.ConversationSender;
import dev.hilo.meta.ConversationSender.Attached;
import dev.hilo.meta.GraphAnswers;
import dev.hilo.meta.GraphCalls;
import dev.hilo.meta.MetaAccount;
import dev.hilo.meta.Multipart;
import dev.hilo.meta.Part;
import java.util.Optional;

/**
 * Files go to the provider before the message that shows them: {@code POST
 * /{page}/message_attachments}. So Hilo need not be reachable from outside.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api, read
 * 2026-11-20.
 */
final class UploadedFiles implements ConversationSender.Dialect {

  private final GraphCalls calls;
  private final GraphAnswers answers;
  private final OutgoingFiles files;

  UploadedFiles(GraphCalls calls, GraphAnswers answers, OutgoingFiles files) {
    this.calls = calls;
    this.answers = answers;
    this.files = files;
  }

  @Override
  public boolean alwaysNamesMessagingType() {
    return true;
  }

  @Override
  public Attached attach(MetaAccount account, OutboundContent.File file) {
    ObjectNode message = GraphCalls.object();
    message
        .putObject("attachment")
        .put("type", ConversationSender.typeOf(file))
        .putObject("payload")
        .put("is_reusable", false);
    Outcome outcome =
        calls.upload(
            account,
            account.graph("/" + account.id() + "/message_attachments"),
            new Multipart(message, file, files));
    return attachmentId(outcome)
        .<Attached>map(id -> new Attached.Ready(GraphCalls.object().put("attachment_id", id)))
        .orElseGet(() -> new Attached.Failed(answers.notPrepared(outcome)));
  }

  private static Optional<String> attachmentId(Outcome outcome) {
    return outcome instanceof Outcome.Answered answered && answered.status() / 100 == 2
        ? Part.of(answered.body()).id("attachment_id")
        : Optional.empty();
  }

  @Override
  public Optional<String> reaction(String emoji) {
    return Optional.empty();
  }
}
