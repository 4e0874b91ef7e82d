package dev.hilo.simulators.phone;

import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.CustomerActs;
import dev.hilo.simulators.whatsapp.MessageParts;
import dev.hilo.simulators.whatsapp.Phone;
import dev.hilo.simulators.whatsapp.Platform;
import dev.hilo.simulators.whatsapp.Samples;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the phone page does beside writing: files, taps, reactions, edits, deletions. */
final class PhoneActsApi {

  private static final String ONE = "/phone/api/customers/{key}";

  private final Platform platform;

  PhoneActsApi(Platform platform) {
    this.platform = platform;
  }

  void addTo(Routes routes) {
    routes.on(
        "GET",
        "/phone/api/media/{asset}",
        call -> platform.media().store().serve(call.path("asset")));
    routes.on("POST", ONE + "/files", this::file);
    routes.on("POST", ONE + "/voice", this::voice);
    routes.on("POST", ONE + "/location", this::location);
    routes.on("POST", ONE + "/contact", this::contact);
    routes.on("POST", ONE + "/messages/{wamid}/taps", this::tap);
    routes.on("PUT", ONE + "/messages/{wamid}/reaction", this::react);
    routes.on("PUT", ONE + "/messages/{wamid}", this::edit);
    routes.on("DELETE", ONE + "/messages/{wamid}", this::revoke);
  }

  private Reply file(Call call) {
    Phone phone = switchedOn(call);
    String mimeType = call.header("Content-Type").orElse("application/octet-stream");
    String type = call.query("type").orElseGet(() -> CustomerActs.typeOf(mimeType));
    BusinessNumber to = business(call);
    if (call.body().length == 0) {
      throw new BadRequest("the file is empty");
    }
    if (CustomerActs.isTooLarge(call.body().length)) {
      return Reply.json(platform.acts().sendTooLarge(phone, to, type, mimeType));
    }
    MessageParts.File file =
        platform
            .media()
            .keep(type, call.query("name").orElse("file"), mimeType, false, call.body());
    String caption = call.query("caption").orElse("");
    return Reply.json(platform.acts().send(phone, to, file, caption, call.query("replyTo")));
  }

  /** A voice note that is part of the simulators: a page without a microphone has no other. */
  private Reply voice(Call call) {
    MessageParts.File note =
        platform
            .media()
            .keep("audio", "voice.ogg", Samples.VOICE, true, Samples.content(Samples.VOICE));
    return Reply.json(
        platform.acts().send(switchedOn(call), business(call), note, "", Optional.empty()));
  }

  private record Location(
      double latitude, double longitude, @Nullable String name, @Nullable String address) {}

  private Reply location(Call call) {
    Location place = call.json(Location.class);
    return Reply.json(
        platform
            .acts()
            .sendLocation(
                switchedOn(call),
                business(call),
                place.latitude(),
                place.longitude(),
                Optional.ofNullable(place.name()),
                Optional.ofNullable(place.address())));
  }

  private record Contact(String name, String number) {}

  private Reply contact(Call call) {
    Contact card = call.json(Contact.class);
    return Reply.json(
        platform.acts().sendContact(switchedOn(call), business(call), card.name(), card.number()));
  }

  private record Tap(@Nullable String id) {}

  private Reply tap(Call call) {
    String id = Optional.ofNullable(call.json(Tap.class).id()).orElse("");
    return Reply.json(platform.acts().tap(switchedOn(call), call.path("wamid"), id));
  }

  private record Reaction(@Nullable String emoji) {}

  private Reply react(Call call) {
    Optional<String> emoji = Optional.ofNullable(call.json(Reaction.class).emoji());
    return told(platform.acts().react(switchedOn(call), call.path("wamid"), emoji));
  }

  private record Edit(@Nullable String text) {}

  private Reply edit(Call call) {
    String text = Optional.ofNullable(call.json(Edit.class).text()).orElse("").strip();
    if (text.isEmpty()) {
      throw new BadRequest("text: must not be blank");
    }
    return told(platform.acts().edit(switchedOn(call), call.path("wamid"), text));
  }

  private Reply revoke(Call call) {
    return told(platform.acts().revoke(switchedOn(call), call.path("wamid")));
  }

  private static Reply told(String wamid) {
    return Reply.json(Json.MAPPER.createObjectNode().put("wamid", wamid));
  }

  private BusinessNumber business(Call call) {
    return platform.numberOrFirst(call.query("business").filter(id -> !id.isBlank()));
  }

  private Phone switchedOn(Call call) {
    String key = call.path("key");
    Phone phone =
        platform
            .phones()
            .find(key)
            .orElseThrow(() -> new BadRequest(404, "there is no customer '" + key + "'"));
    if (!phone.isOn()) {
      throw new BadRequest(409, "the phone is off");
    }
    return phone;
  }
}
