package dev.hilo.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One Authentication-Results header. Source: RFC 8601 §2.2; two things that servers write against
 * it are taken: {@code name=value} without a type ({@code action=none}), and characters in a value
 * that would need quotes.
 *
 * <p>Parts of it are the sender's own words (the address of the envelope, the name of a domain), in
 * quotes and comments that a server may have failed to close. So a header that is not sound to its
 * end is not believed at all.
 *
 * @param server the authserv-id, lower case; empty if not even that can be read
 * @param sound whether all of it could be read
 * @param results in their order; empty if it is not sound
 */
record AuthenticationResults(String server, boolean sound, List<Result> results) {

  private static final int MAX_LENGTH = 10_000;

  /**
   * What one method found.
   *
   * @param method {@code dkim}, {@code spf}, {@code dmarc}, ...; lower case
   * @param result {@code pass}, {@code fail}, ...; lower case
   */
  record Result(String method, String result, List<Property> properties) {

    boolean passed() {
      return result.equals("pass");
    }

    /** The value of a property; empty if there is none, or several that differ. */
    Optional<String> value(String name) {
      List<String> values =
          properties.stream()
              .filter(property -> property.name().equals(name))
              .map(Property::value)
              .distinct()
              .toList();
      return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    boolean has(String name) {
      return properties.stream().anyMatch(property -> property.name().equals(name));
    }
  }

  /**
   * What a result is about.
   *
   * @param name type and property, {@code header.from}; lower case
   * @param value without quotes; lower case, because domains are all that is looked at
   */
  record Property(String name, String value) {}

  /** Reads the value of a header, unfolded or not. */
  static AuthenticationResults read(String value) {
    Scanner scanner = new Scanner(value);
    String server = "";
    try {
      scanner.skip();
      server = scanner.value().toLowerCase(Locale.ROOT);
      if (value.length() > MAX_LENGTH) {
        return new AuthenticationResults(server, false, List.of());
      }
      return new AuthenticationResults(server, true, scanner.results());
    } catch (Malformed malformed) {
      return new AuthenticationResults(server, false, List.of());
    }
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private static final class Scanner {

    private static final char END = '\0';

    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    /** What follows the server's name. */
    List<Result> results() throws Malformed {
      skip();
      if (peek() >= '0' && peek() <= '9') {
        word();
        skip();
      }
      List<Result> results = new ArrayList<>();
      while (at < text.length()) {
        expect(';');
        skip();
        if (at < text.length() && peek() != ';') {
          result().ifPresent(results::add);
        }
      }
      return List.copyOf(results);
    }

    /** A method and what it found; empty for the word "none". */
    private Optional<Result> result() throws Malformed {
      String method = word();
      skip();
      if (method.equals("none") && (at == text.length() || peek() == ';')) {
        return Optional.empty();
      }
      if (peek() == '/') {
        at++;
        skip();
        word();
        skip();
      }
      expect('=');
      skip();
      String result = word();
      skip();
      List<Property> properties = new ArrayList<>();
      while (at < text.length() && peek() != ';') {
        String name = name();
        expect('=');
        skip();
        properties.add(new Property(name, value().toLowerCase(Locale.ROOT)));
        skip();
      }
      return Optional.of(new Result(method, result, List.copyOf(properties)));
    }

    /** A type, a dot and a property, with white space or comments around the dot. */
    private String name() throws Malformed {
      StringBuilder name = new StringBuilder(word());
      skip();
      while (peek() == '.') {
        at++;
        skip();
        name.append('.').append(word());
        skip();
      }
      return name.toString();
    }

    private String word() throws Malformed {
      int begin = at;
      while (isOfWord(peek())) {
        at++;
      }
      if (at == begin) {
        throw new Malformed();
      }
      return text.substring(begin, at).toLowerCase(Locale.ROOT);
    }

    /** Words and quoted strings without white space between them. */
    private String value() throws Malformed {
      StringBuilder value = new StringBuilder();
      int begin = at;
      while (at < text.length() && !isSpace(peek()) && ";()".indexOf(peek()) < 0) {
        if (peek() == '"') {
          quoted(value);
        } else {
          value.append(text.charAt(at++));
        }
      }
      if (at == begin) {
        throw new Malformed();
      }
      return value.toString();
    }

    private void quoted(StringBuilder value) throws Malformed {
      at++;
      while (peek() != '"') {
        value.append(escaped());
      }
      at++;
    }

    /** White space and comments, which may hold comments. */
    void skip() throws Malformed {
      int depth = 0;
      while (at < text.length() && (depth > 0 || isSpace(peek()) || peek() == '(')) {
        switch (escaped()) {
          case "(" -> depth++;
          case ")" -> depth--;
          default -> {
            // Inside of a comment all else is text.
          }
        }
      }
      if (depth > 0) {
        throw new Malformed();
      }
    }

    /** One character; with a backslash before it two, so that it is not taken for a delimiter. */
    private String escaped() throws Malformed {
      int length = peek() == '\\' ? 2 : 1;
      if (at + length > text.length()) {
        throw new Malformed();
      }
      at += length;
      return text.substring(at - length, at);
    }

    private void expect(char c) throws Malformed {
      if (peek() != c) {
        throw new Malformed();
      }
      at++;
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isOfWord(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_';
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
  }
}
