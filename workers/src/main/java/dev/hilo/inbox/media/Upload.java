package dev.hilo.inbox.media;

import java.util.List;
import java.util.Locale;

/** What came of an upload. */
public sealed interface Upload {

  /** It is stored, and may become part of a message. */
  record Stored(Attachment attachment) implements Upload {}

  /** It is not kept. */
  sealed interface Refused extends Upload {

    /** What was wrong and what is allowed, in one sentence. Languages: en, es, pt. */
    String sentence(Locale language);
  }

  /**
   * Too large.
   *
   * @param maxBytes what is allowed for a file of its type, or of any where its type was not seen
   */
  record TooLarge(long maxBytes) implements Refused {
    @Override
    public String sentence(Locale language) {
      return new MediaWords(language).uploadTooLarge(maxBytes);
    }
  }

  /**
   * Not of a type that is taken.
   *
   * @param type what its bytes show
   * @param allowed the types that are taken
   */
  record WrongType(String type, List<String> allowed) implements Refused {
    public WrongType {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String sentence(Locale language) {
      return new MediaWords(language).uploadWrongType(type, allowed);
    }
  }

  /**
   * A virus was found.
   *
   * @param name the scanner's name of it
   */
  record Infected(String name) implements Refused {
    @Override
    public String sentence(Locale language) {
      return new MediaWords(language).uploadInfected(name);
    }
  }

  /** The scanner does not answer; the same upload may be made again. */
  record NotScanned() implements Refused {
    @Override
    public String sentence(Locale language) {
      return new MediaWords(language).uploadNotScanned();
    }
  }
}
