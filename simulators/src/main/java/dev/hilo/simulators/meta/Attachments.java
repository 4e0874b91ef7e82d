package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.DirectMessage.Attachment;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Turns files that businesses send, and files that customers have, into attachments. */
final class Attachments {

  private final Provider provider;
  private final MediaStore media;
  private final Supplier<MessagingRules> rules;
  private final InstantSource clock;
  private final HttpClient client;
  private final URI cdn;

  /** By attachment id: whose it is. */
  private final Map<String, String> uploaded = new ConcurrentHashMap<>();

  Attachments(
      Provider provider,
      MediaStore media,
      Supplier<MessagingRules> rules,
      InstantSource clock,
      HttpClient client,
      URI cdn) {
    this.provider = provider;
    this.media = media;
    this.rules = rules;
    this.clock = clock;
    this.client = client;
    this.cdn = cdn;
  }

  /** An address of a file, signed, that works for as long as the rules say. */
  String link(MediaStore.Asset asset) {
    Instant until = clock.instant().plus(rules.get().media().linkLife());
    String expiry = Long.toHexString(until.getEpochSecond());
    String path = provider.mediaPath(asset, expiry, media.sign(asset.id(), expiry));
    return cdn.resolve(path).toString();
  }

  /** As it stands in webhooks and on the phone. */
  Attachment of(String type, MediaStore.Asset asset) {
    ObjectNode payload = Json.MAPPER.createObjectNode().put("url", link(asset));
    return new Attachment(
        type, Optional.of(payload), Optional.of(asset.id()), Optional.of(asset.name()));
  }

  /**
   * Gets and checks what a business sends.
   *
   * @throws GraphRefusal when it cannot be got, is too large or of the wrong kind
   */
  MediaStore.Asset take(Account account, MessageRequest.Upload upload) throws InterruptedException {
    return switch (upload) {
      case MessageRequest.Upload.Link link -> fetch(link);
      case MessageRequest.Upload.Stored stored -> stored(account, stored);
      case MessageRequest.Upload.File file ->
          keep(file.type(), file.name(), file.contentType(), file.content());
    };
  }

  /** Takes a file to be sent later. */
  String upload(Account account, MessageRequest.Upload upload) throws InterruptedException {
    MediaStore.Asset asset = take(account, upload);
    uploaded.put(asset.id(), account.id());
    return asset.id();
  }

  private MediaStore.Asset stored(Account account, MessageRequest.Upload.Stored wanted) {
    return media
        .find(wanted.attachmentId())
        .filter(asset -> account.id().equals(uploaded.get(asset.id())))
        .filter(asset -> asset.type().equals(wanted.type()))
        .orElseThrow(() -> new GraphRefusal(GraphError.of(100, 2018074)));
  }

  private MediaStore.Asset fetch(MessageRequest.Upload.Link link) throws InterruptedException {
    WebFile file =
        WebFile.fetch(client, link.url(), limit(link.type()), rules.get().media().fetchTimeout())
            .orElseThrow(() -> new GraphRefusal(GraphError.of(100, 2018008)));
    return keep(link.type(), file.name(), file.contentType(), file.content());
  }

  private MediaStore.Asset keep(String type, String name, String contentType, byte[] content) {
    if (content.length > limit(type)) {
      throw new GraphRefusal(GraphError.of(100, 2018109));
    }
    provider.checkFile(type, contentType);
    return media.keep(type, name, contentType, content, Optional.empty());
  }

  private int limit(String type) {
    MessagingRules.Media limits = rules.get().media();
    return type.equals("image") ? limits.maxImageBytes() : limits.maxFileBytes();
  }

  void clear() {
    uploaded.clear();
  }
}
