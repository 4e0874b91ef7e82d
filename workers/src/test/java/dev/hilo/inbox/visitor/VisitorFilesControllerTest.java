package dev.hilo.inbox.visitor;

import static dev.hilo.inbox.visitor.VisitorWorld.ORIGIN;
import static dev.hilo.inbox.visitor.VisitorWorld.call;
import static dev.hilo.inbox.visitor.VisitorWorld.json;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hilo.inbox.visitor.VisitorWorld.Visitor;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VisitorFilesControllerTest {

  private static final byte[] PHOTO = {(byte) 0x89, 'P', 'N', 'G'};
  private static final String FILES = "/visitors/" + VisitorWorld.CHANNEL + "/shop/files";

  private final VisitorWorld world = new VisitorWorld();

  @Test
  void shouldKeepAFileAndTakeItWithAMessage() throws Exception {
    // given
    Visitor ana = world.somebody();
    // when
    world
        .http
        .perform(
            call("files", ana)
                .param("name", "C:\\photos\\spot.png")
                .contentType("image/png")
                .content(PHOTO))
        .andExpect(status().isOk())
        .andExpect(header().string("Access-Control-Allow-Origin", ORIGIN))
        .andExpect(jsonPath("$.id").value("up-1"))
        .andExpect(jsonPath("$.name").value("spot.png"))
        .andExpect(jsonPath("$.url").value("https://hilo.example/media/up-1?s=1"));
    // then
    world
        .http
        .perform(json("messages", ana, message("up-1", "image/png")))
        .andExpect(status().isOk());
    verify(world.intake).receive(any(), any());
  }

  @Test
  void shouldRefuseWhoShowsNoToken() throws Exception {
    world
        .http
        .perform(post(FILES).header("Origin", ORIGIN).contentType("image/png").content(PHOTO))
        .andExpect(status().isUnauthorized())
        .andExpect(jsonPath("$.code").value("bad-signature"));
    world
        .http
        .perform(
            call("files", new Visitor("forged.token.x", world.somebody().address()))
                .contentType("image/png")
                .content(PHOTO))
        .andExpect(status().isUnauthorized());
  }

  @Test
  void shouldRefusePagesOfOtherOrigins() throws Exception {
    Visitor ana = world.somebody();
    for (String origin : new String[] {"https://evil.example", "null"}) {
      world
          .http
          .perform(
              post(FILES)
                  .header("Origin", origin)
                  .header("Authorization", "Bearer " + ana.token())
                  .contentType("image/png")
                  .content(PHOTO))
          .andExpect(status().isForbidden())
          .andExpect(header().doesNotExist("Access-Control-Allow-Origin"))
          .andExpect(jsonPath("$.code").value("wrong-origin"));
    }
    world
        .http
        .perform(
            post(FILES)
                .header("Authorization", "Bearer " + ana.token())
                .contentType("image/png")
                .content(PHOTO))
        .andExpect(status().isForbidden());
  }

  @Test
  void shouldRefuseWhatIsTooLarge() throws Exception {
    Visitor ana = world.somebody();
    world
        .http
        .perform(call("files", ana).contentType("image/png").content(new byte[20_971_521]))
        .andExpect(status().isPayloadTooLarge())
        .andExpect(jsonPath("$.code").value("too-large"));
  }

  @Test
  void shouldRefuseTypesThatAreNotTaken() throws Exception {
    Visitor ana = world.somebody();
    for (String type :
        new String[] {"image/svg+xml", "text/html", "application/x-msdownload", "*/*", "image/*"}) {
      world
          .http
          .perform(call("files", ana).header("Content-Type", type).content(PHOTO))
          .andExpect(status().isUnsupportedMediaType())
          .andExpect(jsonPath("$.code").value("wrong-content-type"));
    }
  }

  @Test
  void shouldRefuseAFileThatIsNotWhatItSaysItIs() throws Exception {
    world
        .http
        .perform(
            call("files", world.somebody())
                .contentType("image/png")
                .content("<html><script>".getBytes(StandardCharsets.UTF_8)))
        .andExpect(status().isUnsupportedMediaType());
  }

  @Test
  void shouldNotTakeTheFileOfAnotherVisitor() throws Exception {
    // given
    Visitor ana = world.somebody();
    Visitor eva = world.somebody();
    world
        .http
        .perform(call("files", ana).contentType("image/png").content(PHOTO))
        .andExpect(status().isOk());
    // when
    world
        .http
        .perform(json("messages", eva, message("up-1", "image/png")))
        .andExpect(status().isGone())
        .andExpect(jsonPath("$.code").value("file-gone"));
    world
        .http
        .perform(json("messages", ana, message("up-9", "image/png")))
        .andExpect(status().isGone());
    world
        .http
        .perform(json("messages", ana, message("up-1", "application/pdf")))
        .andExpect(status().isGone());
    // then
    verify(world.intake, never()).receive(any(), any());
  }

  @Test
  void shouldTakeSoManyFilesAnHour() throws Exception {
    Visitor ana = world.somebody();
    for (int i = 0; i < 4; i++) {
      world
          .http
          .perform(call("files", ana).contentType("image/png").content(PHOTO))
          .andExpect(status().isOk());
    }
    world
        .http
        .perform(call("files", ana).contentType("image/png").content(PHOTO))
        .andExpect(status().isTooManyRequests());
    world.now = world.now.plusSeconds(3600);
    world
        .http
        .perform(call("files", ana).contentType("image/png").content(PHOTO))
        .andExpect(status().isOk());
  }

  private static String message(String file, String type) {
    return "{'kind':'message','clientId':'client-1','files':[{'id':'"
        + file
        + "','name':'spot.png','type':'"
        + type
        + "'}]}";
  }
}
