package dev.hilo.inbox.match;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records of a CSV file (RFC 4180, a header line) with their truth. Columns are known by the names
 * that FEBRL and other public sets use; others are mapped.
 */
final class LabelledCsv {

  /** What a column may hold. */
  enum Content {
    ID("rec_id", "id", "unique_id", "record_id", "recid"),
    TRUTH("cluster", "cluster_id", "entity", "entity_id", "ent_id", "truth", "person_id"),
    NAME("name", "full_name", "nombre_completo"),
    GIVEN("given_name", "first_name", "forename", "nombre", "fname"),
    MIDDLE("middle_name", "mname", "midl_name"),
    FAMILY("surname", "last_name", "family_name", "apellido", "apellidos", "lname"),
    BIRTH("date_of_birth", "dob", "birth_date", "fecha_nacimiento"),
    PHONE("phone", "phone_number", "telefono"),
    EMAIL("email", "mail", "correo"),
    DOCUMENT("soc_sec_id", "ssn", "document", "documento", "rut", "dni", "nhs_number"),
    STREET(
        "street_number",
        "address_1",
        "address_2",
        "address",
        "street",
        "street_address",
        "direccion"),
    CITY("suburb", "city", "town", "ciudad", "comuna", "birth_place"),
    POSTCODE("postcode", "zip", "zip_code", "postal_code", "postcode_fake", "codigo_postal"),
    COUNTRY("country", "pais");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> names;

    Content(String... names) {
      this.names = List.of(names);
    }

    List<String> names() {
      return names;
    }
  }

  private LabelledCsv() {}

  /** Records and whose they are, by id. */
  record People(List<Person> people, Map<String, String> entities) {}

  /**
   * Reads.
   *
   * @param mapping column by content, such as {@code given=first_name+middle_name}; overrides what
   *     is known
   * @throws IllegalArgumentException if there is no way to know whose a record is
   */
  static People read(List<Path> files, Map<Content, List<String>> mapping) throws IOException {
    List<Person> people = new ArrayList<>();
    Map<String, String> entities = new HashMap<>();
    for (Path file : files) {
      List<List<String>> lines = parse(Files.readString(file, StandardCharsets.UTF_8));
      Map<Content, List<Integer>> columns = columns(lines.getFirst(), mapping);
      for (int i = 1; i < lines.size(); i++) {
        List<String> line = lines.get(i);
        String id = value(line, columns, Content.ID, file.getFileName() + ":" + i);
        String entity = value(line, columns, Content.TRUTH, febrlEntity(id));
        if (entity.isEmpty()) {
          throw new IllegalArgumentException(
              file + " says of line " + (i + 1) + " not whose it is: give --map truth=COLUMN");
        }
        people.add(person(id, line, columns));
        entities.put(id, entity);
      }
    }
    return new People(people, entities);
  }

  private static Person person(String id, List<String> line, Map<Content, List<Integer>> columns) {
    Person.Builder person = Person.of(id);
    String given = value(line, columns, Content.GIVEN, "");
    String family = value(line, columns, Content.FAMILY, "");
    person.name((given + " " + value(line, columns, Content.MIDDLE, "")).strip(), family);
    if (given.isEmpty() && family.isEmpty()) {
      person.fullName(value(line, columns, Content.NAME, ""));
    }
    return person
        .birthDate(value(line, columns, Content.BIRTH, ""))
        .phone(value(line, columns, Content.PHONE, ""))
        .email(value(line, columns, Content.EMAIL, ""))
        .uncheckedDocument(value(line, columns, Content.DOCUMENT, ""))
        .address(
            value(line, columns, Content.STREET, ""),
            value(line, columns, Content.CITY, ""),
            value(line, columns, Content.POSTCODE, ""),
            value(line, columns, Content.COUNTRY, ""))
        .build();
  }

  /** The values of all columns of a content, a space between. */
  private static String value(
      List<String> line, Map<Content, List<Integer>> columns, Content content, String missing) {
    StringBuilder value = new StringBuilder();
    for (int column : columns.getOrDefault(content, List.of())) {
      String part = column < line.size() ? line.get(column).strip() : "";
      if (!part.isEmpty() && !part.equals("NA") && !part.equals("null")) {
        value.append(value.isEmpty() ? "" : " ").append(part);
      }
    }
    return value.isEmpty() ? missing : value.toString();
  }

  private static Map<Content, List<Integer>> columns(
      List<String> header, Map<Content, List<String>> mapping) {
    Map<String, Integer> places = new TreeMap<>();
    for (int i = 0; i < header.size(); i++) {
      places.put(header.get(i).strip().toLowerCase(Locale.ROOT), i);
    }
    Map<Content, List<Integer>> columns = new EnumMap<>(Content.class);
    for (Content content : Content.values()) {
      List<Integer> found = new ArrayList<>();
      for (String name : mapping.getOrDefault(content, content.names())) {
        Integer place = places.get(name.toLowerCase(Locale.ROOT));
        if (place != null) {
          found.add(place);
        } else if (mapping.containsKey(content)) {
          throw new IllegalArgumentException("no column " + name + " among " + header);
        }
      }
      columns.put(content, found);
    }
    return columns;
  }

  /** FEBRL's ids are rec-223-org and rec-223-dup-0: the number is the person. */
  private static String febrlEntity(String id) {
    String[] parts = id.split("-", -1);
    return parts.length >= 3 && parts[0].equals("rec") ? parts[1] : "";
  }

  private static List<List<String>> parse(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    String all = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      if (quoted) {
        boolean doubled = c == '"' && i + 1 < all.length() && all.charAt(i + 1) == '"';
        if (doubled) {
          i++;
        }
        if (c != '"' || doubled) {
          value.append(c);
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        line.add(value.toString().strip());
        value.setLength(0);
        if (c == '\n') {
          add(lines, line);
          line = new ArrayList<>();
        }
      } else {
        value.append(c);
      }
    }
    line.add(value.toString().strip());
    add(lines, line);
    return lines;
  }

  private static void add(List<List<String>> lines, List<String> line) {
    if (line.size() > 1 || !line.getFirst().isEmpty()) {
      lines.add(line);
    }
  }
}
