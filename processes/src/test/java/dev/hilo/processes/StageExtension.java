package dev.hilo.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an engine of its own with everything deployed, allows no incident, and keeps the
 * book of the paths that were taken.
 */
final class StageExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(StageExtension.class);

  private record Running(ZeebeTestEngine engine, CamundaClient client, Stage stage) {}

  /** The paths taken so far by the tests of one class, and how many of them ran. */
  private static final class Book {
    private final Set<String> paths = new TreeSet<>();
    private int tests;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    store(context).put(Book.class, new Book());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ZeebeTestEngine engine = EngineFactory.create();
    engine.start();
    CamundaClient client =
        CamundaClient.newClientBuilder()
            .preferRestOverGrpc(false)
            .grpcAddress(URI.create("http://" + engine.getGatewayAddress()))
            .applyEnvironmentVariableOverrides(false)
            .build();
    Stage stage = new Stage(engine, client);
    store(context).put(Running.class, new Running(engine, client, stage));
    stage.deploy();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Running running = get(context, Running.class);
    try {
      Book book = get(context, Book.class);
      book.tests++;
      book.paths.addAll(running.stage().pathsTaken(model(context).process()));
      assertThat(running.stage().incidents()).as("incidents").isEmpty();
    } finally {
      running.client().close();
      running.engine().stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Book book = get(context, Book.class);
    if (book.tests < testsOf(context.getRequiredTestClass())) {
      return; // only some of the tests were asked for
    }
    Set<String> never = new TreeSet<>(Models.pathsOf(model(context).file()));
    never.removeAll(book.paths);
    assertThat(never).as("paths of %s that no test took", model(context).file()).isEmpty();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return get(context, Running.class).stage();
  }

  private static long testsOf(Class<?> testClass) {
    return Arrays.stream(testClass.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .count();
  }

  private static PlayedModel model(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getRequiredTestClass().getAnnotation(PlayedModel.class), "@PlayedModel");
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  private static <T> T get(ExtensionContext context, Class<T> type) {
    return Objects.requireNonNull(store(context).get(type, type), type.getSimpleName());
  }
}
