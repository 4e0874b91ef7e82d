package dev.hilo.simulators.demo;

import dev.hilo.simulators.demo.DemoScript.Story;
import dev.hilo.simulators.demo.DemoScript.Turn;
import dev.hilo.simulators.demo.DemoScript.Via;
import dev.hilo.simulators.mail.MailWorld;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.Platform;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Plays the stories, each in a thread of its own. Agents' answers are left to people. */
public final class DemoPlayer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(DemoPlayer.class.getName());
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final String WIDGET = "shop";

  private final DemoScript script;
  private final Platform platform;
  private final MailWorld mail;
  private final Messaging messenger;
  private final Messaging instagram;
  private final HttpClient client;
  private final URI hilo;
  private final String shop;
  private final Changes changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Playing> playing = new ArrayList<>();

  /** Where a story stands. */
  public enum State {
    COMING,
    WRITING,
    WAITING_FOR_ANSWER,
    FINISHED,
    FAILED,
    STOPPED
  }

  /**
   * One story's progress.
   *
   * @param turn how many turns were written
   */
  public record Progress(
      String id,
      String name,
      Via via,
      String language,
      State state,
      int turn,
      int turns,
      Optional<String> problem) {}

  /** All stories' progress. */
  public record Report(boolean running, long finished, List<Progress> stories) {}

  /**
   * Makes an idle player.
   *
   * @param shop the origin of the page with the widget
   */
  public DemoPlayer(
      DemoScript script,
      Platform platform,
      MailWorld mail,
      Messaging messenger,
      Messaging instagram,
      HttpClient client,
      URI hilo,
      String shop,
      Changes changes) {
    this.script = script;
    this.platform = platform;
    this.mail = mail;
    this.messenger = messenger;
    this.instagram = instagram;
    this.client = client;
    this.hilo = hilo;
    this.shop = shop;
    this.changes = changes;
  }

  /**
   * Starts all stories; does nothing while they are being played.
   *
   * @param speed 2 is twice as fast
   */
  public Report play(double speed) {
    lock.lock();
    try {
      if (!report().running()) {
        stopAll();
        playing.clear();
        for (Story story : script.stories()) {
          Playing one = new Playing(story, speed);
          playing.add(one);
          one.start();
        }
      }
      return report();
    } finally {
      lock.unlock();
    }
  }

  /** Where the stories stand; empty before they were ever played. */
  public Report report() {
    lock.lock();
    try {
      List<Progress> all = playing.stream().map(Playing::progress).toList();
      long over = all.stream().filter(DemoPlayer::isOver).count();
      long finished = all.stream().filter(one -> one.state() == State.FINISHED).count();
      return new Report(over < all.size(), finished, all);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isOver(Progress progress) {
    return switch (progress.state()) {
      case FINISHED, FAILED, STOPPED -> true;
      case COMING, WRITING, WAITING_FOR_ANSWER -> false;
    };
  }

  /** Stops where they are; the next start plays from the beginning. */
  public Report stop() {
    lock.lock();
    try {
      stopAll();
      return report();
    } finally {
      lock.unlock();
    }
  }

  private void stopAll() {
    playing.forEach(Playing::stop);
  }

  @Override
  public void close() {
    stop();
  }

  /** One story under way. */
  private final class Playing {

    private final Story story;
    private final double speed;
    private final Thread thread;
    private volatile Progress progress;

    Playing(Story story, double speed) {
      this.story = story;
      this.speed = speed;
      this.progress =
          new Progress(
              story.id(),
              story.name(),
              story.via(),
              story.language(),
              State.COMING,
              0,
              story.turns().size(),
              Optional.empty());
      this.thread = Thread.ofVirtual().name("story-" + story.id()).unstarted(this::play);
    }

    void start() {
      thread.start();
    }

    void stop() {
      thread.interrupt();
    }

    Progress progress() {
      return progress;
    }

    private void play() {
      try {
        pause(story.start());
        act();
        now(State.FINISHED, progress.via(), progress.turn(), Optional.empty());
      } catch (InterruptedException e) {
        now(State.STOPPED, progress.via(), progress.turn(), Optional.empty());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the story {0} failed: {1}", story.id(), e);
        now(
            State.FAILED,
            progress.via(),
            progress.turn(),
            Optional.of(String.valueOf(e.getMessage())));
      }
    }

    private void act() throws InterruptedException {
      Via via = story.via();
      Correspondent customer = join(via);
      try {
        int answered = 0;
        for (int i = 0; i < story.turns().size(); i++) {
          Turn turn = story.turns().get(i);
          if (i > 0 && !turn.unprompted()) {
            now(State.WAITING_FOR_ANSWER, via, i, Optional.empty());
            Correspondent waiting = customer;
            int seen = answered;
            changes.await(waiting::answers, count -> count > seen, FOREVER);
          }
          if (i > 0) {
            pause(turn.thinking());
          }
          Via next = turn.via().orElse(via);
          if (next != via) {
            customer.close();
            via = next;
            customer = join(via);
          }
          // What came while the customer was thinking is answered by this turn too.
          answered = customer.answers();
          now(State.WRITING, via, i, Optional.empty());
          say(customer, turn);
          now(State.WRITING, via, i + 1, Optional.empty());
        }
      } finally {
        customer.close();
      }
    }

    private void say(Correspondent customer, Turn turn) throws InterruptedException {
      for (int i = 0; i < turn.say().size(); i++) {
        if (i > 0) {
          pause(turn.pausing());
        }
        boolean last = i == turn.say().size() - 1;
        customer.write(turn.say().get(i), last ? turn.files() : List.of());
      }
      customer.after(turn);
    }

    private Correspondent join(Via via) throws InterruptedException {
      return switch (via) {
        case WHATSAPP -> new WhatsappCustomer(platform, story.name(), story.number().orElseThrow());
        case WEBCHAT -> new WebchatVisitor(client, hilo, WIDGET, shop, story, changes);
        case EMAIL -> new MailWriter(mail, story);
        case MESSENGER -> new DirectCustomer(messenger, story);
        case INSTAGRAM -> new DirectCustomer(instagram, story);
      };
    }

    private void now(State state, Via via, int turn, Optional<String> problem) {
      progress =
          new Progress(
              story.id(),
              story.name(),
              via,
              story.language(),
              state,
              turn,
              story.turns().size(),
              problem);
      changes.signal();
    }

    private void pause(Duration usual) throws InterruptedException {
      Thread.sleep(Duration.ofNanos((long) (usual.toNanos() / speed)));
    }
  }
}
