package dev.hilo.bench.parse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.RawDelivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One operation reads all golden payloads of a channel once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ParseBenchmark {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The channel; {@link ParseBench} fills it in. */
  @Param("telegram")
  public String channel = "";

  private List<RawDelivery> deliveries = List.of();
  private Function<RawDelivery, Object> reader = delivery -> delivery;

  /** Reads the payloads from the disk, before anything is measured. */
  @Setup
  public void read() throws IOException {
    GoldenPayloads payloads = GoldenPayloads.of(channel);
    deliveries = payloads.deliveries();
    reader = payloads.channel()::parse;
  }

  /** Bytes to canonical events, the signature checked where {@code parse} checks it. */
  @Benchmark
  public void parse(Blackhole to) {
    for (RawDelivery delivery : deliveries) {
      to.consume(reader.apply(delivery));
    }
  }

  /** The same bytes to a tree of the format, and nothing read from it. */
  @Benchmark
  public void format(Blackhole to) {
    for (RawDelivery delivery : deliveries) {
      to.consume(tree(delivery.body()));
    }
  }

  private static Object tree(byte[] body) {
    try {
      if (body.length > 0 && (body[0] == '{' || body[0] == '[' || body[0] == '"')) {
        return MAPPER.readTree(body);
      }
      DefaultMessageBuilder mails = new DefaultMessageBuilder();
      mails.setMimeEntityConfig(MimeConfig.PERMISSIVE);
      return mails.parseMessage(new ByteArrayInputStream(body));
    } catch (IOException e) {
      return e;
    }
  }
}
