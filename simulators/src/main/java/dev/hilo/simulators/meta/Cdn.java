package dev.hilo.simulators.meta;

import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;

/** Where webhooks' addresses of files lead: Messenger's and Instagram's way of signing them. */
public final class Cdn {

  private final MediaStore media;

  public Cdn(MediaStore media) {
    this.media = media;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.on("GET", "/cdn/v/{file}", this::file);
    routes.on("GET", "/cdn/ig_messaging_cdn", this::asset);
  }

  private Reply file(Call call) {
    String id = call.path("file").split("_", 2)[0];
    return media.serve(id, hex(call.query("oe").orElse("0")), call.query("oh").orElse(""));
  }

  private Reply asset(Call call) {
    String[] signature = call.query("signature").orElse("0.").split("\\.", 2);
    String second = signature.length > 1 ? signature[1] : "";
    return media.serve(call.query("asset_id").orElse(""), hex(signature[0]), second);
  }

  /** Something that is no number is no time in the future either. */
  private static String hex(String given) {
    return given.matches("[0-9a-f]{1,12}") ? given : "0";
  }
}
