package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.response.ProcessInstanceEvent;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real platform: it answers, and keeps its data when a part is killed. */
@ExtendWith(PlatformExtension.class)
@Timeout(240)
final class PlatformIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PROCESS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
          targetNamespace="http://hilo.dev/platform-it">
        <process id="PROCESS_ID" isExecutable="true">
          <startEvent id="StartEvent_Begun"/>
          <sequenceFlow id="Flow_1" sourceRef="StartEvent_Begun" targetRef="Task_Answer"/>
          <userTask id="Task_Answer" name="Answer PROCESS_ID">
            <extensionElements><zeebe:userTask/></extensionElements>
          </userTask>
          <sequenceFlow id="Flow_2" sourceRef="Task_Answer" targetRef="EndEvent_Answered"/>
          <endEvent id="EndEvent_Answered"/>
        </process>
      </definitions>
      """;

  private final Platform platform;
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(Redirect.NORMAL)
          .build();

  PlatformIT(Platform platform) {
    this.platform = platform;
  }

  @Test
  void shouldAnswerWhenEveryPartIsAsked() throws Exception {
    assertThat(get(platform.store().resolve("/_cluster/health")).body())
        .contains("\"cluster_name\":\"hilo\"");
    assertThat(get(platform.management().resolve("/actuator/health")).statusCode()).isEqualTo(200);
    for (String app : List.of("/operate", "/tasklist")) {
      assertThat(get(platform.webApps().resolve(app)).body())
          .as(app)
          .containsIgnoringCase("<title>");
    }
    try (CamundaClient client = client()) {
      assertThat(client.newTopologyRequest().send().join().getGatewayVersion()).isEqualTo("8.6.0");
    }
  }

  @Test
  void shouldShowTaskInTasklistWhenProcessStarts() {
    // given
    logIn();

    // when
    start("shown");

    // then
    awaitTask("shown");
  }

  @Test
  void shouldKeepInstanceWhenBrokerIsKilled() {
    // given
    ProcessInstanceEvent instance = start("broker-killed");

    // when
    platform.killBroker();
    assertThatThrownBy(() -> get(platform.management().resolve("/actuator/health")))
        .isInstanceOf(IOException.class);
    platform.startBroker();

    // then: it is still there, to be cancelled exactly once
    try (CamundaClient client = client()) {
      client.newCancelInstanceCommand(instance.getProcessInstanceKey()).send().join();
      assertThatThrownBy(
              () -> client.newCancelInstanceCommand(instance.getProcessInstanceKey()).send().join())
          .isInstanceOf(ClientStatusException.class)
          .hasMessageContaining("NOT_FOUND");
    }
    assertThat(platform.failure()).isEmpty();
  }

  @Test
  void shouldKeepDocumentsAndGoOnWhenStoreIsKilled() throws Exception {
    // given
    URI document = platform.store().resolve("/platform-it/_doc/kept?refresh=true");
    HttpRequest put =
        HttpRequest.newBuilder(document)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"word\":\"hilo\"}"))
            .build();
    assertThat(browser.send(put, BodyHandlers.ofString()).statusCode()).isIn(200, 201);

    // when
    platform.killStore();
    platform.startStore();

    // then: what was stored is there, and what starts now still reaches Tasklist
    assertThat(get(platform.store().resolve("/platform-it/_doc/kept")).body())
        .contains("\"word\":\"hilo\"");
    logIn();
    start("store-killed");
    awaitTask("store-killed");
    assertThat(platform.failure()).isEmpty();
  }

  private CamundaClient client() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(platform.grpc())
        .restAddress(platform.rest())
        .preferRestOverGrpc(false)
        .build();
  }

  private ProcessInstanceEvent start(String process) {
    try (CamundaClient client = client()) {
      client
          .newDeployResourceCommand()
          .addResourceString(
              PROCESS.replace("PROCESS_ID", process), StandardCharsets.UTF_8, process + ".bpmn")
          .send()
          .join();
      return client.newCreateInstanceCommand().bpmnProcessId(process).latestVersion().send().join();
    }
  }

  private void logIn() {
    HttpRequest login =
        HttpRequest.newBuilder(platform.webApps().resolve("/api/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=demo&password=demo"))
            .build();
    await(login, answer -> answer.statusCode() == 204);
  }

  private void awaitTask(String process) {
    HttpRequest search =
        HttpRequest.newBuilder(platform.webApps().resolve("/v1/tasks/search"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"state\":\"CREATED\"}"))
            .build();
    await(search, answer -> answer.body().contains("\"Answer " + process + "\""));
  }

  /** Asks until the answer is the expected one; in between an error is no failure. */
  private void await(HttpRequest request, Predicate<HttpResponse<String>> expected) {
    Awaitility.await(request.uri().toString())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> browser.send(request, BodyHandlers.ofString()), expected);
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
