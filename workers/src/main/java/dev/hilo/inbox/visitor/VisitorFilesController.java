package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.FileLimit;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.inbox.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where visitors' browsers send files, one a call, before the message that they go with. */
@RestController
class VisitorFilesController {

  private static final Logger LOG = LoggerFactory.getLogger(VisitorFilesController.class);
  private static final int MAX_NAME = 200;

  private final VisitorCalls calls;
  private final VisitorPace pace;
  private final ObjectProvider<VisitorFiles> files;

  VisitorFilesController(VisitorCalls calls, VisitorPace pace, ObjectProvider<VisitorFiles> files) {
    this.calls = calls;
    this.pace = pace;
    this.files = files;
  }

  /** A file that is there, to be named in a message. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FileReply(
      String id, String name, String type, long size, @Nullable URI url, @Nullable URI thumbnail) {}

  @PostMapping("/visitors/{channel}/{account}/files")
  Object file(
      @PathVariable String channel,
      @PathVariable String account,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request) {
    return calls.answerUpload(
        channel, account, request, (call, visitor) -> keep(call, visitor, name, request));
  }

  private ResponseEntity<?> keep(
      VisitorCalls.Call call,
      Authentication.Visitor visitor,
      String name,
      HttpServletRequest request) {
    Capabilities limits = call.channel().capabilities();
    VisitorFiles all = files.getIfAvailable();
    if (all == null || !limits.abilities().contains(Ability.FILES_IN)) {
      return VisitorCalls.fault(404, "files are not taken here", "no-files");
    }
    String type =
        Optional.ofNullable(request.getContentType())
            .orElse("")
            .split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT);
    Optional<FileLimit> limit =
        limits.files().values().stream().filter(one -> one.takes(type)).findFirst();
    if (type.isEmpty() || limit.isEmpty()) {
      return wrongType(type);
    }
    if (request.getContentLengthLong() > limit.get().maxBytes()) {
      return tooLarge(limit.get().maxBytes());
    }
    if (!pace.mayUpload(visitor.address())) {
      return VisitorCalls.fault(429, "too many files; wait a little", "too-many-requests");
    }
    try (InputStream bytes = request.getInputStream()) {
      return switch (all.keep(
          visitor.address(),
          call.channel().type(),
          visitor.account(),
          plain(name),
          type,
          limits,
          bytes)) {
        case VisitorFiles.Kept.TooLarge no -> tooLarge(no.maxBytes());
        case VisitorFiles.Kept.WrongType no -> wrongType(no.found());
        case VisitorFiles.Kept.Refused no -> VisitorCalls.fault(422, no.detail(), "malformed");
        case VisitorFiles.Kept.NotNow no -> {
          LOG.warn("a visitor's file was not kept: {}", no.detail());
          yield notNow();
        }
        case VisitorFiles.Kept.Complete kept ->
            ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(
                    new FileReply(
                        kept.id(),
                        kept.file().name(),
                        kept.file().type(),
                        kept.file().size(),
                        kept.file().url().orElse(null),
                        kept.file().thumbnail().orElse(null)));
      };
    } catch (StoreUnavailableException | UncheckedIOException e) {
      LOG.warn("a visitor's file was not kept: {}", e.getMessage());
      return notNow();
    } catch (IOException e) {
      return VisitorCalls.fault(400, "the file did not arrive whole", "malformed");
    }
  }

  private static ResponseEntity<?> notNow() {
    return VisitorCalls.fault(503, "the file could not be kept; send it again", "unavailable");
  }

  private static ResponseEntity<?> tooLarge(long maxBytes) {
    return VisitorCalls.fault(413, "a file may have at most " + maxBytes + " bytes", "too-large");
  }

  private static ResponseEntity<?> wrongType(String type) {
    return VisitorCalls.fault(
        415,
        "files of type '" + type.replaceAll("[^\\w.+/-]", "?") + "' are not taken here",
        "wrong-content-type");
  }

  /** The last part of a path, in one line. */
  private static String plain(String name) {
    String last = name.replaceAll("\\p{Cntrl}", " ").replaceAll("^.*[/\\\\]", "").strip();
    return last.isEmpty() ? "file" : last.substring(0, Math.min(last.length(), MAX_NAME));
  }
}
