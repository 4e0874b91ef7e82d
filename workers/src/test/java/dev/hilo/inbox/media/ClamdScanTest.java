package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hilo.inbox.media.VirusScan.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClamdScanTest {

  /** The test virus of EICAR, in halves so that this file is none. */
  private static final byte[] EICAR =
      ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
          .getBytes(StandardCharsets.US_ASCII);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** Speaks clamd's side once: reads a stream, keeps it, answers. */
  private static final class StandIn implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<byte[]> received = new CompletableFuture<>();

    private StandIn(String answer, int limit) throws IOException {
      Thread.ofVirtual().start(() -> serve(answer, limit));
    }

    private void serve(String answer, int limit) {
      try (Socket socket = server.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
        assertThat(command).isEqualTo("zINSTREAM\0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int length;
        while (bytes.size() <= limit && (length = in.readInt()) != 0) {
          bytes.write(in.readNBytes(length));
        }
        socket.getOutputStream().write((answer + "\0").getBytes(StandardCharsets.US_ASCII));
        received.complete(bytes.toByteArray());
      } catch (IOException | AssertionError e) {
        received.completeExceptionally(e);
      }
    }

    private Verdict scan(byte[] file) throws IOException {
      return new ClamdScan("127.0.0.1", server.getLocalPort(), TIMEOUT)
          .scan(new ByteArrayInputStream(file));
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void shouldSendTheWholeFile() throws Exception {
    // given
    byte[] file = new CountedBytes(200_000).readAllBytes();
    try (StandIn clamd = new StandIn("stream: OK", Integer.MAX_VALUE)) {
      // when
      Verdict verdict = clamd.scan(file);

      // then
      assertThat(verdict).isEqualTo(new Verdict.Clean());
      assertThat(clamd.received.get(30, TimeUnit.SECONDS)).isEqualTo(file);
    }
  }

  @Test
  void shouldNameTheVirus() throws Exception {
    try (StandIn clamd = new StandIn("stream: Win.Test.EICAR_HDB-1 FOUND", Integer.MAX_VALUE)) {
      assertThat(clamd.scan(EICAR)).isEqualTo(new Verdict.Infected("Win.Test.EICAR_HDB-1"));
    }
  }

  @Test
  void shouldNotTakeAnErrorForClean() throws Exception {
    for (String answer :
        List.of("INSTREAM size limit exceeded. ERROR", "UNKNOWN COMMAND", "", "stream: OKAY")) {
      try (StandIn clamd = new StandIn(answer, Integer.MAX_VALUE)) {
        assertThat(clamd.scan(new byte[3])).as(answer).isInstanceOf(Verdict.Unavailable.class);
      }
    }
  }

  @Test
  void shouldNotTakeAFileForCleanThatWasCutOff() throws Exception {
    // given: hangs up in the middle and says OK
    try (StandIn clamd = new StandIn("stream: OK", 100_000)) {
      // when
      Verdict verdict = clamd.scan(new byte[50_000_000]);

      // then
      assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
    }
  }

  @Test
  void shouldSayThatNobodyIsThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(
            new ClamdScan("127.0.0.1", port, TIMEOUT).scan(new ByteArrayInputStream(new byte[1])))
        .isEqualTo(new Verdict.Unavailable("clamd cannot be reached"));
  }

  @Test
  void shouldNotWaitForEver() throws Exception {
    // given: takes the connection and never answers
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClamdScan scan = new ClamdScan("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(200));

      // when, then
      assertThat(scan.scan(new ByteArrayInputStream(new byte[1])))
          .isEqualTo(new Verdict.Unavailable("clamd gave no answer"));
    }
  }

  /** Debian's clamav-daemon, where it is installed, with one signature of our own. */
  @Test
  void shouldAgreeWithARealClamd() throws Exception {
    // given
    Optional<Path> program =
        List.of("/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "clamd is not installed");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path signatures = Files.createDirectories(folder.resolve("signatures"));
    Files.writeString(
        signatures.resolve("test.ndb"), "Test.Eicar:0:0:" + HexFormat.of().formatHex(EICAR) + "\n");
    Path configuration =
        Files.writeString(
            folder.resolve("clamd.conf"),
            """
            Foreground yes
            TCPSocket %d
            TCPAddr 127.0.0.1
            DatabaseDirectory %s
            StreamMaxLength 1M
            """
                .formatted(port, signatures));
    Process clamd =
        new ProcessBuilder(program.get().toString(), "--config-file=" + configuration)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("clamd.log").toFile())
            .start();
    try {
      ClamdScan scan = new ClamdScan("127.0.0.1", port, Duration.ofSeconds(10));
      while (clamd.isAlive()
          && scan.scan(new ByteArrayInputStream(new byte[1])) instanceof Verdict.Unavailable) {
        Thread.onSpinWait();
      }

      // when, then
      assertThat(clamd.isAlive()).as(Files.readString(folder.resolve("clamd.log"))).isTrue();
      assertThat(scan.scan(new ByteArrayInputStream(EICAR)))
          .isEqualTo(new Verdict.Infected("Test.Eicar.UNOFFICIAL"));
      assertThat(scan.scan(new CountedBytes(500_000))).isEqualTo(new Verdict.Clean());
      assertThat(scan.scan(new CountedBytes(50_000_000)))
          .isEqualTo(new Verdict.Unavailable("the file is larger than clamd's StreamMaxLength"));
    } finally {
      clamd.destroy();
      clamd.waitFor();
    }
  }
}
