package dev.hilo.inbox.engine;

import dev.hilo.inbox.queue.Queues;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deploys the models as soon as the engine answers. The engine keeps the version of a resource that
 * has not changed, so a restart deploys nothing new. {@code attend} is drawn once and deployed once
 * for each queue, see ADR 0006.
 */
@Component
public class ModelDeployment {

  private static final Logger LOG = LoggerFactory.getLogger(ModelDeployment.class);

  private final CamundaClient client;
  private final Queues queues;
  private final AtomicBoolean deployed = new AtomicBoolean();

  ModelDeployment(CamundaClient client, Queues queues) {
    this.client = client;
    this.queues = queues;
  }

  /** Whether the models are there; no message may be published before. */
  public boolean deployed() {
    return deployed.get();
  }

  @Scheduled(fixedDelay = 1000)
  void deployUntilDone() throws IOException {
    if (deployed.get()) {
      return;
    }
    Map<String, String> resources = resources(queues);
    try {
      DeployResourceCommandStep1.DeployResourceCommandStep2 command = null;
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        command =
            command == null
                ? client
                    .newDeployResourceCommand()
                    .addResourceStringUtf8(resource.getValue(), resource.getKey())
                : command.addResourceStringUtf8(resource.getValue(), resource.getKey());
      }
      if (command == null) {
        throw new IllegalStateException("there are no models on the class path");
      }
      var event = command.send().join();
      deployed.set(true);
      event
          .getProcesses()
          .forEach(
              p -> LOG.info("process {} is at version {}", p.getBpmnProcessId(), p.getVersion()));
    } catch (io.camunda.client.api.command.ClientException e) {
      LOG.warn("models are not deployed yet: {}", e.getMessage());
    }
  }

  /** The models by resource name, {@code attend} once for each queue. */
  static Map<String, String> resources(Queues queues) throws IOException {
    var resolver = new PathMatchingResourcePatternResolver();
    Map<String, String> resources = new LinkedHashMap<>();
    for (String pattern : new String[] {"processes/*.bpmn", "processes/*.dmn", "forms/**/*.form"}) {
      for (Resource resource : resolver.getResources("classpath*:" + pattern)) {
        String name = String.valueOf(resource.getFilename());
        String text = resource.getContentAsString(StandardCharsets.UTF_8);
        if (name.equals("attend.bpmn")) {
          for (Queues.Queue queue : queues.queues()) {
            resources.put("attend-" + queue.id() + ".bpmn", forQueue(text, queue));
          }
        } else {
          resources.put(name, text);
        }
      }
    }
    return resources;
  }

  /** The drawn model under the queue's process id and name. */
  static String forQueue(String model, Queues.Queue queue) {
    String id = "attend-" + queue.id();
    String name = "Attend: " + escape(queue.nameIn("en"));
    String renamed =
        model
            .replaceFirst(
                "<bpmn:process id=\"attend\" name=\"[^\"]*\"",
                "<bpmn:process id=\"" + id + "\" name=\"" + name + "\"")
            .replace("bpmnElement=\"attend\"", "bpmnElement=\"" + id + "\"");
    if (!renamed.contains("<bpmn:process id=\"" + id + "\"")) {
      throw new IllegalStateException(
          "attend.bpmn must begin its process with <bpmn:process id=\"attend\" name=\"...\"");
    }
    return renamed;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;").replace("$", "");
  }
}
