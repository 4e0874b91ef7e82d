package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.ConsentChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what is not a message: a customer's preferences, and notices about the number, the business
 * account or its templates.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * user_preferences, account_update, message_template_status_update and its neighbours, read
 * 2026-11-20.
 */
final class NoticeReader {

  private static final int LONGEST_DETAIL = 300;

  /** A change without messages, statuses or the like. */
  void read(
      Part entry,
      String field,
      Part value,
      List<WhatsAppSettings.Account> vouched,
      Reading reading) {
    Optional<Levels.Judgement> judgement = Levels.ofNotice(field, value);
    if (judgement.isEmpty()) {
      reading.skip(field, "nothing that an agent or administrator waits for");
      return;
    }
    List<WhatsAppSettings.Account> about = about(entry, value, vouched);
    if (about.isEmpty()) {
      reading.skip(field, "it is about no account that is among the settings");
    }
    for (WhatsAppSettings.Account account : about) {
      add(entry, account, judgement.get(), field, value.node(), line(value.node()), reading);
    }
  }

  /** Something went wrong outside of any message. */
  void readError(Part entry, Part error, WhatsAppSettings.Account account, Reading reading) {
    GraphError read = GraphError.of(error);
    String line = OneLine.of(read.line(), LONGEST_DETAIL);
    String detail = line.isEmpty() ? "?" : line;
    add(entry, account, Levels.ofError(read), "error", error.node(), detail, reading);
  }

  void readPreference(Part preference, WhatsAppSettings.Account account, Reading reading) {
    String category = preference.text("category").orElse("untyped").toLowerCase(Locale.ROOT);
    String value = preference.text("value").orElse("untyped");
    Optional<Sender> sender = People.self(preference);
    boolean allowed = value.equals("resume") || value.equals("signup");
    if (sender.isEmpty()) {
      reading.skip("user preference", "it does not say whose");
    } else if (!allowed && !value.equals("stop")) {
      reading.skip("user preference/" + value, "a preference that is not known");
    } else {
      Instant at = preference.time("timestamp").orElse(reading.receivedAt());
      String when = preference.text("timestamp").orElse("");
      String whom = sender.get().address().key();
      reading.add(
          new ConsentChanged(
              reading.header(
                  account.id(), sender.get(), at, "consent", whom, category, value, when),
              OneLine.of(category, LONGEST_DETAIL),
              allowed));
    }
  }

  /** By its phone number if it names one, else by the business account, else the only one. */
  private static List<WhatsAppSettings.Account> about(
      Part entry, Part value, List<WhatsAppSettings.Account> vouched) {
    Optional<String> number =
        value
            .text("display_phone_number")
            .or(() -> value.text("phone_number"))
            .map(text -> text.replaceAll("[^0-9]", ""))
            .filter(digits -> !digits.isEmpty());
    if (number.isPresent()) {
      return vouched.stream()
          .filter(account -> account.displayNumber().equals(number.get()))
          .toList();
    }
    Optional<String> businessAccount = entry.text("id");
    List<WhatsAppSettings.Account> named =
        vouched.stream()
            .filter(account -> account.businessAccount().isPresent())
            .filter(account -> account.businessAccount().equals(businessAccount))
            .toList();
    boolean onlyOne = vouched.size() == 1 && vouched.getFirst().businessAccount().isEmpty();
    return named.isEmpty() && onlyOne ? vouched : named;
  }

  private static void add(
      Part entry,
      WhatsAppSettings.Account account,
      Levels.Judgement judgement,
      String field,
      JsonNode content,
      String detail,
      Reading reading) {
    // Such a notice has no customer: the other side of it is our own number.
    Sender self = Sender.of(ContactAddress.phone("+" + account.displayNumber()));
    Instant at = entry.time("time").orElse(reading.receivedAt());
    String when = entry.text("time").orElse("");
    reading.add(
        new AccountHealthChanged(
            reading.header(account.id(), self, at, "health", field, when, Fingerprint.of(content)),
            judgement.aspect(),
            judgement.level(),
            detail));
  }

  /** All simple values with their names, in one line. */
  private static String line(JsonNode value) {
    List<String> words = new ArrayList<>();
    collect("", value, words);
    String line = OneLine.of(Part.unicode(String.join(", ", words)), LONGEST_DETAIL);
    return line.isEmpty() ? "?" : line;
  }

  private static void collect(String name, JsonNode node, List<String> words) {
    if (node.isValueNode() && !node.isNull()) {
      words.add(name + "=" + node.asText());
    }
    String prefix = name.isEmpty() ? "" : name + ".";
    node.properties()
        .forEach(member -> collect(prefix + member.getKey(), member.getValue(), words));
    if (node.isArray()) {
      node.forEach(element -> collect(name, element, words));
    }
  }
}
