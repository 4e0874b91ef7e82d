package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Mails collected from public repositories, where they lie beside this one: each must give the
 * facts that the collection's index lists, as another reader found them. Where ours differs, the
 * reason is here. Not run when the collection is absent.
 */
class PublicMailFixturesTest {

  private static final Path FOLDER = Path.of("..", "..", "..", "shared", "fixtures");
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:\"()]+@[^\\s<>,;:\"()]+");
  private static final Pattern ID = Pattern.compile("<([^<>]+)>");
  private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]*)['\"]");

  private static final String NESTED =
      "the other reader counts the parts inside of an attached mail, which is one file here";
  private static final String BLOCKS =
      "the other reader counts each recipient's block of a delivery status as a part";
  private static final String NO_PART =
      "no boundary is there at all: no part to name, the text is shown";

  /** {@code <file> <fact>}: why it differs. */
  private static final Map<String, String> DIFFERENT =
      Map.ofEntries(
          Map.entry("mailgem-attachment_emails-attachment_message_rfc822.eml leaf_parts", NESTED),
          Map.entry("mailgem-attachment_emails-attachment_message_rfc822.eml filename", NESTED),
          Map.entry(
              "mailgem-mime_emails-raw_email_with_mimepart_without_content_type.eml leaf_parts",
              BLOCKS),
          Map.entry("mailgem-multipart_report_emails-multi_address_bounce1.eml leaf_parts", BLOCKS),
          Map.entry("mailgem-multipart_report_emails-multi_address_bounce2.eml leaf_parts", BLOCKS),
          Map.entry(
              "mailgem-multipart_report_emails-multipart_report_multiple_status.eml leaf_parts",
              BLOCKS),
          Map.entry("mailgem-multipart_report_emails-report_422.eml leaf_parts", BLOCKS),
          Map.entry("mailgem-multipart_report_emails-report_530.eml leaf_parts", BLOCKS),
          Map.entry("stalwart-rfc-002.eml leaf_parts", NESTED),
          Map.entry("stalwart-rfc-002.eml filename", NESTED),
          Map.entry("stalwart-thirdparty-007.eml leaf_parts", NESTED),
          Map.entry("stalwart-thirdparty-007.eml filename", NESTED),
          Map.entry("stalwart-thirdparty-008.eml leaf_parts", NESTED),
          Map.entry("mailgem-error_emails-bad_date_header2.eml leaf_parts", NO_PART),
          Map.entry("mailgem-error_emails-empty_in_reply_to.eml leaf_parts", NO_PART),
          Map.entry("mailgem-error_emails-missing_body.eml leaf_parts", NO_PART),
          Map.entry("mailgem-error_emails-must_supply_encoding.eml leaf_parts", NO_PART),
          Map.entry("stalwart-malformed-002.eml leaf_parts", NO_PART),
          Map.entry("stalwart-malformed-004.eml leaf_parts", NO_PART),
          Map.entry("stalwart-malformed-005.eml leaf_parts", NO_PART),
          Map.entry("stalwart-malformed-007.eml leaf_parts", NO_PART),
          Map.entry(
              "stalwart-malformed-000.eml leaf_parts", "an empty part between boundaries is one"),
          Map.entry(
              "stalwart-malformed-001.eml leaf_parts",
              "a multipart without parts is no leaf: the other reader makes it one"),
          Map.entry(
              "stalwart-malformed-003.eml leaf_parts",
              "a multipart without parts is no leaf: the other reader makes it one"),
          Map.entry(
              "stalwart-malformed-013.eml leaf_parts",
              "a multipart without parts is no leaf: the other reader makes it one"),
          Map.entry(
              "stalwart-malformed-020.eml leaf_parts",
              "the first part's boundary is missing, its header goes to the multipart"),
          Map.entry(
              "stalwart-malformed-021.eml leaf_parts",
              "the first part's boundary is missing, its header goes to the multipart"),
          Map.entry(
              "stalwart-malformed-019.eml leaf_parts",
              "a line broken in the header does not end it here, so its parts are found"),
          Map.entry(
              "stalwart-thirdparty-012.eml leaf_parts",
              "a boundary that is folded is found here, and not by the other reader"),
          Map.entry(
              "mailgem-error_emails-content_transfer_encoding_empty.eml subject",
              "UTF-8 of what was Big5 once: shown as UTF-8, which it is"),
          Map.entry(
              "mailgem-error_emails-missing_body.eml to",
              "undisclosed recipients in angle brackets are no address"),
          Map.entry(
              "mailgem-mime_emails-raw_email11.eml to", "an address in a name's place is a name"),
          Map.entry(
              "mailgem-plain_emails-raw_email_with_at_display_name.eml to",
              "an address in a name's place is a name"),
          Map.entry(
              "mailgem-rfc6532-utf8_headers.eml from", "the domain is kept in its ASCII form"),
          Map.entry("mailgem-rfc6532-utf8_headers.eml to", "the domain is kept in its ASCII form"),
          Map.entry(
              "mailgem-plain_emails-raw_email_bad_time.eml date",
              "the year 3609 is not believed, the receiving server's date is"),
          Map.entry(
              "mailgem-rfc2822-example10.eml from",
              "the other reader keeps a comment within the address"),
          Map.entry(
              "mailgem-rfc2822-example10.eml to",
              "the other reader keeps a comment within the address"),
          Map.entry(
              "mailgem-rfc2822-example11.eml to",
              "the other reader ends the address at a space within it"),
          Map.entry(
              "mailgem-rfc2822-example12.eml date",
              "a year of two digits is of the last century, not of the first"),
          Map.entry("stalwart-rfc-001.eml date", "\"Whenever\" is no date"),
          Map.entry(
              "mailgem-error_emails-bad_date_header.eml in_reply_to",
              "a mail's author and date are no message id"));

  @TestFactory
  Stream<DynamicTest> shouldReadEveryPublicMail() throws IOException {
    Path index = FOLDER.resolve("INDEX.tsv");
    assumeTrue(Files.exists(index), "no collection of public mails here");
    return Files.readAllLines(index).stream()
        .map(line -> line.split("\t", -1))
        .filter(columns -> columns[0].startsWith("email/"))
        .map(columns -> DynamicTest.dynamicTest(columns[0], () -> check(columns[0], columns[3])));
  }

  private static void check(String path, String expected) throws IOException {
    // given
    JsonNode facts = MAPPER.readTree(expected);
    JsonNode other = facts.path("baseline_python_email");

    // when
    Mail mail = MailReader.read(Files.readAllBytes(FOLDER.resolve(path)));

    // then
    String file = path.substring("email/".length());
    fact(file, other, "message_id", id -> assertId(mail.messageId(), id));
    fact(file, other, "subject", subject -> assertLike(mail.subject(), subject));
    fact(file, other, "from", from -> assertAddresses(mail.from(), from));
    fact(file, other, "to", to -> assertAddresses(mail.to(), to));
    fact(file, other, "reply_to", to -> assertAddresses(mail.replyTo(), to));
    fact(file, other, "date", date -> assertDate(mail.date(), date));
    fact(file, other, "in_reply_to", ids -> assertIds(mail.inReplyTo(), ids));
    fact(file, other, "references", ids -> assertIds(mail.references(), ids));
    fact(file, other, "return_path", from -> assertThat(mail.returnPath()).contains(bare(from)));
    fact(file, other, "leaf_parts", n -> assertThat(mail.parts()).hasSize(Integer.parseInt(n)));
    fact(file, other, "auto_submitted", ignored -> assertRobot(mail));
    fact(file, other, "list_id", ignored -> assertRobot(mail));
    fact(file, other, "report_type", type -> assertThat(report(mail)).isEqualTo(type));
    for (JsonNode attachment : other.path("attachment_like")) {
      fact(file, attachment, "filename", name -> assertHasFile(mail, name));
    }
    for (JsonNode spec : facts.path("repo_expect")) {
      spec.path("expect").forEach(line -> assertSpec(mail, line.asText()));
    }
  }

  private static void fact(String file, JsonNode facts, String name, Consumer<String> check) {
    if (facts.has(name) && !DIFFERENT.containsKey(file + " " + name)) {
      check.accept(facts.path(name).asText());
    }
  }

  private static void assertId(String id, String expected) {
    assertThat(id).isEqualTo(expected.replaceAll("[<>\\s]", ""));
  }

  private static void assertIds(List<String> ids, String expected) {
    List<String> wanted =
        ID.matcher(expected).results().map(found -> found.group(1).replaceAll("\\s", "")).toList();
    assertThat(ids).containsAll(wanted);
  }

  /** The other reader could not decode every character. */
  private static void assertLike(String text, String expected) {
    String tight = expected.replace("\\ufffd", "\uFFFD").replaceAll("\\s+", " ").strip();
    StringBuilder pattern = new StringBuilder();
    for (String piece : tight.split("\uFFFD+", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".{1,9}").append(Pattern.quote(piece));
    }
    assertThat(text.replaceAll("\\s+", " ").strip()).matches(pattern.toString());
  }

  private static void assertAddresses(List<MailAddress> addresses, String expected) {
    List<String> wanted =
        ADDRESS.matcher(expected).results().map(found -> bare(found.group())).distinct().toList();
    // Twice the same: as a name and as the address.
    assertThat(
            addresses.stream().filter(MailAddress::isComplete).map(MailAddress::address).distinct())
        .containsExactlyElementsOf(wanted);
  }

  private static void assertDate(Optional<Instant> date, String expected) {
    assertThat(date).isPresent();
    try {
      String bare = expected.replaceAll("\\(.*\\)", "").strip();
      assertThat(date).contains(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(bare)));
    } catch (DateTimeParseException e) {
      // Not a form that Java reads; that there is a date is all that can be compared.
      assertThat(date.get()).isAfter(Instant.EPOCH);
    }
  }

  private static void assertRobot(Mail mail) {
    assertThat(Robot.of(mail, Set.of(), "own.invalid")).isPresent();
  }

  private static String report(Mail mail) {
    return mail.report().map(Report::type).orElse("none");
  }

  private static void assertHasFile(Mail mail, String expected) {
    if (expected.isBlank()) {
      return;
    }
    String base =
        expected.substring(Math.max(expected.lastIndexOf('/'), expected.lastIndexOf('\\')) + 1);
    String pattern =
        Stream.of(base.split("\uFFFD+", -1))
            .map(Pattern::quote)
            .reduce((a, b) -> a + ".{1,3}" + b)
            .orElseThrow();
    assertThat(mail.parts()).anyMatch(part -> part.fileName().orElse("").matches(pattern));
  }

  /** What the mails' own project says of them, as far as its sentences have a common form. */
  private static void assertSpec(Mail mail, String line) {
    Matcher is =
        Pattern.compile("expect\\((?:mail|message|m)\\.(.*?)\\)\\.to eq\\s+(.*)").matcher(line);
    if (line.contains("to be_bounced")) {
      assertThat(Bounce.of(mail)).isPresent();
    } else if (is.find()) {
      String value = is.group(2);
      List<String> texts = new ArrayList<>();
      QUOTED.matcher(value).results().forEach(found -> texts.add(found.group(1)));
      List<Part> files =
          mail.parts().stream()
              .filter(part -> part.role() != Part.Role.BODY && part.role() != Part.Role.REPORT)
              .toList();
      switch (is.group(1)) {
        case "attachments.length", "attachments.size" ->
            assertThat(files).hasSize(Integer.parseInt(value.strip()));
        case "attachments.first.filename", "attachments[0].filename" ->
            assertThat(files.get(0).fileName()).contains(texts.get(0));
        case "attachments[1].filename" ->
            assertThat(files.get(1).fileName()).contains(texts.get(0));
        case "message_id" -> assertSpecText(mail.messageId(), texts);
        case "subject" -> {
          if (!texts.isEmpty()) {
            assertThat(mail.subject())
                .isEqualTo(texts.get(0).replace("\\t", "").replaceAll(" +", " "));
          }
        }
        case "decoded", "decoded.chomp", "body.decoded" ->
            assertThat(mail.body().text()).isEqualTo(texts.get(0).replace("\\n", ""));
        case "from" -> assertSpecAddresses(mail.from(), texts);
        case "to" -> assertSpecAddresses(mail.to(), texts);
        case "cc" -> assertSpecAddresses(mail.cc(), texts);
        case "reply_to" -> assertSpecAddresses(mail.replyTo(), texts);
        default -> {
          // Says something of that project's own objects.
        }
      }
    }
  }

  private static void assertSpecText(String text, List<String> expected) {
    // Their reader keeps a comment within an id.
    assertThat(text).isEqualTo(expected.get(0).replaceAll("\\([^()]*\\)", ""));
  }

  private static void assertSpecAddresses(List<MailAddress> addresses, List<String> expected) {
    // Their reader leaves comments, routes and spaces in the address, and names in some.
    List<String> wanted =
        expected.stream()
            .map(text -> text.replaceAll("\\([^()]*\\)|^.*<|>.*$|^@.*:|\\s", ""))
            .map(PublicMailFixturesTest::bare)
            .toList();
    assertThat(addresses).extracting(MailAddress::address).containsExactlyElementsOf(wanted);
  }

  private static String bare(String address) {
    return address.replaceAll("[<>\\s]", "").toLowerCase(Locale.ROOT);
  }

  /** Keeps the list of differences honest. */
  @TestFactory
  Stream<DynamicTest> shouldStillDiffer() throws IOException {
    Path index = FOLDER.resolve("INDEX.tsv");
    assumeTrue(Files.exists(index), "no collection of public mails here");
    Set<String> paths =
        StreamSupport.stream(Files.readAllLines(index).spliterator(), false)
            .map(line -> line.split("\t", 2)[0])
            .collect(java.util.stream.Collectors.toSet());
    return DIFFERENT.keySet().stream()
        .map(
            key ->
                DynamicTest.dynamicTest(
                    key, () -> assertThat(paths).contains("email/" + key.split(" ", 2)[0])));
  }
}
