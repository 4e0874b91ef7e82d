package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;

/** The canonical JSON of events: stable key order, ISO-8601 times, absent fields left out. */
public final class EventJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .defaultPrettyPrinter(
              // The same line ends on every machine.
              new DefaultPrettyPrinter()
                  .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n")))
          .build();

  private EventJson() {}

  /** Writes events in order, as a JSON array. */
  public static String write(List<? extends ChannelEvent> events) {
    try {
      return MAPPER
          .writerFor(
              MAPPER.getTypeFactory().constructCollectionType(List.class, ChannelEvent.class))
          .writeValueAsString(events);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("events are always writable", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is not such JSON
   */
  public static List<ChannelEvent> read(String json) {
    try {
      return MAPPER.readValue(
          json, MAPPER.getTypeFactory().constructCollectionType(List.class, ChannelEvent.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the canonical JSON of events: " + e.getMessage(), e);
    }
  }
}
