package dev.hilo.inbox.media;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Measures what a file costs in memory on its way in and out: the most live heap, taken after a
 * collection at points on the way, for a small and a large file. The S3 server is another process.
 * See bench/README.md.
 */
public final class MediaBench {

  private static final long MIB = 1024 * 1024;
  private static final int POINTS = 16;

  private MediaBench() {}

  /**
   * Prints the table.
   *
   * @param arguments none; {@code serve <folder>} is the S3 server
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals("serve")) {
      try (S3Server server = new S3Server(Path.of(arguments[1]))) {
        System.out.println(server.settings().endpoint());
        int end = System.in.read();
        System.exit(end < 0 ? 0 : 1);
      }
    }
    Path folder = Files.createTempDirectory("media-bench");
    Process server = serve(Files.createDirectories(folder.resolve("s3")));
    try (S3Client s3 = MediaConfiguration.s3(S3Server.settings(endpoint(server)))) {
      System.out.printf(
          Locale.ROOT,
          "heap limit %d MiB; live heap above the idle process, MiB%n%n",
          Runtime.getRuntime().maxMemory() / MIB);
      System.out.println("| store  | file    | in: most | in: MB/s | out: most | out: MB/s |");
      System.out.println("|--------|---------|---------:|---------:|----------:|----------:|");
      for (Blobs blobs :
          List.of(new FolderBlobs(folder.resolve("media")), new S3Blobs(s3, S3Server.BUCKET))) {
        String name = blobs instanceof S3Blobs ? "s3" : "folder";
        // Loads classes and opens connections.
        measure(blobs, 9 * MIB);
        for (long size : new long[] {MIB, 100 * MIB}) {
          Figures figures = measure(blobs, size);
          System.out.printf(
              Locale.ROOT,
              "| %-6s | %4d MiB| %8.1f | %8.0f | %9.1f | %9.0f |%n",
              name,
              size / MIB,
              figures.in(),
              figures.inRate(),
              figures.out(),
              figures.outRate());
        }
      }
    } finally {
      server.destroy();
      FileSystemUtils.deleteRecursively(folder);
    }
    System.exit(0);
  }

  /** Live heap in MiB, and MB/s of a run without collections. */
  private record Figures(double in, double inRate, double out, double outRate) {}

  private static Figures measure(Blobs blobs, long size) throws IOException {
    BlobKey key = BlobKey.fresh();
    double idle = live();
    Sampled in = new Sampled(new CountedBytes(size), size);
    blobs.put(key, in, size);
    Sampled out = new Sampled(blobs.open(key).orElseThrow(), size);
    drain(out);
    blobs.delete(key);
    // Rates apart: a collection in the middle would be measured too.
    long began = System.nanoTime();
    blobs.put(key, new CountedBytes(size), size);
    double inRate = rate(size, began);
    began = System.nanoTime();
    drain(blobs.open(key).orElseThrow());
    double outRate = rate(size, began);
    blobs.delete(key);
    return new Figures(in.most - idle, inRate, out.most - idle, outRate);
  }

  private static void drain(InputStream in) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    try (in) {
      int read = in.read(chunk);
      while (read >= 0) {
        read = in.read(chunk);
      }
    }
  }

  private static double rate(long size, long began) {
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    return size / 1e6 / Math.max(0.001, seconds);
  }

  private static double live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) MIB;
  }

  /** Looks at the heap at points on the way. */
  private static final class Sampled extends java.io.FilterInputStream {
    private final long every;
    private long read;
    private long next;
    private double most;

    private Sampled(InputStream in, long size) {
      super(in);
      this.every = Math.max(1, size / POINTS);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      read += Math.max(0, count);
      if (read >= next) {
        next = read + every;
        most = Math.max(most, live());
      }
      return count;
    }
  }

  private static Process serve(Path folder) throws IOException {
    String java =
        Stream.of(System.getProperty("java.home"), "bin", "java")
            .reduce((a, b) -> Path.of(a, b).toString())
            .orElseThrow();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            MediaBench.class.getName(),
            "serve",
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI endpoint(Process server) throws IOException {
    var lines = server.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("http://")) {
        return URI.create(line);
      }
    }
    throw new IOException("the S3 server did not start");
  }
}
