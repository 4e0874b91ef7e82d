package dev.hilo.whatsapp;

import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.MediaChannel.Request;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches a customer's file: first its address, which works for five minutes, then its bytes. The
 * access token goes to the Graph API's host and the hosts of the settings only.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/
 * business-phone-numbers/media, read 2026-11-20.
 */
final class MediaDownload {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final WhatsAppSettings settings;
  private final GraphApi graph;
  private final Redaction redaction;
  private final Waits waits;

  MediaDownload(WhatsAppSettings settings, GraphApi graph, Redaction redaction, Clock clock) {
    this.settings = settings;
    this.graph = graph;
    this.redaction = redaction;
    this.waits = new Waits(clock);
  }

  Fetched fetch(Request request, OutputStream to) {
    Optional<WhatsAppSettings.Account> account = settings.account(request.account());
    if (account.isEmpty()) {
      return new Fetched.Denied("the account " + request.account() + " is not among the settings");
    }
    if (request.media().reference().startsWith("http")) {
      return allowed(request.media().reference())
          .map(address -> download(request, account.get(), Part.none(), address, to))
          .orElseGet(() -> Optional.of(new Fetched.Gone("its address is not at a known host")))
          .orElseGet(() -> new Fetched.Gone("its address has expired"));
    }
    Optional<Fetched> first = attempt(request, account.get(), to);
    // The address had expired on the way: a new one is asked for, once.
    return first
        .or(() -> attempt(request, account.get(), to))
        .orElseGet(() -> new Fetched.Gone("its address leads nowhere, though it was new"));
  }

  /** Empty when the address of the bytes does not work any more. */
  private Optional<Fetched> attempt(
      Request request, WhatsAppSettings.Account account, OutputStream to) {
    String mediaId = request.media().reference();
    Outcome outcome =
        graph.get(account, mediaId, "", Map.of("phone_number_id", account.id().value()));
    if (!(outcome instanceof Answered answered) || answered.status() / 100 != 2) {
      return Optional.of(refused(outcome, true));
    }
    Part file = GraphApi.body(answered);
    Optional<URI> address = file.text("url").flatMap(this::allowed);
    if (address.isEmpty()) {
      return Optional.of(
          new Fetched.RetryLater("its address is missing, or is not at a known host", SOON));
    }
    long size = file.text("file_size").flatMap(MediaDownload::number).orElse(-1L);
    if (size > request.maxBytes()) {
      return Optional.of(tooLarge(size + " bytes", request));
    }
    return download(request, account, file, address.get(), to);
  }

  private Optional<Fetched> download(
      Request request, WhatsAppSettings.Account account, Part file, URI address, OutputStream to) {
    MessageDigest digest = sha256();
    Call call = new Call("GET", address, GraphApi.headers(account, Map.of()), new byte[0]);
    Outcome outcome =
        graph
            .http()
            .download(call, request.maxBytes(), new DigestOutputStream(unclosed(to), digest));
    if (outcome instanceof Answered answered) {
      if (answered.status() == 404) {
        return Optional.empty();
      }
      if (answered.status() / 100 == 2) {
        return Optional.of(
            matches(file.text("sha256"), digest.digest())
                ? new Fetched.Complete(file.text("mime_type"), request.media().fileName())
                : new Fetched.RetryLater("the bytes are not those that were announced", SOON));
      }
    }
    return Optional.of(
        outcome instanceof Outcome.TooLarge ? tooLarge("more", request) : refused(outcome, false));
  }

  private static Fetched tooLarge(String got, Request request) {
    return new Fetched.TooLarge("expected at most " + request.maxBytes() + " bytes, got " + got);
  }

  /**
   * What an unsuccessful call means.
   *
   * @param ofGraph whether the Graph API itself was asked, which says that a file is gone by 100
   */
  private Fetched refused(Outcome outcome, boolean ofGraph) {
    String detail = redaction.of(GraphError.describe(outcome));
    if (!(outcome instanceof Answered answered)) {
      return new Fetched.RetryLater(detail, SOON);
    }
    GraphError error = GraphError.of(GraphApi.body(answered).part("error"));
    int code = error.code().orElse(-1);
    if (ofGraph && (code == 100 || code == 33 || code == 131052)) {
      return new Fetched.Gone(detail);
    }
    GraphError.Reaction reaction = error.reaction();
    if (reaction.error() == DeliveryError.CREDENTIALS_EXPIRED
        || reaction.error() == DeliveryError.ACCOUNT_RESTRICTED) {
      return new Fetched.Denied(detail);
    }
    if (reaction.retryAfter().isPresent()) {
      return later(detail, waits.after(answered, reaction.retryAfter().get()));
    }
    return switch (answered.status()) {
      case 401, 403 -> new Fetched.Denied(detail);
      case 404, 410 -> new Fetched.Gone(detail);
      default -> later(detail, waits.hint(answered).orElse(SOON));
    };
  }

  private static Fetched later(String detail, Duration after) {
    return new Fetched.RetryLater(detail, Waits.bounded(after));
  }

  /** An address that may be told the access token. */
  private Optional<URI> allowed(String text) {
    try {
      URI address = URI.create(text);
      boolean atGraph =
          graph.root().getScheme().equalsIgnoreCase(address.getScheme())
              && graph.root().getAuthority().equalsIgnoreCase(address.getAuthority());
      boolean atMediaHost =
          "https".equalsIgnoreCase(address.getScheme())
              && address.getUserInfo() == null
              && address.getPort() == -1
              && address.getHost() != null
              && settings.mediaHosts().contains(address.getHost().toLowerCase(Locale.ROOT));
      return atGraph || atMediaHost ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Hexadecimal digits here, Base64 there; what is neither cannot be compared. */
  private static boolean matches(Optional<String> announced, byte[] digest) {
    return announced
        .map(
            text ->
                switch (text.length()) {
                  case 64 -> text.equalsIgnoreCase(HexFormat.of().formatHex(digest));
                  case 44 -> text.equals(Base64.getEncoder().encodeToString(digest));
                  default -> true;
                })
        .orElse(true);
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** Closing is the business of who opened it. */
  private static OutputStream unclosed(OutputStream to) {
    return new FilterOutputStream(to) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
