package dev.hilo.meta;

import java.util.Map;
import java.util.Optional;

/** The platform's words for the commonest reactions. */
final class Reactions {

  private static final Map<String, String> EMOJI =
      Map.of(
          "love", "❤️",
          "smile", "😆",
          "wow", "😮",
          "sad", "😢",
          "angry", "😠",
          "like", "👍",
          "dislike", "👎");

  private Reactions() {}

  /** The emoji as sent, or the one that the word stands for; never empty. */
  static Optional<String> emoji(Part reaction) {
    String word = reaction.text("reaction").orElse("?");
    return reaction
        .text("emoji")
        .or(() -> Optional.of(EMOJI.getOrDefault(word, word)))
        .map(emoji -> OneLine.of(emoji, 40))
        .filter(emoji -> !emoji.isEmpty())
        .or(() -> Optional.of("?"));
  }
}
