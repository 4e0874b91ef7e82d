package dev.hilo.inbox.visitor;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.channels.LinkClaims;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.ingest.Intake;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/**
 * The visitors' side of Hilo over the store in memory, with the installed channel whose provider is
 * Hilo itself.
 */
final class VisitorWorld {

  static final String ORIGIN = "https://shop.example";
  static final AccountId SHOP = new AccountId("shop");
  static final ChannelType CHANNEL = installed().type();

  private static final String BASE = "/visitors/" + CHANNEL + "/shop/";

  final JsonMapper json =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();
  final MemoryStore store = new MemoryStore();
  final Letters letters = new Letters();
  final KeptFiles files = new KeptFiles();
  final Intake intake = mock(Intake.class);
  Instant now = Instant.parse("2026-11-20T12:00:00Z");
  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  final PushChannel channel = (PushChannel) create();
  final Channels channels =
      Channels.of(
          List.of(channel),
          List.of(new Account(CHANNEL, SHOP, "Aurora", "es", "CO", LinkClaims.AT_ONCE, "support")));
  final Contacts contacts = Samples.contacts(store, clock);
  final Threads threads = new Threads(store, contacts, clock);
  final Visitors visitors = new Visitors(store, clock);
  final VisitorMailSettings mailSettings = new VisitorMailSettings(Duration.ofMinutes(10), 3);
  final OpeningHours hours =
      new OpeningHours(
          new OpeningHours.Settings(
              Map.of(
                  CHANNEL.value(),
                  Map.of("shop", new OpeningHours.Hours("America/Bogota", "mon-fri 08:00-18:00")))),
          clock);
  final ContinuityMail continuity =
      new ContinuityMail(
          channels, contacts, visitors, mailSettings, provided(letters), store, clock);
  final MockMvc http;

  VisitorWorld() {
    VisitorPace pace = new VisitorPace(new VisitorPace.Settings(1000, 5, 4, 50), clock);
    VisitorCalls calls = new VisitorCalls(channels, intake, pace, clock);
    AvailabilityReplies availability = new AvailabilityReplies(hours, provided(letters));
    VisitorMessages messages = new VisitorMessages(provided(files));
    http =
        MockMvcBuilders.standaloneSetup(
                new VisitorController(
                    calls,
                    new VisitorChecks(threads, provided(files)),
                    visitors,
                    availability,
                    channels,
                    intake,
                    new VisitorStreams(
                        threads,
                        contacts,
                        channels,
                        messages,
                        availability,
                        clock,
                        new SimpleMeterRegistry()),
                    new ProofCodes(store, clock),
                    pace,
                    json),
                new VisitorFilesController(calls, pace, provided(files)),
                new TranscriptController(
                    calls,
                    new Transcripts(
                        threads,
                        contacts,
                        visitors,
                        channels,
                        hours,
                        mailSettings,
                        provided(letters)),
                    pace,
                    json))
            .addFilters(new VisitorCors(channels))
            .setMessageConverters(new MappingJackson2HttpMessageConverter(json))
            .build();
    when(intake.receive(any(), any())).thenAnswer(call -> taken(call.getArgument(1)));
  }

  private Intake.Answer taken(RawDelivery delivery) {
    ParseResult result = channel.parse(delivery);
    if (!(result instanceof ParseResult.Events events)) {
      ParseResult.Refused refused = (ParseResult.Refused) result;
      return new Intake.Answer.Refused(refused.refusal(), refused.detail());
    }
    Account account = channels.accounts().iterator().next();
    events.events().forEach(event -> contacts.resolve(event.header().sender(), account));
    return new Intake.Answer.Acknowledged(events.events());
  }

  // ---------------------------------------------------------------------------------- visitors

  /** Somebody who opened the widget. */
  record Visitor(String token, ContactAddress address) {}

  Visitor somebody() throws Exception {
    var reply =
        json.readTree(
            http.perform(
                    MockMvcRequestBuilders.post(BASE + "session")
                        .header("Origin", ORIGIN)
                        .contentType("application/json")
                        .content("{\"language\":\"en\"}"))
                .andReturn()
                .getResponse()
                .getContentAsString());
    return new Visitor(
        reply.path("token").asText(), ContactAddress.visitor(reply.path("visitor").asText()));
  }

  /** A call of a visitor's browser, to be completed. */
  static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder call(
      String path, Visitor visitor) {
    return MockMvcRequestBuilders.post(BASE + path)
        .header("Origin", ORIGIN)
        .header("Authorization", "Bearer " + visitor.token());
  }

  static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder json(
      String path, Visitor visitor, String body) {
    return call(path, visitor)
        .contentType("application/json")
        .content(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** A visitor's message with an address that the visitor typed. */
  void writes(Visitor visitor, String text, String email) throws Exception {
    http.perform(
            json(
                "messages",
                visitor,
                "{'kind':'message','clientId':'client-"
                    + now.toEpochMilli()
                    + "','text':'"
                    + text
                    + "','language':'en','profile':{'email':'"
                    + email
                    + "'},'page':{'url':'"
                    + ORIGIN
                    + "/shoes?a=1#top'}}"))
        .andReturn();
    stored("in-" + text, visitor, "IN", Map.of("kind", "text", "body", text), "");
  }

  /** An answer that has been sent and that no browser has confirmed. */
  void answers(Visitor visitor, String id, String text) {
    stored(id, visitor, "OUT", Map.of("kind", "text", "body", text), "SENT");
  }

  /** A message as it lies in the store. */
  void stored(
      String id, Visitor visitor, String direction, Map<String, Object> content, String state) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("contactId", contacts.find(visitor.address()).map(Contact::id).orElse("c-1"));
    message.put("channel", CHANNEL.value());
    message.put("account", "shop");
    message.put(
        "address", Map.of("kind", visitor.address().kind(), "value", visitor.address().value()));
    message.put("direction", direction);
    message.put("text", "what agents are shown");
    message.put(direction.equals("IN") ? "content" : "outbound", content);
    message.put("occurredAt", now.toString());
    message.put("receivedAt", now.toString());
    message.put("changedAt", now.toString());
    message.put("position", 0);
    message.put("attempts", 0);
    message.put("deliveries", List.of());
    if (!state.isEmpty()) {
      message.put("state", state);
    }
    // The documents are JSON underneath; so a test need not name every field of a record.
    store.documents(Indexes.MESSAGES, Object.class).create(id, message);
    threads.message(id).ifPresent(kept -> threads.add(kept, false));
  }

  // ------------------------------------------------------------------------ what stands around

  /** By name, because channels are no compile-time dependency here. */
  private static ChannelProvider installed() {
    try {
      return Class.forName("dev.hilo.webchat.WebchatProvider")
          .asSubclass(ChannelProvider.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the channel is not on the class path", e);
    }
  }

  private Channel create() {
    String place = "hilo.channels." + CHANNEL;
    return installed()
        .create(
            new ChannelSettings(
                new ChannelSettings.Values(
                    place, Map.of("token-secret", "a-secret-for-tests-only-0123456789abcdef")),
                List.of(
                    new ChannelSettings.Account(
                        SHOP,
                        "Aurora",
                        "es",
                        new ChannelSettings.Values(place, Map.of("allowed-origins", ORIGIN))))),
            new ChannelContext(new NoHttp(), clock));
  }

  private static final class NoHttp implements ProviderHttp {
    @Override
    public Outcome call(Call call) {
      throw new AssertionError("nobody is called");
    }

    @Override
    public Outcome download(Call call, long maxBytes, java.io.OutputStream to) {
      throw new AssertionError("nobody is called");
    }

    @Override
    public Outcome upload(Call call, Body body) {
      throw new AssertionError("nobody is called");
    }
  }

  static <T> ObjectProvider<T> provided(T bean) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("it", bean);
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) bean.getClass();
    return beans.getBeanProvider(type);
  }

  /** Mail that went out. */
  static final class Letters implements VisitorMail {
    final List<Letter> sent = new ArrayList<>();
    boolean works = true;
    int failures;

    @Override
    public boolean available(ChannelType channel, AccountId account) {
      return works;
    }

    @Override
    public void send(Letter letter) {
      if (failures-- > 0) {
        throw new IllegalStateException("not now");
      }
      sent.add(letter);
    }
  }

  /** Files in memory; a type is told by the first bytes. */
  static final class KeptFiles implements VisitorFiles {
    private record Entry(ContactAddress owner, Shown file) {}

    private final Map<String, Entry> entries = new HashMap<>();

    @Override
    public Kept keep(
        ContactAddress owner,
        ChannelType channel,
        AccountId account,
        String name,
        String mimeType,
        Capabilities limits,
        InputStream in)
        throws IOException {
      byte[] bytes = in.readAllBytes();
      long most = 20L * 1024 * 1024;
      if (bytes.length > most) {
        return new Kept.TooLarge(most);
      }
      if (new String(bytes, StandardCharsets.UTF_8).startsWith("<html")) {
        return new Kept.WrongType("text/html");
      }
      String id = "up-" + (entries.size() + 1);
      Shown shown =
          new Shown(
              name,
              mimeType,
              bytes.length,
              Optional.of(URI.create("https://hilo.example/media/" + id + "?s=1")),
              Optional.empty());
      entries.put(id, new Entry(owner, shown));
      return new Kept.Complete(id, shown);
    }

    @Override
    public Optional<Shown> own(ContactAddress owner, String id) {
      return Optional.ofNullable(entries.get(id))
          .filter(entry -> entry.owner().equals(owner))
          .map(Entry::file);
    }

    @Override
    public Optional<Shown> sent(OutboundContent.File file) {
      return Optional.of(
          new Shown(
              file.fileName(),
              file.mimeType(),
              file.size(),
              Optional.of(URI.create("https://hilo.example/media/" + file.id() + "?s=1")),
              Optional.empty()));
    }
  }
}
