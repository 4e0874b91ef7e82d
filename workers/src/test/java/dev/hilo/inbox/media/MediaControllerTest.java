package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hilo.channel.Content.Media.Form;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.media.SignedLinks.Purpose;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.StoreQuery;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class MediaControllerTest {

  private static final Principal LUCIA = () -> "lucia";
  private static final Principal MARTA = () -> "marta";
  private static final byte[] TEXT = "0123456789".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private Media media;
  private SignedLinks links;
  private MockMvc mvc;

  @BeforeEach
  void begin() {
    media = new Media(folder);
    links = new SignedLinks(Media.settings(), media.clock);
    mvc = mvc(Optional.of((reader, attachment) -> reader.getName().equals("lucia")));
  }

  private MockMvc mvc(Optional<MediaRights> rights) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    rights.ifPresent(bean -> beans.addBean("rights", bean));
    return MockMvcBuilders.standaloneSetup(
            new MediaController(
                media.attachments,
                media.blobs,
                links,
                beans.getBeanProvider(MediaRights.class),
                new AuditLog(media.store),
                media.clock))
        .build();
  }

  private Attachment stored(String name, String type, byte[] bytes) {
    Attachment waiting = media.waiting(name, Form.IMAGE, type, name);
    media.intake().store(waiting, new ByteArrayInputStream(bytes));
    return media.attachments.of(waiting.id(), "ana", Optional.of("c1")).orElseThrow();
  }

  private List<AuditRecord> audit() {
    return media.store.documents(Indexes.AUDIT, AuditRecord.class).search(StoreQuery.ofSize(100));
  }

  @Test
  void shouldHandAFileOutAsADownloadOnly() throws Exception {
    // given
    Attachment file = stored("Señal \"uno\".txt", "text/html", TEXT);

    // when, then
    mvc.perform(get("/inbox/media/" + file.id()).principal(LUCIA))
        .andExpect(status().isOk())
        .andExpect(content().bytes(TEXT))
        .andExpect(header().string("Content-Type", "application/octet-stream"))
        .andExpect(
            header()
                .string(
                    "Content-Disposition",
                    "attachment; filename=\"=?UTF-8?Q?Se=C3=B1al_=5Funo=5F.txt?=\";"
                        + " filename*=UTF-8''Se%C3%B1al%20_uno_.txt"))
        .andExpect(header().string("X-Content-Type-Options", "nosniff"))
        .andExpect(header().string("Content-Security-Policy", "default-src 'none'; sandbox"))
        .andExpect(header().string("Cache-Control", "private, no-cache"))
        .andExpect(header().string("Accept-Ranges", "bytes"))
        .andExpect(header().longValue("Content-Length", 10));
    assertThat(audit())
        .containsExactly(
            new AuditRecord(
                "file-read", "lucia", "ana", Optional.empty(), Optional.of(file.id()), Media.NOON));
  }

  @Test
  void shouldServeTheTypeOfTheBytesNotTheDeclaredOne() throws Exception {
    Attachment picture = stored("p", "text/html", Pictures.plain("png", 8, 8));
    Attachment page =
        stored(
            "q", "image/png", "<!DOCTYPE html><html></html>".getBytes(StandardCharsets.US_ASCII));

    mvc.perform(get("/inbox/media/" + picture.id()).principal(LUCIA))
        .andExpect(header().string("Content-Type", "image/png"));
    mvc.perform(get("/inbox/media/" + page.id()).principal(LUCIA))
        .andExpect(header().string("Content-Type", "application/octet-stream"));
  }

  @Test
  void shouldGiveParts() throws Exception {
    Attachment file = stored("a.txt", "text/plain", TEXT);
    String path = "/inbox/media/" + file.id();

    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=2-4"))
        .andExpect(status().isPartialContent())
        .andExpect(header().string("Content-Range", "bytes 2-4/10"))
        .andExpect(header().longValue("Content-Length", 3))
        .andExpect(content().string("234"));
    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=-3"))
        .andExpect(header().string("Content-Range", "bytes 7-9/10"))
        .andExpect(content().string("789"));
    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=8-100"))
        .andExpect(content().string("89"));
    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=10-"))
        .andExpect(status().isRequestedRangeNotSatisfiable())
        .andExpect(header().string("Content-Range", "bytes */10"));
    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=nonsense"))
        .andExpect(status().isRequestedRangeNotSatisfiable());
    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=0-1,4-5"))
        .andExpect(status().isOk())
        .andExpect(content().bytes(TEXT));
    mvc.perform(get(path).principal(LUCIA).header("Range", "bytes=0-1").header("If-Range", "\"x\""))
        .andExpect(status().isOk());
  }

  @Test
  void shouldAnswerHeadAndUnchanged() throws Exception {
    Attachment file = stored("a.txt", "text/plain", TEXT);
    String etag = "\"" + file.file().orElseThrow().sha256() + "\"";

    mvc.perform(head("/inbox/media/" + file.id()).principal(LUCIA))
        .andExpect(status().isOk())
        .andExpect(header().string("ETag", etag))
        .andExpect(header().longValue("Content-Length", 10))
        .andExpect(content().bytes(new byte[0]));
    mvc.perform(get("/inbox/media/" + file.id()).principal(LUCIA).header("If-None-Match", etag))
        .andExpect(status().isNotModified());
  }

  @Test
  void shouldHideWhatMayNotBeRead() throws Exception {
    Attachment file = stored("a.txt", "text/plain", TEXT);
    String path = "/inbox/media/" + file.id();

    mvc.perform(get(path)).andExpect(status().isNotFound());
    mvc.perform(get(path + "/thumbnail")).andExpect(status().isNotFound());
    String refused =
        mvc.perform(get(path).principal(MARTA))
            .andExpect(status().isNotFound())
            .andReturn()
            .getResponse()
            .getContentAsString();
    mvc.perform(get("/inbox/media/" + Attachments.id("none", 0)).principal(LUCIA))
        .andExpect(status().isNotFound())
        .andExpect(content().string(refused));
    mvc(Optional.empty()).perform(get(path).principal(LUCIA)).andExpect(status().isNotFound());
    assertThat(audit()).isEmpty();
  }

  @Test
  void shouldShowTheSmallPictureInline() throws Exception {
    Attachment picture = stored("p.png", "image/png", Pictures.plain("png", 400, 400));
    Attachment text = stored("a.txt", "text/plain", TEXT);

    byte[] small =
        mvc.perform(get("/inbox/media/" + picture.id() + "/thumbnail").principal(LUCIA))
            .andExpect(status().isOk())
            .andExpect(header().string("Content-Type", "image/jpeg"))
            .andExpect(header().string("Content-Disposition", "inline"))
            .andExpect(header().string("X-Content-Type-Options", "nosniff"))
            .andReturn()
            .getResponse()
            .getContentAsByteArray();
    assertThat(Pictures.read(small).getWidth()).isEqualTo(320);
    mvc.perform(get("/inbox/media/" + text.id() + "/thumbnail").principal(LUCIA))
        .andExpect(status().isNotFound());
    assertThat(audit()).extracting(AuditRecord::action).contains("thumbnail-read");
  }

  @Test
  void shouldOpenSignedLinks() throws Exception {
    Attachment picture = stored("p.png", "image/png", Pictures.plain("png", 400, 400));
    String file = links.path(picture.id(), Purpose.PROVIDER, Duration.ofMinutes(5)).toString();
    String small = links.path(picture.id(), Purpose.THUMBNAIL, Duration.ofMinutes(5)).toString();

    mvc.perform(get(file))
        .andExpect(status().isOk())
        .andExpect(header().string("Content-Type", "image/png"))
        .andExpect(
            header().string("Content-Disposition", org.hamcrest.Matchers.startsWith("attachment")));
    mvc.perform(get(small))
        .andExpect(status().isOk())
        .andExpect(header().string("Content-Type", "image/jpeg"));
    mvc.perform(get(file.replace("purpose=provider", "purpose=visitor")))
        .andExpect(status().isNotFound());
    mvc.perform(get("/media/" + picture.id())).andExpect(status().isNotFound());
    media.clock.forward(Duration.ofMinutes(5));
    mvc.perform(get(file)).andExpect(status().isNotFound());
  }

  @Test
  void shouldSayWhyAFileCannotBeDownloaded() throws Exception {
    // given
    media.scanner = bytes -> new VirusScan.Verdict.Infected("Eicar-Test");
    Attachment infected = stored("v.txt", "text/plain", TEXT);
    Attachment waiting = media.waiting("w", Form.DOCUMENT, "text/plain", "w.txt");

    // when, then
    mvc.perform(
            get("/inbox/media/" + infected.id()).principal(LUCIA).header("Accept-Language", "es"))
        .andExpect(status().isNotFound())
        .andExpect(
            jsonPath("$.error")
                .value("Se encontró un virus en el archivo (Eicar-Test); no se guardó."));
    mvc.perform(get("/inbox/media/" + waiting.id()).principal(LUCIA))
        .andExpect(status().isConflict())
        .andExpect(jsonPath("$.error").value("The file is not here yet; try again in a moment."));
    mvc.perform(get(links.path(infected.id(), Purpose.VISITOR, Duration.ofHours(1)).toString()))
        .andExpect(status().isNotFound());
  }
}
