package dev.hilo.simulators.demo;

import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts, watches and stops the stories, under {@code /control/demo}. */
public final class DemoApi {

  private final DemoPlayer player;

  public DemoApi(DemoPlayer player) {
    this.player = player;
  }

  private record Start(@Nullable Double speed) {}

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.on("POST", "/control/demo", this::play);
    routes.on("GET", "/control/demo", call -> Reply.json(player.report()));
    routes.on("DELETE", "/control/demo", call -> Reply.json(player.stop()));
  }

  private Reply play(Call call) {
    double speed = Optional.ofNullable(call.json(Start.class).speed()).orElse(1.0);
    if (!(speed > 0)) {
      throw new BadRequest("speed: more than 0, got " + speed);
    }
    return Reply.json(player.play(speed));
  }
}
