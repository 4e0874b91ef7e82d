package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.time.SimulatorClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Messenger or Instagram between customers' phones and businesses. Used by many threads. */
public final class Messaging {

  private final Provider provider;
  private final AtomicReference<MessagingRules> rules;
  private final InstantSource realTime;
  private final SimulatorClock clock;
  private final SecureRandom random = new SecureRandom();
  private final Chats chats;
  private final Accounts accounts;
  private final MediaStore media;
  private final Attachments attachments;
  private final Faults faults = new Faults();
  private final CallLog calls;
  private final RateMeter rate;
  private final WebhookHttp webhookHttp;
  private final Webhooks webhooks;
  private final Gathering<Event> gathering;
  private final Inbound inbound;
  private final Outbound outbound;

  /**
   * What all of it runs on.
   *
   * @param realTime what limits and retries go by
   * @param clock what messages and windows go by
   * @param self where Hilo reaches the simulators: addresses of files begin with it
   */
  public record Ground(
      InstantSource realTime,
      SimulatorClock clock,
      Agenda agenda,
      Changes changes,
      HttpClient http,
      MediaStore media,
      URI self) {}

  /** What a restart keeps; files are gone. */
  public record Saved(
      List<Account> accounts, List<Chat.Saved> chats, List<WebhookDelivery> pending) {}

  /**
   * A platform with the demo's business and no customers.
   *
   * @param webhook where the business wants its webhooks
   */
  public Messaging(Provider provider, Ground ground, URI webhook) {
    this.provider = provider;
    this.rules = new AtomicReference<>(MessagingRules.standard(provider.limits()));
    this.realTime = ground.realTime();
    this.clock = ground.clock();
    this.chats = new Chats(ground.changes());
    this.accounts = new Accounts(provider, rules::get, ground.realTime());
    this.media = ground.media();
    this.attachments =
        new Attachments(provider, media, rules::get, clock, ground.http(), ground.self());
    this.calls = new CallLog(ground.changes());
    this.rate = new RateMeter(ground.realTime());
    this.webhookHttp = new WebhookHttp(ground.http(), webhook);
    this.webhooks =
        new Webhooks(
            webhookHttp,
            () -> rules().scaledWebhooks(),
            ground.agenda(),
            ground.realTime(),
            ground.changes(),
            this::acknowledged,
            this::attempted);
    this.gathering =
        new Gathering<>(
            webhooks,
            () -> rules().scaledWebhooks(),
            ground.agenda(),
            Event.packing(provider, clock));
    this.inbound =
        new Inbound(provider, chats, accounts, attachments, media, gathering, clock, random);
    this.outbound =
        new Outbound(
            provider,
            chats,
            accounts,
            attachments,
            rate,
            inbound,
            gathering,
            rules::get,
            clock,
            ground.agenda(),
            random);
    accounts.put(provider.demoAccount(realTime.instant()));
  }

  public Provider provider() {
    return provider;
  }

  public MessagingRules rules() {
    return rules.get();
  }

  /** Changes how it behaves from now on. */
  public void behave(MessagingRules next) {
    MessagingRules before = rules.getAndSet(next);
    if (before.webhooks().seed() != next.webhooks().seed()) {
      gathering.reseed(next.webhooks().seed());
    }
  }

  public SimulatorClock clock() {
    return clock;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Chats chats() {
    return chats;
  }

  public MediaStore media() {
    return media;
  }

  public Faults faults() {
    return faults;
  }

  public CallLog calls() {
    return calls;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  /** What customers do. */
  public Inbound inbound() {
    return inbound;
  }

  /** What the business sends, and what becomes of it. */
  public Outbound outbound() {
    return outbound;
  }

  Attachments attachments() {
    return attachments;
  }

  RateMeter rate() {
    return rate;
  }

  /** Adds a person, or changes the one with that id; the chat is kept. */
  public Chat join(Person person) {
    return chats.put(person);
  }

  /** Takes a person away, with the chat. */
  public boolean remove(String person) {
    return chats.remove(person);
  }

  /** The id that somebody has for a business, always the same for the same handle. */
  public String idOf(Account account, String handle) {
    try {
      String secret = provider.id() + '|' + account.id() + '|' + handle;
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      long number = 0;
      for (int i = 0; i < 7; i++) {
        number = (number << 8) | (hash[i] & 0xff);
      }
      return Long.toString(7_000_000_000_000_000L + number % 1_000_000_000_000_000L);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Sends messages in one webhook whose signature is wrong; nobody's chat shows them. */
  public WebhookDelivery forge(
      Person person, List<Inbound.Draft> drafts, Optional<String> signature) {
    return webhooks.inject(inbound.forged(person, drafts), signature, false, List.of());
  }

  /** What a webhook with that body bears in {@code X-Hub-Signature-256}. */
  public String sign(byte[] body, Account account) {
    return Signature.of(body, account.appSecret());
  }

  /** Sends the webhooks that are held back; returns how many updates. */
  public int releaseUpdates() {
    return gathering.release();
  }

  public int gatheredUpdates() {
    return gathering.count();
  }

  private void acknowledged(String mid) {
    chats
        .withMessage(mid)
        .ifPresent(
            chat ->
                chat.update(
                    mid, message -> message.with(message.marks().delivered(clock.instant()))));
  }

  private void attempted(WebhookDelivery delivery, boolean good) {
    String account = accountOf(delivery);
    if (accounts.attempted(account, good)) {
      webhooks.giveUp(other -> accountOf(other).equals(account));
    }
  }

  /** Empty: it is nobody's, for example because it is no JSON. */
  private static String accountOf(WebhookDelivery delivery) {
    try {
      JsonNode body = Json.MAPPER.readTree(delivery.payload());
      return body.at("/entry/0/id").asText();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Asks the webhook's owner whether the address is theirs.
   *
   * @return empty when the challenge came back, else what went wrong
   */
  public Optional<String> verify(Account account) {
    String challenge = Integer.toString(100_000_000 + random.nextInt(900_000_000));
    WebhookHttp.Answer answer =
        webhookHttp.verify(account.verifyToken(), challenge, rules().webhooks().timeout());
    return answer.problem().map(problem -> "HTTP " + answer.status() + ": " + problem);
  }

  public URI webhookAddress() {
    return webhookHttp.address();
  }

  /** Back to the beginning: nobody, nothing sent, the demo's business. */
  public void reset() {
    behave(MessagingRules.standard(provider.limits()));
    accounts.clear();
    accounts.put(provider.demoAccount(realTime.instant()));
    gathering.clear();
    gathering.reseed(rules().webhooks().seed());
    webhooks.clear();
    chats.clear();
    faults.clear();
    calls.clear();
    rate.reset();
    attachments.clear();
    inbound.clear();
    media.clear();
  }

  public Saved save() {
    return new Saved(accounts.all(), chats.save(), webhooks.pending());
  }

  public void restore(Saved saved) {
    accounts.restore(saved.accounts());
    chats.restore(saved.chats());
    webhooks.restore(saved.pending());
    // What was on its way to a phone when we stopped.
    chats.all().stream().filter(Chat::isOn).forEach(chat -> outbound.switchPhone(chat, true));
  }
}
