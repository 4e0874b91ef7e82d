package dev.hilo.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.filters.RecordStream;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where a process is played: the test publishes messages, does the work of each job and lets time
 * pass, step by step, and then looks at what happened.
 */
final class Stage {

  /** Job type of a user task on the engine in memory. */
  private static final String USER_TASK = "io.camunda.zeebe:userTask";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Each try first waits until the engine has nothing to do. */
  private static final int TRIES = 20;

  private final ZeebeTestEngine engine;
  private final CamundaClient client;
  private final Map<String, Deque<ActivatedJob>> taken = new HashMap<>();

  Stage(ZeebeTestEngine engine, CamundaClient client) {
    this.engine = engine;
    this.client = client;
  }

  /** Deploys everything as Hilo does, with one queue. */
  void deploy() {
    client
        .newDeployResourceCommand()
        .addResourceStringUtf8(Models.playable("conversation"), "conversation.bpmn")
        .addResourceStringUtf8(Models.playableAttend(), "attend-support.bpmn")
        .addResourceBytes(formBytes("en"), "answer-conversation-en.form")
        .addResourceBytes(formBytes("es"), "answer-conversation-es.form")
        .send()
        .join();
  }

  private static byte[] formBytes(String language) {
    return Models.form(language, "answer-conversation-" + language)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Starts a process without a message. */
  void start(String process, Map<String, ?> variables) {
    client
        .newCreateInstanceCommand()
        .bpmnProcessId(process)
        .latestVersion()
        .variables(variables)
        .send()
        .join();
  }

  /** A customer writes: what the path in publishes once the message is stored. */
  void customerWrites(String contactId, String messageId) {
    publish("customer-message", contactId, messageId, Map.of("contactId", contactId));
  }

  /** Whether the engine refuses the same message while it still remembers it. */
  boolean refusesTwin(String contactId, String messageId) {
    try {
      customerWrites(contactId, messageId);
      return false;
    } catch (ClientStatusException e) {
      return e.getStatusCode() == Status.Code.ALREADY_EXISTS;
    }
  }

  /** What the worker of {@code wake-attend} publishes. */
  void wake(String contactId) {
    publish("customer-wrote-again", contactId, "", Map.of());
  }

  /** The contact gave way to another one. */
  void merge(String contactId, String mergedInto) {
    publish("contact-merged", contactId, "", Map.of("mergedInto", mergedInto));
  }

  private void publish(String name, String key, String messageId, Map<String, ?> variables) {
    client
        .newPublishMessageCommand()
        .messageName(name)
        .correlationKey(key)
        .messageId(messageId)
        .timeToLive(Duration.ofHours(1))
        .variables(variables)
        .send()
        .join();
  }

  /** Does the next job of the type and gives back what the job was given. */
  Map<String, Object> work(String jobType, Map<String, ?> out) {
    ActivatedJob job = take(jobType);
    client.newCompleteCommand(job.getKey()).variables(out).send().join();
    return job.getVariablesAsMap();
  }

  /** Does the next job of the type; it has nothing to say. */
  Map<String, Object> work(String jobType) {
    return work(jobType, Map.of());
  }

  /** The agent completes the task with what the form gives. Gives back what the form was given. */
  Map<String, Object> agentCompletes(Map<String, ?> form) {
    return work(USER_TASK, form);
  }

  /** The agent's task as it waits, without completing it. */
  ActivatedJob agentsTask() {
    ActivatedJob job = take(USER_TASK);
    taken.computeIfAbsent(USER_TASK, type -> new ArrayDeque<>()).addFirst(job);
    return job;
  }

  /** Lets time pass; timers that are due go off. */
  void pass(Duration duration) {
    settle();
    engine.increaseTime(duration);
    settle();
  }

  /** Names of the jobs that wait for a worker, sorted; the agent's task is {@code agent}. */
  List<String> waitingJobs() {
    settle();
    Map<Long, String> waiting = new HashMap<>();
    for (Record<?> entry : records()) {
      if (entry.getValue() instanceof JobRecordValue job) {
        if (entry.getIntent() == JobIntent.CREATED) {
          waiting.put(entry.getKey(), job.getType());
        } else if (entry.getIntent() == JobIntent.COMPLETED
            || entry.getIntent() == JobIntent.CANCELED) {
          waiting.remove(entry.getKey());
        }
      }
    }
    return waiting.values().stream()
        .map(type -> type.equals(USER_TASK) ? "agent" : type)
        .sorted()
        .toList();
  }

  /** Ids of the elements of a kind that were completed, in that order. */
  List<String> completed(BpmnElementType kind) {
    settle();
    return elements(ProcessInstanceIntent.ELEMENT_COMPLETED)
        .filter(value -> value.getBpmnElementType() == kind)
        .map(ProcessInstanceRecordValue::getElementId)
        .toList();
  }

  /** Ids of the processes that were ended from outside. */
  List<String> terminatedProcesses() {
    settle();
    return elements(ProcessInstanceIntent.ELEMENT_TERMINATED)
        .filter(value -> value.getBpmnElementType() == BpmnElementType.PROCESS)
        .map(ProcessInstanceRecordValue::getElementId)
        .toList();
  }

  /** How many instances of a process were started. */
  int started(String process) {
    settle();
    return (int)
        elements(ProcessInstanceIntent.ELEMENT_ACTIVATED)
            .filter(value -> value.getBpmnElementType() == BpmnElementType.PROCESS)
            .filter(value -> value.getBpmnProcessId().equals(process))
            .count();
  }

  /** Ids of the sequence flows taken and the elements completed in the instances of a process. */
  Set<String> pathsTaken(String process) {
    Set<String> paths = new TreeSet<>();
    Stream.concat(
            elements(ProcessInstanceIntent.SEQUENCE_FLOW_TAKEN),
            elements(ProcessInstanceIntent.ELEMENT_COMPLETED))
        .filter(value -> value.getBpmnProcessId().equals(process))
        .forEach(value -> paths.add(value.getElementId()));
    return paths;
  }

  /** What the engine could not go on with. */
  List<String> incidents() {
    return records().stream()
        .map(Record::getValue)
        .filter(IncidentRecordValue.class::isInstance)
        .map(IncidentRecordValue.class::cast)
        .map(incident -> incident.getElementId() + ": " + incident.getErrorMessage())
        .distinct()
        .toList();
  }

  private ActivatedJob take(String jobType) {
    Deque<ActivatedJob> jobs = taken.computeIfAbsent(jobType, type -> new ArrayDeque<>());
    for (int attempt = 0; jobs.isEmpty() && attempt < TRIES; attempt++) {
      settle();
      jobs.addAll(
          client
              .newActivateJobsCommand()
              .jobType(jobType)
              .maxJobsToActivate(100)
              .workerName("test")
              .timeout(Duration.ofDays(365))
              .send()
              .join()
              .getJobs());
    }
    assertThat(jobs)
        .as("a job of type %s; waiting: %s; incidents: %s", jobType, waitingJobs(), incidents())
        .isNotEmpty();
    return jobs.removeFirst();
  }

  private void settle() {
    try {
      engine.waitForIdleState(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the engine was busy", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the engine was still busy after " + PATIENCE, e);
    }
  }

  private Stream<ProcessInstanceRecordValue> elements(ProcessInstanceIntent intent) {
    return records().stream()
        .filter(entry -> entry.getRecordType() == RecordType.EVENT)
        .filter(entry -> entry.getIntent() == intent)
        .map(Record::getValue)
        .filter(ProcessInstanceRecordValue.class::isInstance)
        .map(ProcessInstanceRecordValue.class::cast);
  }

  private List<Record<?>> records() {
    return StreamSupport.stream(
            RecordStream.of(engine.getRecordStreamSource()).records().spliterator(), false)
        .<Record<?>>map(entry -> entry)
        .toList();
  }
}
