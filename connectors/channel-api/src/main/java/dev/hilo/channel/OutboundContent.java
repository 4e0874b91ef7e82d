package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** What we send. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OutboundContent.Text.class, name = "text"),
  @JsonSubTypes.Type(value = OutboundContent.Template.class, name = "template"),
  @JsonSubTypes.Type(value = OutboundContent.Media.class, name = "media"),
  @JsonSubTypes.Type(value = OutboundContent.Choices.class, name = "choices"),
  @JsonSubTypes.Type(value = OutboundContent.Reaction.class, name = "reaction")
})
public sealed interface OutboundContent {

  /** Free text. */
  record Text(String body) implements OutboundContent {}

  /**
   * A text that the provider approved beforehand.
   *
   * @param language the provider's tag of it, for example {@code es_CO}
   * @param parameters the values of the body's placeholders, in order
   * @param header the file that stands above the text, where the template has one
   * @param buttons the variable part of each button that has one, in the buttons' order
   * @param rendering the text as the customer will read it, for our own thread
   */
  record Template(
      String name,
      String language,
      List<String> parameters,
      Optional<File> header,
      List<String> buttons,
      String rendering)
      implements OutboundContent {
    public Template {
      parameters = List.copyOf(parameters);
      buttons = List.copyOf(buttons);
    }

    /** A template of text only. */
    public Template(String name, String language, List<String> parameters, String rendering) {
      this(name, language, parameters, Optional.empty(), List.of(), rendering);
    }
  }

  /**
   * Files.
   *
   * @param files at least one, at most {@link Capabilities#filesPerMessage}
   * @param caption text that goes with them, where {@link Capabilities.Ability#CAPTIONS} allows one
   */
  record Media(List<File> files, Optional<String> caption) implements OutboundContent {
    public Media {
      files = List.copyOf(files);
    }
  }

  /**
   * A question with answers to tap: buttons or a list, as the channel has them.
   *
   * @param body the question
   * @param choices at least one, at most {@link Capabilities.ChoiceLimits#choices}
   * @param menu what opens the list, where the channel shows one
   */
  record Choices(String body, List<Choice> choices, Optional<String> menu)
      implements OutboundContent {
    public Choices {
      choices = List.copyOf(choices);
    }

    /**
     * One answer.
     *
     * @param payload comes back in {@link Content.ButtonReply}
     */
    public record Choice(String payload, String title, Optional<String> description) {}
  }

  /**
   * A reaction to a customer's message.
   *
   * @param emoji empty to take it off
   */
  record Reaction(ExternalId message, Optional<String> emoji) implements OutboundContent {}

  /**
   * A file to send; its bytes are got from {@link OutgoingFiles}.
   *
   * @param id Hilo's id of it
   * @param mimeType as found in the bytes
   * @param size bytes
   */
  record File(String id, Content.Media.Form form, String fileName, String mimeType, long size) {}
}
