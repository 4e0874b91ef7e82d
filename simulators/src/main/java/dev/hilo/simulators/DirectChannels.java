package dev.hilo.simulators;

import dev.hilo.simulators.control.MessagingControl;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.instagram.Instagram;
import dev.hilo.simulators.messenger.Messenger;
import dev.hilo.simulators.meta.Account;
import dev.hilo.simulators.meta.Cdn;
import dev.hilo.simulators.meta.Messaging;
import dev.hilo.simulators.meta.MessagingGraph;
import dev.hilo.simulators.phone.ChatApi;
import dev.hilo.simulators.time.Changes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messenger and Instagram: each with its Graph API, its phones and what steers it. */
final class DirectChannels implements AutoCloseable {

  private final Messaging messenger;
  private final Messaging instagram;
  private final Cdn cdn;
  private final Changes changes;
  private final List<StateFile> files = new ArrayList<>();

  DirectChannels(Messaging.Ground ground, URI hilo) {
    this.messenger = new Messaging(new Messenger(), ground, hilo.resolve("/webhooks/messenger"));
    this.instagram = new Messaging(new Instagram(), ground, hilo.resolve("/webhooks/instagram"));
    this.cdn = new Cdn(ground.media());
    this.changes = ground.changes();
  }

  Messaging messenger() {
    return messenger;
  }

  Messaging instagram() {
    return instagram;
  }

  /** Adds the routes; to be called before WhatsApp's, which take the rest of the Graph API. */
  void addTo(Routes routes) {
    cdn.addTo(routes);
    new MessagingGraph(instagram, false).addTo(routes);
    new MessagingGraph(messenger, true).addTo(routes);
    for (Messaging each : List.of(messenger, instagram)) {
      new MessagingControl(each, changes).addTo(routes);
      new ChatApi(each, changes).addTo(routes);
    }
  }

  /**
   * Keeps chats, subscriptions and pending webhooks in files from now on.
   *
   * @throws IOException when the folder cannot be used or a file is not ours
   */
  void keepIn(Path folder) throws IOException {
    for (Messaging each : List.of(messenger, instagram)) {
      files.add(
          StateFile.open(
              folder,
              each.provider().id(),
              Messaging.Saved.class,
              each::save,
              each::restore,
              changes));
    }
  }

  /** What went wrong with the handshake, one line for each account that is not verified. */
  List<String> verify() {
    List<String> problems = new ArrayList<>();
    for (Messaging each : List.of(messenger, instagram)) {
      for (Account account : each.accounts().all()) {
        Optional<String> problem = each.verify(account);
        problem.ifPresent(problems::add);
      }
    }
    return problems;
  }

  void reset() {
    messenger.reset();
    instagram.reset();
  }

  @Override
  public void close() {
    files.forEach(StateFile::close);
  }
}
