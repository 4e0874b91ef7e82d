package dev.hilo.inbox.pages;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.conversation.Conversations;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.media.Upload;
import dev.hilo.inbox.media.UploadLimits;
import dev.hilo.inbox.media.Uploads;
import dev.hilo.inbox.people.Rights;
import dev.hilo.inbox.reply.DraftFiles;
import dev.hilo.inbox.thread.CustomerThread.Reachable;
import dev.hilo.inbox.thread.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The files of a conversation, and those that an agent puts ready for the next answer. */
@Controller
class FilesPage {

  private static final int MESSAGES = 100;

  private final Conversations conversations;
  private final Contacts contacts;
  private final Threads threads;
  private final Channels channels;
  private final Arrivals arrivals;
  private final DraftFiles drafts;
  private final Uploads uploads;
  private final Rights rights;
  private final MessageSource words;

  FilesPage(
      Conversations conversations,
      Contacts contacts,
      Threads threads,
      Channels channels,
      Arrivals arrivals,
      DraftFiles drafts,
      Uploads uploads,
      Rights rights,
      MessageSource words) {
    this.conversations = conversations;
    this.contacts = contacts;
    this.threads = threads;
    this.channels = channels;
    this.arrivals = arrivals;
    this.drafts = drafts;
    this.uploads = uploads;
    this.rights = rights;
    this.words = words;
  }

  /** One file as the page shows it. */
  record FileRow(String id, String name, String size, boolean open, boolean picture) {
    static FileRow of(Attachment file) {
      return new FileRow(
          file.id(),
          file.fileName(),
          file.file().map(stored -> readable(stored.size())).orElse(""),
          file.downloadable(),
          file.file().flatMap(Attachment.StoredFile::thumbnail).isPresent());
    }

    private static String readable(long bytes) {
      DataSize size = DataSize.ofBytes(bytes);
      return size.toMegabytes() > 0
          ? size.toMegabytes() + " MB"
          : Math.max(1, size.toKilobytes()) + " kB";
    }
  }

  @GetMapping("/inbox/conversations/{id}")
  String page(@PathVariable String id, Model model, Principal agent, Locale language) {
    String contact = contactOf(id, agent);
    List<FileRow> files =
        threads.newest(threads.thread(contact), MESSAGES).reversed().stream()
            .flatMap(message -> arrivals.of(message).stream())
            .map(FileRow::of)
            .toList();
    model.addAttribute("id", id);
    model.addAttribute("person", agent.getName());
    model.addAttribute("customer", contacts.root(contact).displayName().orElse("\u2026"));
    model.addAttribute("files", files);
    model.addAttribute(
        "drafts", drafts.of(id, Optional.empty()).stream().map(FileRow::of).toList());
    model.addAttribute("limits", limits(contact, language));
    return "inbox/files";
  }

  @PostMapping("/inbox/conversations/{id}/files")
  String add(
      @PathVariable String id,
      @RequestParam MultipartFile file,
      Principal agent,
      Locale language,
      RedirectAttributes notice)
      throws IOException {
    String contact = contactOf(id, agent);
    Reachable target =
        threads
            .thread(contact)
            .lastReachable()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.CONFLICT));
    Uploads.Request request =
        new Uploads.Request(
            UUID.randomUUID().toString(),
            agent.getName(),
            target.channel(),
            target.account(),
            Attachment.Direction.OUT,
            Optional.of(contact),
            Optional.of(id),
            Optional.ofNullable(file.getOriginalFilename()),
            Optional.ofNullable(file.getContentType()));
    try (InputStream bytes = file.getInputStream()) {
      switch (uploads.take(request, uploadLimits(target), bytes)) {
        case Upload.Stored stored -> {
          drafts.add(id, stored.attachment().id(), agent.getName());
          notice.addFlashAttribute("notice", "files.added");
        }
        case Upload.Refused refused ->
            notice.addFlashAttribute("refusal", refused.sentence(language));
      }
    }
    return "redirect:/inbox/conversations/" + id;
  }

  @PostMapping("/inbox/conversations/{id}/files/{file}/remove")
  String remove(
      @PathVariable String id,
      @PathVariable String file,
      Principal agent,
      RedirectAttributes notice) {
    contactOf(id, agent);
    drafts.remove(id, file);
    notice.addFlashAttribute("notice", "files.removed");
    return "redirect:/inbox/conversations/" + id;
  }

  /** What one may not see looks like what is not there. */
  private String contactOf(String conversation, Principal agent) {
    return conversations
        .queueOf(conversation)
        .filter(queue -> rights.maySee(agent, queue))
        .flatMap(queue -> conversations.contactOf(conversation))
        .map(contact -> contacts.root(contact).id())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private UploadLimits uploadLimits(Reachable target) {
    return UploadLimits.of(capabilities(target));
  }

  private String limits(String contact, Locale language) {
    return threads
        .thread(contact)
        .lastReachable()
        .map(
            target ->
                capabilities(target).files().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .map(
                        entry ->
                            words.getMessage(
                                    "form." + entry.getKey().name().toLowerCase(Locale.ROOT),
                                    null,
                                    language)
                                + " \u2264 "
                                + FileRow.readable(entry.getValue().maxBytes()))
                    .collect(java.util.stream.Collectors.joining(", ")))
        .orElse("");
  }

  private Capabilities capabilities(Reachable target) {
    return channels
        .channel(target.channel())
        .map(Channel::capabilities)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.CONFLICT));
  }
}
