package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.ChatMessage;
import dev.hilo.simulators.whatsapp.CustomerActs;
import dev.hilo.simulators.whatsapp.MessageParts;
import dev.hilo.simulators.whatsapp.Phone;
import dev.hilo.simulators.whatsapp.Platform;
import dev.hilo.simulators.whatsapp.Samples;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Customers' files, taps, reactions, edits and deletions. */
final class CustomerActsControl {

  private final Platform platform;

  CustomerActsControl(Platform platform) {
    this.platform = platform;
  }

  void addTo(Routes routes) {
    routes.on("POST", "/control/files", this::file);
    routes.on("POST", "/control/actions", this::act);
  }

  /**
   * A customer's file.
   *
   * @param size of generated content in bytes; without it and base64 a small sample
   */
  private record NewFile(
      @Nullable String from,
      @Nullable String type,
      @Nullable String mimeType,
      @Nullable String name,
      @Nullable String caption,
      @Nullable Boolean voice,
      @Nullable Long size,
      @Nullable String base64,
      @Nullable String replyTo,
      @Nullable String business) {}

  private Reply file(Call call) {
    NewFile wanted = call.json(NewFile.class);
    Phone phone = phone(wanted.from());
    BusinessNumber to = platform.numberOrFirst(Optional.ofNullable(wanted.business()));
    boolean voice = Boolean.TRUE.equals(wanted.voice());
    String mimeType =
        Optional.ofNullable(wanted.mimeType())
            .orElseGet(
                () ->
                    voice
                        ? Samples.VOICE
                        : Samples.usual(Optional.ofNullable(wanted.type()).orElse("image")));
    String type = Optional.ofNullable(wanted.type()).orElseGet(() -> CustomerActs.typeOf(mimeType));
    long size = Optional.ofNullable(wanted.size()).orElse(0L);
    ChatMessage sent;
    if (CustomerActs.isTooLarge(size)) {
      sent = platform.acts().sendTooLarge(phone, to, type, mimeType);
    } else {
      byte[] content =
          wanted.base64() != null
              ? Base64.getDecoder().decode(wanted.base64())
              : Samples.content(mimeType, (int) size);
      String name = Optional.ofNullable(wanted.name()).orElseGet(() -> Samples.name(mimeType));
      MessageParts.File kept = platform.media().keep(type, name, mimeType, voice, content);
      sent =
          platform
              .acts()
              .send(
                  phone,
                  to,
                  kept,
                  Optional.ofNullable(wanted.caption()).orElse(""),
                  Optional.ofNullable(wanted.replyTo()));
    }
    return Reply.json(sent);
  }

  private record Act(
      @Nullable String from,
      @Nullable String action,
      @Nullable String wamid,
      @Nullable String id,
      @Nullable String emoji,
      @Nullable String text,
      @Nullable Double latitude,
      @Nullable Double longitude,
      @Nullable String name,
      @Nullable String address,
      @Nullable String number,
      @Nullable String business) {}

  private Reply act(Call call) {
    Act wanted = call.json(Act.class);
    Phone phone = phone(wanted.from());
    BusinessNumber to = platform.numberOrFirst(Optional.ofNullable(wanted.business()));
    CustomerActs acts = platform.acts();
    String wamid = Optional.ofNullable(wanted.wamid()).orElse("");
    String action = Optional.ofNullable(wanted.action()).orElse("");
    String told =
        switch (action) {
          case "react" -> acts.react(phone, wamid, Optional.of(given(wanted.emoji(), "emoji")));
          case "unreact" -> acts.react(phone, wamid, Optional.empty());
          case "edit" -> acts.edit(phone, wamid, given(wanted.text(), "text"));
          case "revoke" -> acts.revoke(phone, wamid);
          case "tap" -> acts.tap(phone, wamid, given(wanted.id(), "id")).wamid();
          case "location" ->
              acts.sendLocation(
                      phone,
                      to,
                      given(wanted.latitude(), "latitude"),
                      given(wanted.longitude(), "longitude"),
                      Optional.ofNullable(wanted.name()),
                      Optional.ofNullable(wanted.address()))
                  .wamid();
          case "contact" ->
              acts.sendContact(
                      phone, to, given(wanted.name(), "name"), given(wanted.number(), "number"))
                  .wamid();
          default ->
              throw new BadRequest(
                  "action: one of react, unreact, edit, revoke, tap, location, contact, got '"
                      + action
                      + "'");
        };
    ObjectNode answer = Json.MAPPER.createObjectNode().put("wamid", told);
    return Reply.json(answer);
  }

  private static <T> T given(@Nullable T value, String field) {
    if (value == null) {
      throw new BadRequest(field + ": is missing");
    }
    return value;
  }

  private Phone phone(@Nullable String key) {
    return platform
        .phones()
        .find(Optional.ofNullable(key).orElse(""))
        .orElseThrow(() -> new BadRequest(404, "from: there is no customer '" + key + "'"));
  }
}
