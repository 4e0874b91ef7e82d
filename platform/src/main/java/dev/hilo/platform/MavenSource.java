package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fetches through the user's own Maven, with its settings, mirrors and local repository; shows
 * Maven's progress.
 */
final class MavenSource implements ArtifactSource {
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0";

  private final Map<String, String> environment;
  private final boolean terminal;

  /**
   * @param environment variables by name
   * @param terminal whether a person watches, for whom Maven draws progress
   */
  MavenSource(Map<String, String> environment, boolean terminal) {
    this.environment = Map.copyOf(environment);
    this.terminal = terminal;
  }

  @Override
  public void fetch(List<Artifact> artifacts, Path folder) {
    try {
      Path project = Files.createTempDirectory("hilo-fetch");
      try {
        Path pom = Files.writeString(project.resolve("pom.xml"), pom(artifacts, folder));
        List<String> command = new ArrayList<>(List.of(maven(), "-f", pom.toString()));
        if (!terminal) {
          command.add("-B");
        }
        command.add(PLUGIN + ":copy");
        Foreground.run(
            command, project, mavenOptions(), "Maven is needed to fetch the platform: install it");
      } finally {
        FileTree.delete(project);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Maven's own libraries make newer JDKs print warnings that would bury its progress. */
  private Map<String, String> mavenOptions() {
    String given = environment.getOrDefault("MAVEN_OPTS", "");
    return Runtime.version().feature() >= 24
        ? Map.of("MAVEN_OPTS", (given + " --sun-misc-unsafe-memory-access=allow").strip())
        : Map.of();
  }

  private String maven() {
    String home = environment.getOrDefault("MAVEN_HOME", "");
    Path inHome = Path.of(home, "bin", "mvn");
    return !home.isEmpty() && Files.isExecutable(inHome) ? inHome.toString() : "mvn";
  }

  /** A project that copies exactly these files, without what they depend on. */
  private static String pom(List<Artifact> artifacts, Path folder) {
    StringBuilder items = new StringBuilder();
    for (Artifact artifact : artifacts) {
      items.append(
          "<artifactItem><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><type>%s</type></artifactItem>\n"
              .formatted(artifact.group(), artifact.name(), artifact.version(), artifact.type()));
    }
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>dev.hilo</groupId><artifactId>hilo-fetch</artifactId><version>1</version><packaging>pom</packaging>
    <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
    <configuration><outputDirectory>%s</outputDirectory><artifactItems>
    %s</artifactItems></configuration>
    </plugin></plugins></build>
    </project>
    """
        .formatted(escape(folder.toAbsolutePath().toString()), items);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
