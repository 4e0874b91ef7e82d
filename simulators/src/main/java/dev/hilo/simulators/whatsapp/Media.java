package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.meta.MediaStore;
import dev.hilo.simulators.meta.WebFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files by their media ids, which die, behind addresses that die sooner.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/
 * business-phone-numbers/media, read 2026-11-20.
 */
public final class Media {

  /** What a customer sent can be fetched that long. */
  private static final Duration RECEIVED_LIFE = Duration.ofDays(7);

  /** What a business uploaded can be sent that long. */
  private static final Duration UPLOADED_LIFE = Duration.ofDays(30);

  private static final Duration LINK_LIFE = Duration.ofMinutes(5);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(10);

  private final MediaStore store;
  private final InstantSource clock;
  private final HttpClient client;
  private final URI self;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /**
   * A media id.
   *
   * @param mimeType with parameters
   */
  private record Entry(
      String id, String owner, MediaStore.Asset asset, String mimeType, Instant goneAt) {}

  /**
   * Keeps files.
   *
   * @param self where Hilo reaches the simulators
   */
  public Media(MediaStore store, InstantSource clock, HttpClient client, URI self) {
    this.store = store;
    this.clock = clock;
    this.client = client;
    this.self = self;
  }

  /** The store behind, for pages. */
  public MediaStore store() {
    return store;
  }

  /** A customer's file: its id, type and digest, as a webhook tells them. */
  ObjectNode received(BusinessNumber owner, MessageParts.File file) {
    MediaStore.Asset asset = asset(file);
    String id = put(owner, asset, file.mimeType(), RECEIVED_LIFE);
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("mime_type", file.mimeType());
    node.put("sha256", Base64.getEncoder().encodeToString(sha256(asset.content())));
    return node.put("id", id);
  }

  /**
   * Takes a business's file to be sent later.
   *
   * @throws GraphRefusal when it is too large or of the wrong kind
   * @return its media id
   */
  String upload(BusinessNumber owner, String name, String mimeType, byte[] content) {
    String type =
        MediaLimits.typeOf(mimeType)
            .orElseThrow(
                () ->
                    new GraphRefusal(
                        GraphError.parameter(
                            "Param file must be a file with one of the following types: "
                                + MediaLimits.allMimeTypes()
                                + ". Received file of type '"
                                + mimeType
                                + "'.")));
    // Whether a sticker moves is looked at when it is sent: until then it may be either.
    if (content.length == 0 || content.length > MediaLimits.maxBytes(type)) {
      throw new GraphRefusal(
          GraphError.of(
              131053,
              "expected 1 to "
                  + MediaLimits.maxBytes(type)
                  + " bytes for "
                  + type
                  + ", got "
                  + content.length));
    }
    MediaStore.Asset asset = store.keep(type, name, mimeType, content, Optional.empty());
    return put(owner, asset, mimeType, UPLOADED_LIFE);
  }

  /**
   * The file that a business sends.
   *
   * @throws GraphRefusal when there is none or it cannot be sent as that
   */
  MessageParts.File toSend(BusinessNumber owner, FileToSend wanted) throws InterruptedException {
    if (wanted.link().isPresent()) {
      String link = wanted.link().get();
      WebFile file =
          WebFile.fetch(client, link, MediaLimits.maxBytes(wanted.type()), FETCH_TIMEOUT)
              .orElseThrow(
                  () ->
                      new GraphRefusal(
                          GraphError.of(131053, "Downloading media from weblink failed")));
      return checked(
          wanted,
          store.keep(
              wanted.type(), file.name(), file.contentType(), file.content(), Optional.empty()));
    }
    String id = wanted.id().orElseThrow();
    Entry entry =
        find(owner, id)
            .orElseThrow(
                () ->
                    new GraphRefusal(
                        GraphError.parameter(
                            "Param "
                                + wanted.type()
                                + "['id'] is not a valid whatsapp business account media"
                                + " attachment ID")));
    return checked(wanted, entry.asset());
  }

  private static MessageParts.File checked(FileToSend wanted, MediaStore.Asset asset) {
    MediaLimits.problem(wanted.type(), asset.contentType(), asset.content())
        .ifPresent(
            problem -> {
              throw new GraphRefusal(GraphError.of(131053, problem));
            });
    return new MessageParts.File(
        wanted.type(),
        asset.id(),
        wanted.fileName().orElse(asset.name()),
        asset.contentType(),
        false,
        MediaLimits.isAnimated(asset.content()));
  }

  /** Keeps a customer's file. */
  public MessageParts.File keep(
      String type, String name, String mimeType, boolean voice, byte[] content) {
    MediaStore.Asset asset = store.keep(type, name, mimeType, content, Optional.empty());
    return new MessageParts.File(
        type, asset.id(), name, mimeType, voice, MediaLimits.isAnimated(content));
  }

  /** What {@code GET /{media-id}} answers; empty: there is no such file. */
  Optional<ObjectNode> describe(BusinessNumber owner, String id) {
    return find(owner, id)
        .map(
            entry ->
                Json.MAPPER
                    .createObjectNode()
                    .put("url", link(entry.id()))
                    .put("mime_type", entry.mimeType())
                    .put("sha256", HexFormat.of().formatHex(sha256(entry.asset().content())))
                    .put("file_size", entry.asset().content().length)
                    .put("id", entry.id())
                    .put("messaging_product", "whatsapp"));
  }

  /** Whether that id was given, even if it is dead. */
  boolean knows(String id) {
    return entries.containsKey(id);
  }

  /** Takes a file away; false: there is none. */
  boolean delete(BusinessNumber owner, String id) {
    return find(owner, id).map(entry -> entries.remove(entry.id())).isPresent();
  }

  private String link(String id) {
    String until = Long.toString(clock.instant().plus(LINK_LIFE).getEpochSecond());
    return self.resolve(
            "/whatsapp_business/attachments?mid="
                + id
                + "&source=getMedia&ext="
                + until
                + "&hash="
                + store.sign(id, until))
        .toString();
  }

  /** The bytes behind an address; 404 when it is not ours, too old, or the file is gone. */
  Reply serve(String id, String until, String hash) {
    byte[] wanted = store.sign(id, until).getBytes(StandardCharsets.UTF_8);
    boolean ours = MessageDigest.isEqual(wanted, hash.getBytes(StandardCharsets.UTF_8));
    if (!ours || !clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(until)))) {
      return notFound();
    }
    return Optional.ofNullable(entries.get(id))
        .filter(this::isAlive)
        .<Reply>map(
            entry ->
                new Reply.Content(
                    200, Map.of("Content-Type", entry.mimeType()), entry.asset().content()))
        .orElseGet(Media::notFound);
  }

  private static Reply notFound() {
    return new Reply.Content(
        404, Map.of("Content-Type", "text/plain"), "Not Found".getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Entry> find(BusinessNumber owner, String id) {
    return Optional.ofNullable(entries.get(id))
        .filter(entry -> entry.owner().equals(owner.id()))
        .filter(this::isAlive);
  }

  private boolean isAlive(Entry entry) {
    return clock.instant().isBefore(entry.goneAt());
  }

  private String put(BusinessNumber owner, MediaStore.Asset asset, String mimeType, Duration life) {
    // A file has an id of its own each time that it is sent.
    MediaStore.Asset copy =
        store.keep(
            asset.type(), asset.name(), asset.contentType(), asset.content(), Optional.empty());
    entries.put(
        copy.id(), new Entry(copy.id(), owner.id(), asset, mimeType, clock.instant().plus(life)));
    return copy.id();
  }

  private MediaStore.Asset asset(MessageParts.File file) {
    return store
        .find(file.asset())
        .orElseThrow(
            () ->
                new dev.hilo.simulators.http.BadRequest(404, "the file is gone: " + file.asset()));
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void clear() {
    entries.clear();
  }
}
