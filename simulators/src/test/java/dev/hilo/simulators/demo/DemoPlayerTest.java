package dev.hilo.simulators.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.FakeHilo;
import dev.hilo.simulators.demo.DemoScript.Story;
import dev.hilo.simulators.demo.DemoScript.Via;
import dev.hilo.simulators.instagram.Instagram;
import dev.hilo.simulators.mail.MailWorld;
import dev.hilo.simulators.messenger.Messenger;
import dev.hilo.simulators.meta.Chat;
import dev.hilo.simulators.meta.DirectMessage;
import dev.hilo.simulators.meta.MediaStore;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.time.SimulatorClock;
import dev.hilo.simulators.whatsapp.Behaviour;
import dev.hilo.simulators.whatsapp.Platform;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoPlayerTest {

  private static final double HURRY = 1000;

  private final Changes changes = new Changes();
  private final Agenda agenda = new Agenda();
  private final HttpClient client = HttpClient.newHttpClient();
  private FakeHilo hilo;
  private Platform platform;
  private MailWorld mail;
  private Messaging messenger;
  private Messaging instagram;

  @BeforeEach
  void startHilo() throws IOException {
    hilo = FakeHilo.start();
    InstantSource time = InstantSource.system();
    SimulatorClock clock = new SimulatorClock(time);
    mail =
        MailWorld.start(InetAddress.getLoopbackAddress(), 0, 0, List.of(), clock, agenda, changes);
    MediaStore media = new MediaStore(clock);
    platform =
        new Platform(
            Behaviour.standard(),
            time,
            clock,
            agenda,
            changes,
            client,
            hilo.address().resolve("/webhooks/whatsapp"),
            media,
            hilo.address());
    Messaging.Ground ground =
        new Messaging.Ground(time, clock, agenda, changes, client, media, hilo.address());
    messenger =
        new Messaging(new Messenger(), ground, hilo.address().resolve("/webhooks/messenger"));
    instagram =
        new Messaging(new Instagram(), ground, hilo.address().resolve("/webhooks/instagram"));
  }

  @AfterEach
  void closeHilo() {
    mail.close();
    agenda.close();
    hilo.close();
    client.shutdownNow();
  }

  @Test
  void shouldTellTenStoriesInThreeLanguages() {
    // when
    List<Story> stories = DemoScript.load().stories();

    // then
    assertThat(stories).hasSizeGreaterThanOrEqualTo(10);
    assertThat(stories).extracting(Story::language).contains("es", "en", "pt");
    assertThat(stories).extracting(Story::via).contains(Via.WHATSAPP, Via.WEBCHAT, Via.EMAIL);
    assertThat(stories)
        .filteredOn(story -> story.via() == Via.EMAIL)
        .hasSizeGreaterThanOrEqualTo(4)
        .extracting(Story::language)
        .contains("es", "en", "pt");
    assertThat(stories)
        .anyMatch(
            story ->
                story.via() == Via.WEBCHAT
                    && story.leavesNumber()
                    && story.turns().stream().anyMatch(turn -> turn.via().isPresent()));
    assertThat(stories)
        .anyMatch(story -> story.turns().stream().anyMatch(DemoScript.Turn::unprompted));
  }

  @ParameterizedTest
  @EnumSource(names = {"MESSENGER", "INSTAGRAM"})
  void shouldTellThreeStoriesInThreeLanguages(Via via) {
    // when
    List<Story> stories =
        DemoScript.load().stories().stream().filter(story -> story.via() == via).toList();

    // then
    assertThat(stories).hasSizeGreaterThanOrEqualTo(3);
    assertThat(stories).extracting(Story::language).contains("es", "en", "pt");
  }

  @Test
  void shouldAnswerTheShopsStoryOnInstagram() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: v, name: Vera Nuñez, via: instagram, language: es, opens: story_reply,
                 start: PT0S, turns: [{say: ["¿Precio?"]}, {say: [Gracias], reacts: "❤"}]}
            """)) {

      // when
      player.play(HURRY);
      JsonNode question = hilo.take(1).getFirst().json().at("/entry/0/messaging/0");
      when(player, DemoPlayer.State.WAITING_FOR_ANSWER);
      Chat chat = instagram.chats().all().getFirst();
      instagram
          .outbound()
          .send(chat, DirectMessage.Body.text("$ 90.000"), Optional.empty(), Optional.empty());
      List<JsonNode> rest =
          hilo.take(4).stream().map(one -> one.json().at("/entry/0/messaging/0")).toList();

      // then
      assertThat(chat.person().username()).contains("vera.nunez");
      assertThat(question.at("/message/text").asText()).isEqualTo("¿Precio?");
      assertThat(question.at("/message/reply_to/story/url").asText()).contains("/cdn/");
      assertThat(rest)
          .anyMatch(event -> event.at("/message/is_echo").asBoolean())
          .anyMatch(event -> event.has("read"))
          .anyMatch(event -> event.at("/message/text").asText().equals("Gracias"))
          .anyMatch(event -> event.at("/reaction/emoji").asText().equals("❤"));
    }
  }

  @Test
  void shouldSendPicturesOnMessenger() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: v, name: Vera, via: messenger, language: es, opens: ad,
                 start: PT0S, turns: [{say: ["Llegó así"], attach: [foto.jpg]}]}
            """)) {

      // when
      player.play(HURRY);
      List<JsonNode> events =
          hilo.take(3).stream().map(one -> one.json().at("/entry/0/messaging/0")).toList();

      // then
      assertThat(events)
          .anyMatch(event -> event.at("/referral/source").asText().equals("ADS"))
          .anyMatch(event -> event.at("/message/text").asText().equals("Llegó así"))
          .anyMatch(event -> event.at("/message/attachments/0/type").asText().equals("image"));
    }
  }

  @Test
  void shouldWaitForAnAnswerBeforeTheNextTurn() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: a, name: Ana, via: webchat, language: es, start: PT0S,
                 turns: [{say: [Hola, "¿Hay alguien?"]}, {say: [Gracias]}]}
            """)) {
      player.play(HURRY);
      FakeHilo.VisitorCall session = hilo.takeVisitorCall();
      FakeHilo.VisitorCall first = hilo.takeVisitorCall();
      FakeHilo.VisitorCall second = hilo.takeVisitorCall();
      DemoPlayer.Report waiting = when(player, DemoPlayer.State.WAITING_FOR_ANSWER);

      // when
      hilo.answerVisitor("token-es", "m1", "Hola, Ana");
      FakeHilo.VisitorCall third = message(hilo);
      DemoPlayer.Report after = when(player, DemoPlayer.State.FINISHED);

      // then
      assertThat(session.path()).isEqualTo("session");
      assertThat(session.origin()).isEqualTo("http://localhost:8095");
      assertThat(first.authorization()).isEqualTo("Bearer token-es");
      assertThat(first.body().path("text").asText()).isEqualTo("Hola");
      assertThat(second.body().path("text").asText()).isEqualTo("¿Hay alguien?");
      assertThat(waiting.stories().getFirst().turn()).isEqualTo(1);
      assertThat(third.body().path("text").asText()).isEqualTo("Gracias");
      assertThat(after.running()).isFalse();
      assertThat(after.finished()).isEqualTo(1);
    }
  }

  @Test
  void shouldResendWithSameClientIdWhenHiloIsBusy() throws Exception {
    // given
    hilo.answer(200, 503);
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: a, name: Ana, via: webchat, language: es, start: PT0S, turns: [{say: [Hola]}]}
            """)) {

      // when
      player.play(HURRY);
      hilo.takeVisitorCall();
      JsonNode first = hilo.takeVisitorCall().body();
      JsonNode again = hilo.takeVisitorCall().body();

      // then
      assertThat(again).isEqualTo(first);
      assertThat(again.path("clientId").asText()).isNotBlank();
    }
  }

  @Test
  void shouldGoOnOnWhatsappFromTheNumberThatWasLeft() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: l, name: Luisa, via: webchat, language: es, number: "+573005550102",
                 leavesNumber: true, start: PT0S,
                 turns: [{say: [Hola]}, {via: whatsapp, say: [Soy Luisa]}]}
            """)) {
      player.play(HURRY);
      hilo.takeVisitorCall();
      JsonNode typed = hilo.takeVisitorCall().body();

      // when
      hilo.answerVisitor("token-es", "m1", "Dime");
      JsonNode message = hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/messages/0");

      // then
      assertThat(typed.at("/profile/phone").asText()).isEqualTo("+573005550102");
      assertThat(message.path("from").asText()).isEqualTo("573005550102");
      assertThat(message.at("/text/body").asText()).isEqualTo("Soy Luisa");
    }
  }

  @Test
  void shouldWriteAgainUnpromptedOnWhatsapp() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: c, name: Carlos, via: whatsapp, language: es, number: "+573005550103",
                 start: PT0S, turns: [{say: [Hola]}, {unprompted: true, say: ["¿Hola?"]}]}
            """)) {

      // when
      player.play(HURRY);

      // then
      assertThat(hilo.take(2)).hasSize(2);
      assertThat(when(player, DemoPlayer.State.FINISHED).finished()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotStartTwiceWhileRunning() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: c, name: Carlos, via: whatsapp, language: es, number: "+573005550103",
                 start: PT0S, turns: [{say: [Hola]}, {say: [Gracias]}]}
            """)) {
      player.play(HURRY);
      when(player, DemoPlayer.State.WAITING_FOR_ANSWER);

      // when
      DemoPlayer.Report again = player.play(HURRY);

      // then
      assertThat(again.running()).isTrue();
      assertThat(again.stories().getFirst().turn()).isEqualTo(1);
      hilo.take(1);
      assertThat(hilo.hasMore()).isFalse();
    }
  }

  @Test
  void shouldAnswerTheShopsMail() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: c, name: Camila, via: email, language: es, email: camila@example.com, start: PT0S,
                 mail: {to: ayuda@tienda-aurora.example, subject: Florero, program: gmail},
                 turns: [{say: [Hola], attach: [foto.png], away: true}, {say: [Gracias]}]}
            """)) {
      player.play(HURRY);
      when(player, DemoPlayer.State.WAITING_FOR_ANSWER);

      // when
      answerMail("camila@example.com");
      DemoPlayer.Report report = when(player, DemoPlayer.State.FINISHED);

      // then
      assertThat(report.finished()).isEqualTo(1);
      assertThat(
              changes.await(
                  this::shopsSubjects,
                  subjects -> subjects.contains("Respuesta automática: Re: Florero"),
                  Duration.ofSeconds(30)))
          .contains("Florero", "Respuesta automática: Re: Florero", "Re: Florero");
    }
  }

  @Test
  void shouldGetNoAnswerThatBounces() throws Exception {
    // given
    try (DemoPlayer player =
        player(
            """
            stories:
              - {id: o, name: Oscar, via: email, language: es, email: oscar@example.com, start: PT0S,
                 mail: {to: ayuda@tienda-aurora.example, subject: Cuenta, program: gmail},
                 turns: [{say: [Hola], bounces: true}, {say: [Gracias]}]}
            """)) {
      player.play(HURRY);
      when(player, DemoPlayer.State.WAITING_FOR_ANSWER);

      // when
      answerMail("oscar@example.com");
      DemoPlayer.State afterBounce = player.report().stories().getFirst().state();
      answerMail("oscar@example.com");
      DemoPlayer.Report report = when(player, DemoPlayer.State.FINISHED);

      // then
      assertThat(afterBounce).isEqualTo(DemoPlayer.State.WAITING_FOR_ANSWER);
      assertThat(report.finished()).isEqualTo(1);
      assertThat(shopsSubjects()).anyMatch(subject -> subject.startsWith("Mail delivery failed"));
    }
  }

  private void answerMail(String to) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.auth", "true");
    Session session = Session.getInstance(properties);
    MimeMessage answer = new MimeMessage(session);
    answer.setFrom(MailWorld.SHOP);
    answer.setRecipients(Message.RecipientType.TO, to);
    answer.setSubject("Re: Florero");
    answer.setText("Hola");
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect("127.0.0.1", mail.smtpPort(), MailWorld.SHOP, MailWorld.SHOP_PASSWORD);
      transport.sendMessage(answer, answer.getAllRecipients());
    }
  }

  private List<String> shopsSubjects() {
    try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
      store.connect("127.0.0.1", mail.imapPort(), MailWorld.SHOP, MailWorld.SHOP_PASSWORD);
      List<String> subjects = new ArrayList<>();
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_ONLY);
      for (Message message : inbox.getMessages()) {
        subjects.add(String.valueOf(message.getSubject()));
      }
      return subjects;
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldSayWhichStoryIsWrong() {
    // given
    String story =
        "stories: [{id: x, name: X, via: whatsapp, language: es, start: PT0S, turns: [{say: [a]}]}]";

    // when, then
    assertThatThrownBy(() -> script(story))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("story x: WhatsApp needs a number");
  }

  private DemoPlayer player(String yaml) throws IOException {
    return new DemoPlayer(
        script(yaml),
        platform,
        mail,
        messenger,
        instagram,
        client,
        hilo.address(),
        "http://localhost:8095",
        changes);
  }

  private static DemoScript script(String yaml) throws IOException {
    return DemoScript.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private DemoPlayer.Report when(DemoPlayer player, DemoPlayer.State state)
      throws InterruptedException {
    return changes.await(
        player::report,
        report -> report.stories().getFirst().state() == state,
        Duration.ofSeconds(30));
  }

  /** The next message: receipts come in between. */
  private static FakeHilo.VisitorCall message(FakeHilo hilo) throws InterruptedException {
    FakeHilo.VisitorCall call = hilo.takeVisitorCall();
    while (!call.body().path("kind").asText().equals("message")) {
      call = hilo.takeVisitorCall();
    }
    return call;
  }
}
