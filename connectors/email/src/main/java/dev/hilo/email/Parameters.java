package dev.hilo.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ContentUtil;

/**
 * A header of the form {@code value; name=value}. Mime4j finds the parameters; joining and decoding
 * them is here, since a wrong charset must not lose a file's name.
 *
 * <p>Source: RFC 2045 §5.1, RFC 2231 §3 and §4; encoded words in values as many programs write
 * them.
 *
 * @param value in lower case, without parameters
 * @param parameters by name in lower case, decoded; the first of a name wins
 */
record Parameters(String value, Map<String, String> parameters) {

  private static final int MAX_PIECES = 200;

  /** Reads an unfolded value; never fails. */
  static Parameters parse(String unfolded) {
    byte[] bytes = unfolded.getBytes(StandardCharsets.UTF_8);
    RawBody body =
        RawFieldParser.DEFAULT.parseRawBody(
            ContentUtil.encode(StandardCharsets.UTF_8, unfolded),
            new ParserCursor(0, bytes.length));
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, TreeMap<Integer, Piece>> split = new LinkedHashMap<>();
    int pieces = 0;
    for (NameValuePair pair : body.getParams()) {
      String name = pair.getName() == null ? "" : pair.getName().toLowerCase(Locale.ROOT).strip();
      String value = pair.getValue() == null ? "" : pair.getValue();
      int star = name.indexOf('*');
      if (name.isEmpty() || pieces++ > MAX_PIECES) {
        continue;
      }
      if (star < 0) {
        found.putIfAbsent(name, HeaderText.clean(HeaderText.decodeWords(value)));
      } else {
        boolean encoded = name.endsWith("*");
        int number = number(name.substring(star + 1).replace("*", ""));
        split
            .computeIfAbsent(name.substring(0, star), ignored -> new TreeMap<>())
            .putIfAbsent(number, new Piece(value, encoded));
      }
    }
    // An extended value is the better one of two: the plain one is for old readers.
    split.forEach((name, parts) -> found.put(name, HeaderText.clean(join(parts))));
    String main = body.getValue() == null ? "" : body.getValue();
    return new Parameters(main.replaceAll("\\s", "").toLowerCase(Locale.ROOT), Map.copyOf(found));
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
  }

  private record Piece(String value, boolean encoded) {}

  private static int number(String digits) {
    try {
      return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private static String join(TreeMap<Integer, Piece> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String charset = "";
    boolean first = true;
    for (Piece piece : pieces.values()) {
      String value = piece.value();
      if (piece.encoded() && first) {
        int quote = value.indexOf('\'');
        int second = quote < 0 ? -1 : value.indexOf('\'', quote + 1);
        if (second > 0) {
          charset = value.substring(0, quote);
          value = value.substring(second + 1);
        }
      }
      bytes.writeBytes(piece.encoded() ? percent(value) : value.getBytes(StandardCharsets.UTF_8));
      first = false;
    }
    String text = Charsets.decode(bytes.toByteArray(), Optional.of(charset)).text();
    return HeaderText.decodeWords(text);
  }

  private static byte[] percent(String value) {
    byte[] raw = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toByteArray();
  }
}
