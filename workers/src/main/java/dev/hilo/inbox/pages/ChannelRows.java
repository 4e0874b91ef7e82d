package dev.hilo.inbox.pages;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.TemplateChannel.State;
import dev.hilo.channel.TemplateChannel.Template;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.health.AccountHealth;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.health.PayloadSamples;
import dev.hilo.inbox.ingest.SetAside;
import dev.hilo.inbox.reply.TemplateRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What the channels page shows, in the reader's language. */
@Component
class ChannelRows {

  private static final Duration EXPIRES_SOON = Duration.ofDays(7);

  private final Channels channels;
  private final AccountHealths health;
  private final TemplateRegistry templates;
  private final MessageSource words;
  private final Clock clock;

  ChannelRows(
      Channels channels,
      AccountHealths health,
      TemplateRegistry templates,
      MessageSource words,
      Clock clock) {
    this.channels = channels;
    this.health = health;
    this.templates = templates;
    this.words = words;
    this.clock = clock;
  }

  /**
   * One account.
   *
   * @param level {@code good}, {@code warning}, {@code bad} or {@code unknown}
   * @param state in one word
   * @param findings one line each, worst first
   * @param templates how many in each state
   */
  record Row(
      String channel,
      String account,
      String label,
      String name,
      String level,
      String state,
      List<Line> findings,
      String lastInbound,
      String lastSent,
      long failed,
      String lastFailure,
      long setAside,
      String templates,
      boolean held) {}

  /** A line with a colour. */
  record Line(String level, String text) {}

  /** A delivery that was set aside. */
  record AsideRow(String id, String label, String account, String reason, String at, boolean raw) {}

  /** The last payload of a kind. */
  record SampleRow(String label, String kind, long count, String lastAt, String payload) {}

  List<Row> all(Locale language) {
    return channels.accounts().stream().map(account -> row(account, language)).toList();
  }

  private Row row(Account account, Locale language) {
    AccountHealth known = health.of(account.channel(), account.id());
    List<Line> lines = lines(known, language);
    String level = level(known, lines);
    return new Row(
        account.channel().value(),
        account.id().value(),
        label(account.channel()),
        account.name(),
        level,
        word(state(known), language),
        lines,
        time(known.lastInboundAt(), language),
        time(known.lastSentAt(), language),
        known.failedSends(),
        known
            .lastFailure()
            .map(f -> (f.providerCode() + " " + f.error().sentence(language)).strip())
            .orElse(""),
        known.setAside(),
        templates(account, language),
        known.hold().isPresent());
  }

  private static String state(AccountHealth known) {
    if (known.hold().isPresent()) {
      return "state.stopped";
    }
    return known
        .connected()
        .map(connected -> connected ? "state.connected" : "state.not-connected")
        .orElse("state.unknown");
  }

  private List<Line> lines(AccountHealth known, Locale language) {
    List<Line> lines = new ArrayList<>();
    known
        .hold()
        .ifPresent(
            hold ->
                lines.add(
                    new Line(
                        "bad",
                        word("finding.stopped", language, hold.failure().providerCode())
                            + " "
                            + hold.failure().error().sentence(language))));
    Instant now = clock.instant();
    if (known.silent(now)) {
      lines.add(new Line("bad", word("finding.silent", language)));
    }
    known
        .credentialsExpireAt()
        .ifPresent(
            end ->
                lines.add(
                    new Line(
                        end.isBefore(now)
                            ? "bad"
                            : end.isBefore(now.plus(EXPIRES_SOON)) ? "warning" : "good",
                        word("finding.expires", language, time(Optional.of(end), language)))));
    Stream.concat(
            known.findings().stream(),
            known.notices().reversed().stream().limit(5).map(AccountHealth.Notice::finding))
        .map(finding -> line(finding, language))
        .forEach(lines::add);
    return lines;
  }

  private Line line(Finding finding, Locale language) {
    return new Line(
        finding.level().name().toLowerCase(Locale.ROOT),
        word("aspect." + finding.aspect().name().toLowerCase(Locale.ROOT), language)
            + ": "
            + finding.detail());
  }

  /** Notices of the past do not colour the account; what holds now does. */
  private static String level(AccountHealth known, List<Line> lines) {
    if (known.hold().isPresent() || known.connected().equals(Optional.of(false))) {
      return "bad";
    }
    int now = lines.size() - (int) known.notices().stream().limit(5).count();
    List<Line> current = lines.subList(0, Math.max(0, now));
    if (current.stream().anyMatch(line -> line.level().equals("bad"))) {
      return "bad";
    }
    if (current.stream().anyMatch(line -> line.level().equals("warning"))
        || known.findings().stream().anyMatch(finding -> finding.level() == Level.WARNING)) {
      return "warning";
    }
    return known.connected().isPresent() ? "good" : "unknown";
  }

  private String templates(Account account, Locale language) {
    Map<State, Long> count =
        templates.all(account.channel(), account.id()).stream()
            .collect(Collectors.groupingBy(Template::state, TreeMap::new, Collectors.counting()));
    return count.entrySet().stream()
        .map(
            entry ->
                entry.getValue()
                    + " "
                    + word("template." + entry.getKey().name().toLowerCase(Locale.ROOT), language))
        .collect(Collectors.joining(", "));
  }

  AsideRow setAside(SetAside.Delivery delivery, Locale language) {
    return new AsideRow(
        delivery.id(),
        label(delivery.channel()),
        channels
            .account(delivery.channel(), delivery.account())
            .map(Account::name)
            .orElse(delivery.account().value()),
        delivery.reason(),
        time(Optional.of(delivery.at()), language),
        delivery.raw().isPresent());
  }

  SampleRow sample(PayloadSamples.Sample sample, Locale language) {
    return new SampleRow(
        label(new ChannelType(sample.channel())),
        sample.kind(),
        sample.count(),
        time(Optional.of(sample.lastAt()), language),
        sample.payload());
  }

  private String label(ChannelType type) {
    return channels
        .channel(type)
        .map(Channel::capabilities)
        .map(can -> can.label())
        .orElse(type.value());
  }

  private String time(Optional<Instant> at, Locale language) {
    return at.map(
            instant ->
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(language)
                        .format(instant.atZone(ZoneOffset.UTC))
                    + " UTC")
        .orElseGet(() -> word("never", language));
  }

  private String word(String key, Locale language, Object... values) {
    return words.getMessage(key, values, language);
  }
}
