package dev.hilo.processes;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** The models and forms of the project, as the tests deploy them. */
final class Models {

  /** The queue whose copy of {@code attend} the tests play. */
  static final String QUEUE = "support";

  private Models() {}

  /**
   * A model that the engine in memory can play to the end. It has no user task commands, so a user
   * task loses its mark and becomes a job of type {@code io.camunda.zeebe:userTask}.
   */
  static String playable(String process) {
    BpmnModelInstance model = read(text("/processes/" + process + ".bpmn"));
    model
        .getModelElementsByType(ZeebeUserTask.class)
        .forEach(mark -> mark.getParentElement().removeChildElement(mark));
    return Bpmn.convertToString(model);
  }

  /** The copy of {@code attend} for the queue of the tests. */
  static String playableAttend() {
    return playable("attend")
        .replace("id=\"attend\"", "id=\"attend-" + QUEUE + "\"")
        .replace("bpmnElement=\"attend\"", "bpmnElement=\"attend-" + QUEUE + "\"");
  }

  /** A form as text, for instance {@code ("en", "answer-conversation-en")}. */
  static String form(String language, String id) {
    return text("/forms/" + language + "/" + id + ".form");
  }

  /**
   * Ids of what a test must have gone through: every sequence flow, and for those that leave an
   * event-based gateway, which the engine does not record, the event they lead to.
   */
  static Set<String> pathsOf(String process) {
    Set<String> paths = new TreeSet<>();
    read(text("/processes/" + process + ".bpmn"))
        .getModelElementsByType(SequenceFlow.class)
        .forEach(
            flow ->
                paths.add(
                    flow.getSource() instanceof EventBasedGateway
                        ? flow.getTarget().getId()
                        : flow.getId()));
    return paths;
  }

  private static BpmnModelInstance read(String xml) {
    return Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(String resource) {
    try (InputStream stream = Models.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no " + resource + " on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
