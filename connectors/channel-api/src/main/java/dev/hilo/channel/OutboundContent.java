package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What we send. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OutboundContent.Text.class, name = "text"),
  @JsonSubTypes.Type(value = OutboundContent.Template.class, name = "template")
})
public sealed interface OutboundContent {

  /** Free text. */
  record Text(String body) implements OutboundContent {}

  /**
   * A text that the provider approved beforehand.
   *
   * @param language the provider's tag of it, for example {@code es_CO}
   * @param parameters the values of the body's placeholders, in order
   * @param rendering the text as the customer will read it, for our own thread
   */
  record Template(String name, String language, List<String> parameters, String rendering)
      implements OutboundContent {
    public Template {
      parameters = List.copyOf(parameters);
    }
  }
}
