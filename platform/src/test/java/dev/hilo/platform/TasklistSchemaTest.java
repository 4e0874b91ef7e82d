package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasklistSchemaTest {
  private static final String SCHEMA = "schema/os/create/template/tasklist-list-view.json";

  @TempDir Path folder;
  private Path camunda;
  private Path data;
  private Path store;

  @BeforeEach
  void makeFolders() throws IOException {
    camunda = folder.resolve("camunda");
    data = folder.resolve("data");
    store = data.resolve("store");
    Files.createDirectories(camunda.resolve("lib"));
  }

  @Test
  void shouldTakeTimesWithoutMillisecondsWhenTheDataAreNew() throws IOException {
    // given
    distribution("{\"creationTime\": {\"format\": \"date_time || epoch_millis\"}}");

    // when
    Path corrected = TasklistSchema.corrected(camunda, data, store).orElseThrow();

    // then
    assertThat(corrected.resolve(SCHEMA))
        .hasContent(
            "{\"creationTime\": {\"format\": \"date_time || strict_date_optional_time || epoch_millis\"}}");
  }

  @Test
  void shouldStayCorrectedWhenItStartsAgain() throws IOException {
    // given
    distribution("{\"dueDate\": {\"format\": \"date_time || epoch_millis\"}}");
    TasklistSchema.corrected(camunda, data, store);
    Files.createDirectories(store);

    // when, then
    assertThat(TasklistSchema.corrected(camunda, data, store))
        .hasValue(data.resolve("tasklist-schema"));
  }

  @Test
  void shouldLeaveTheSchemaWhenTheDataAreOlder() throws IOException {
    // given
    distribution("{\"dueDate\": {\"format\": \"date_time || epoch_millis\"}}");
    Files.createDirectories(store);

    // when, then
    assertThat(TasklistSchema.corrected(camunda, data, store)).isEmpty();
  }

  @Test
  void shouldSaySoWhenTheSchemaIsAnother() throws IOException {
    // given
    distribution("{\"dueDate\": {\"format\": \"date_time\"}}");

    // when, then
    assertThatThrownBy(() -> TasklistSchema.corrected(camunda, data, store))
        .isInstanceOf(PlatformException.class)
        .hasMessageEndingWith("is not the one of Tasklist 8.6.0.");
  }

  private void distribution(String schema) throws IOException {
    Path jar = camunda.resolve("lib/tasklist-els-schema-8.6.0.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(SCHEMA));
      out.write(schema.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }
}
