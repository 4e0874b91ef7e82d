package dev.hilo.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an answer to a mail needs to know of it; goes through the thread as an opaque string.
 *
 * @param writer whom the answer goes to, with the name that they use
 * @param references the chain with the mail itself last, oldest first
 * @param cc who else is to get the answer
 * @param text the beginning of what was new in it, to be quoted
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record MailboxReplyContext(
    String messageId,
    String subject,
    Person writer,
    List<String> references,
    List<Person> cc,
    Optional<Instant> date,
    String text) {

  private static final int MOST_REFERENCES = 20;
  private static final int MOST_COPIES = 50;
  private static final int LONGEST_TEXT = 2000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Somebody with an address. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Person(Optional<String> name, String address) {
    static Person of(MailAddress address) {
      return new Person(address.name(), address.address());
    }

    MailAddress toAddress() {
      return new MailAddress(name == null ? Optional.empty() : name, address);
    }

    @Override
    public String toString() {
      return "Person[]";
    }
  }

  MailboxReplyContext {
    subject = subject == null ? "" : subject;
    references = references == null ? List.of() : List.copyOf(references);
    cc = cc == null ? List.of() : List.copyOf(cc);
    text = text == null ? "" : text;
  }

  static MailboxReplyContext of(
      Mail mail, MailAddress writer, List<MailAddress> others, String text) {
    List<String> chain = new java.util.ArrayList<>(mail.references());
    mail.inReplyTo().stream().filter(id -> !chain.contains(id)).forEach(chain::add);
    List<String> kept =
        chain.size() > MOST_REFERENCES
            ? chain.subList(chain.size() - MOST_REFERENCES, chain.size())
            : chain;
    return new MailboxReplyContext(
        mail.messageIdGiven() ? mail.messageId() : "",
        mail.subject(),
        Person.of(writer),
        kept,
        others.stream().limit(MOST_COPIES).map(Person::of).toList(),
        mail.date(),
        MailboxText.cut(text, LONGEST_TEXT));
  }

  /** Reads what {@link #text} wrote; empty when it is none. */
  static Optional<MailboxReplyContext> read(String written) {
    try {
      return Optional.ofNullable(MAPPER.readValue(written, MailboxReplyContext.class))
          .filter(context -> context.writer() != null && context.writer().address() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  String write() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and times are always writable", e);
    }
  }

  @Override
  public String toString() {
    return "MailboxReplyContext[]";
  }
}
