package dev.hilo.platform.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.ingest.common.IngestCommonPlugin;
import org.opensearch.join.ParentJoinPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.aggregations.matrix.MatrixAggregationPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * Main class of the store's process: {@code StoreNode <data folder> <http port> <transport port>
 * <cluster name>}. Listens on loopback only and closes its node when asked to end.
 */
public final class StoreNode {
  private static final List<Class<? extends Plugin>> MODULES =
      List.of(
          Netty4Plugin.class,
          CommonAnalysisPlugin.class,
          PainlessPlugin.class,
          MapperExtrasPlugin.class,
          ParentJoinPlugin.class,
          ReindexPlugin.class,
          MatrixAggregationPlugin.class,
          IngestCommonPlugin.class,
          IndexPolicySettingPlugin.class);

  private StoreNode() {}

  /**
   * Starts the node and waits until the process is asked to end.
   *
   * @throws NodeValidationException when OpenSearch refuses its settings
   * @throws InterruptedException never, as nobody interrupts the main thread
   */
  public static void main(String[] args) throws NodeValidationException, InterruptedException {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "expected <data folder> <http port> <transport port> <cluster name>, got "
              + args.length
              + " arguments");
    }
    Path data = Path.of(args[0]).toAbsolutePath();
    Settings settings =
        Settings.builder()
            .put("path.home", data.toString())
            .put("path.data", data.resolve("nodes-data").toString())
            .put("path.logs", data.resolve("logs").toString())
            .put("cluster.name", args[3])
            .put("node.name", "store")
            .put("network.host", "127.0.0.1")
            .put("http.port", args[1])
            .put("transport.port", args[2])
            .put("discovery.type", "single-node")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            // Camunda's exporter opens some forty indices a day; the default limit of 1000 shards
            // would stop a kept installation after some weeks.
            .put("cluster.max_shards_per_node", 10_000)
            .build();
    Node node = new LoopbackNode(settings);
    CountDownLatch closed = new CountDownLatch(1);
    Thread closer =
        new Thread(
            () -> {
              close(node);
              closed.countDown();
            },
            "close-store");
    Runtime.getRuntime().addShutdownHook(closer);
    node.start();
    // The node's own threads do not keep the process alive.
    closed.await();
  }

  private static void close(Node node) {
    try {
      node.close();
      boolean closed = node.awaitClose(20, TimeUnit.SECONDS);
      if (!closed) {
        System.err.println("The store did not close within 20 s.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class LoopbackNode extends Node {
    LoopbackNode(Settings settings) {
      super(
          InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "store"),
          MODULES,
          true);
    }
  }
}
