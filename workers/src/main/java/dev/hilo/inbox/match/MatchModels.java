package dev.hilo.inbox.match;

import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The model in use: the one trained last on the tenant's own records, else the standard one. */
@Component
public class MatchModels {

  private static final String CURRENT = "current";

  /** Of how many contacts a tenant is thought to have before a model was trained. */
  private static final long SOME_CONTACTS = 100_000;

  /** How long another node's new model may go unseen. */
  private static final Duration READ_AGAIN = Duration.ofMinutes(5);

  private final Documents<MatchModel> models;
  private final Clock clock;
  private Optional<Read> last = Optional.empty();

  public MatchModels(Store store, Clock clock) {
    this.models = store.documents(Indexes.MATCH_MODELS, MatchModel.class);
    this.clock = clock;
  }

  private record Read(Instant at, Matcher matcher) {}

  /** Compares by the model in use. */
  public synchronized Matcher matcher() {
    Instant now = clock.instant();
    if (last.isEmpty() || last.get().at().plus(READ_AGAIN).isBefore(now)) {
      last = Optional.of(new Read(now, new Matcher(current())));
    }
    return last.get().matcher();
  }

  /** The model in use. */
  public MatchModel current() {
    return models.get(CURRENT).orElseGet(() -> MatchModel.standard().among(SOME_CONTACTS));
  }

  /** Takes a model into use, from now on here and within minutes on other nodes. */
  public synchronized void use(MatchModel model) {
    models.change(CURRENT, before -> model);
    last = Optional.empty();
  }
}
