package dev.hilo.inbox.reply;

import dev.hilo.channel.OutboundContent;
import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The files that agents have put ready for the next answer of a conversation. */
@Component
public class DraftFiles {

  private final Documents<Draft> drafts;
  private final Attachments attachments;

  /** The files of one conversation, in the order they were added. */
  record Draft(String conversationId, List<DraftFile> files) {
    Draft {
      files = List.copyOf(files);
    }
  }

  /**
   * One file.
   *
   * @param uploader who put it there
   */
  record DraftFile(String attachmentId, String uploader) {}

  public DraftFiles(Store store, Attachments attachments) {
    this.drafts = store.documents(Indexes.DRAFT_FILES, Draft.class);
    this.attachments = attachments;
  }

  /** Puts an uploaded file ready; putting it again changes nothing. */
  public void add(String conversationId, String attachmentId, String uploader) {
    DraftFile added = new DraftFile(attachmentId, uploader);
    drafts.change(
        conversationId,
        known -> {
          List<DraftFile> all =
              new ArrayList<>(known == null ? List.<DraftFile>of() : known.files());
          if (all.stream().anyMatch(file -> file.attachmentId().equals(attachmentId))) {
            return known;
          }
          all.add(added);
          return new Draft(conversationId, all);
        });
  }

  /** Takes a file away again. */
  public void remove(String conversationId, String attachmentId) {
    drafts.change(
        conversationId,
        known ->
            known == null
                ? null
                : new Draft(
                    conversationId,
                    known.files().stream()
                        .filter(file -> !file.attachmentId().equals(attachmentId))
                        .toList()));
  }

  /** The files that wait for the next answer, or belong to this one already. */
  public List<Attachment> of(String conversationId, Optional<String> answerId) {
    List<String> ids =
        drafts.get(conversationId).map(Draft::files).orElse(List.of()).stream()
            .map(DraftFile::attachmentId)
            .toList();
    return ids.isEmpty()
        ? List.of()
        : attachments.getAll(ids).stream()
            .filter(Attachment::downloadable)
            .filter(file -> file.messageId().isEmpty() || file.messageId().equals(answerId))
            .toList();
  }

  /** As what they are sent. */
  static List<OutboundContent.File> outbound(List<Attachment> files) {
    return files.stream()
        .flatMap(
            file ->
                file.file().stream()
                    .map(
                        stored ->
                            new OutboundContent.File(
                                file.id(),
                                file.form(),
                                file.fileName(),
                                stored.type(),
                                stored.size())))
        .toList();
  }

  /** The answer has gone out: its files are spent. May be repeated. */
  void sent(String conversationId, String answerId, String contactId) {
    drafts
        .get(conversationId)
        .ifPresent(
            draft ->
                draft
                    .files()
                    .forEach(
                        file ->
                            attachments.use(
                                file.attachmentId(),
                                file.uploader(),
                                answerId,
                                Optional.of(contactId),
                                Optional.of(conversationId))));
  }
}
