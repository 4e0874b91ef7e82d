package dev.hilo.bench;

import com.sun.management.OperatingSystemMXBean;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.Topology;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the figures depend on. */
final class Machine {

  private Machine() {}

  /** Name and value, in the order to print them; without anything that names the machine. */
  static Map<String, String> facts(
      CamundaClient client, LocalHttp http, Store store, Endpoints endpoints) {
    Map<String, String> facts = new LinkedHashMap<>();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    facts.put(
        "machine",
        String.format(
            Locale.ROOT,
            "%d cores, %.0f GiB memory, %s %s; load %.1f before the start",
            system.getAvailableProcessors(),
            system.getTotalMemorySize() / (double) (1L << 30),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            system.getSystemLoadAverage()));
    facts.put(
        "java",
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    Topology topology = client.newTopologyRequest().send().join();
    facts.put(
        "engine",
        "Zeebe %s, brokers %d, partitions %d, replication factor %d, exporters %s"
            .formatted(
                topology.getGatewayVersion(),
                topology.getClusterSize(),
                topology.getPartitionsCount(),
                topology.getReplicationFactor(),
                exporters(http, endpoints)));
    facts.put("web apps", "Operate and Tasklist, importing");
    facts.put("store", store.version());
    return facts;
  }

  private static List<String> exporters(LocalHttp http, Endpoints endpoints) {
    List<String> exporters = new ArrayList<>();
    LocalHttp.json(http.get(endpoints.management().resolve("/actuator/exporters")))
        .forEach(
            exporter ->
                exporters.add(
                    exporter.path("exporterId").asText()
                        + " "
                        + exporter.path("status").asText().toLowerCase(Locale.ROOT)));
    return exporters;
  }
}
