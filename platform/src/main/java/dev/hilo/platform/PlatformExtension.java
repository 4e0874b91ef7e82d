package dev.hilo.platform;

import dev.hilo.platform.PlatformSettings.Scope;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the platform once for all test classes of a run and gives it to whoever has a {@link
 * Platform} parameter: {@code @ExtendWith(PlatformExtension.class)} for everything, or a static
 * {@code @RegisterExtension} field with {@link #brokerOnly()} or {@link #brokerWithClock()}. It is
 * ended after the last test of the run.
 *
 * <p>It listens on free ports and starts empty, under {@code target/platform}. System properties:
 * {@code hilo.platform.attach=true} uses a platform that already runs, on the ports the environment
 * names; {@code hilo.platform.ports=configured} starts on those instead of free ones.
 */
public final class PlatformExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

  private final Scope scope;
  private final boolean controlledClock;

  /** The whole platform. */
  public PlatformExtension() {
    this(Scope.FULL, false);
  }

  private PlatformExtension(Scope scope, boolean controlledClock) {
    this.scope = scope;
    this.controlledClock = controlledClock;
  }

  /** A broker without store and web apps. */
  public static PlatformExtension brokerOnly() {
    return new PlatformExtension(Scope.BROKER, false);
  }

  /** A broker without store and web apps, whose time the test moves. */
  public static PlatformExtension brokerWithClock() {
    return new PlatformExtension(Scope.BROKER, true);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Platform platform = platform(context);
    platform
        .failure()
        .ifPresent(
            why -> {
              throw new PlatformException("An earlier test has lost the platform. " + why);
            });
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Platform.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return platform(context);
  }

  private Platform platform(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(key(), key -> new Resource(startOrAttach()), Resource.class)
        .platform();
  }

  private String key() {
    return scope + (controlledClock ? "-clock" : "");
  }

  private Platform startOrAttach() {
    Path folder = Path.of("target", "platform", key().toLowerCase(Locale.ROOT));
    PlatformSettings settings =
        PlatformSettings.in(folder).withProgress(line -> System.out.println("platform: " + line));
    if (Boolean.getBoolean("hilo.platform.attach")) {
      return Platform.attach(settings);
    }
    if (scope == Scope.BROKER) {
      settings = settings.brokerOnly();
    }
    if (controlledClock) {
      settings = settings.withControlledClock();
    }
    if (!"configured".equals(System.getProperty("hilo.platform.ports"))) {
      settings = settings.onFreePorts();
    }
    Platform.clear(settings);
    return Platform.start(settings);
  }

  private record Resource(Platform platform) implements ExtensionContext.Store.CloseableResource {
    @Override
    public void close() {
      platform.close();
    }
  }
}
