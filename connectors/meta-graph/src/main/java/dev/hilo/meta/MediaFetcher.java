package dev.hilo.meta;

import dev.hilo.channel.Content;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.MediaChannel.Request;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Outcome;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches customers' files from the provider's delivery network, and from nowhere else: the address
 * comes from outside. Without any credential, because the address itself is the right to it.
 */
public final class MediaFetcher {

  /** The platform's delivery networks; a host is one of these or below it. */
  private static final List<String> NETWORKS =
      List.of("fbcdn.net", "fbsbx.com", "cdninstagram.com");

  private static final int MOST_REDIRECTS = 3;
  private static final Duration LATER = Duration.ofSeconds(30);

  private final ProviderHttp http;
  private final List<String> moreHosts;

  /**
   * Fetches from the networks and from these hosts.
   *
   * @param moreHosts with or without a port; also without encryption, for a stand-in
   */
  public MediaFetcher(ProviderHttp http, List<String> moreHosts) {
    this.http = http;
    this.moreHosts = moreHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /** Fetches a file once. */
  public Fetched fetch(Request request, OutputStream to) {
    Content.Media media = request.media();
    if (media.linkOnly().isPresent()) {
      return new Fetched.Gone("the provider allows no copy of it");
    }
    String address = media.reference();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Optional<URI> allowed = allowed(address);
      if (allowed.isEmpty()) {
        return new Fetched.Gone("its address is not one of the provider's hosts");
      }
      Outcome outcome =
          http.download(
              new ProviderHttp.Call("GET", allowed.get(), Map.of(), new byte[0]),
              request.maxBytes(),
              to);
      Optional<URI> next = redirect(outcome, allowed.get());
      if (next.isEmpty()) {
        return fetched(outcome, media);
      }
      address = next.get().toString();
    }
    return new Fetched.Gone("it is redirected without end");
  }

  /** The address, if it leads to a host that may be asked. */
  Optional<URI> allowed(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getScheme() == null) {
      return Optional.empty();
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean encrypted = scheme.equals("https");
    boolean network =
        encrypted
            && (uri.getPort() == -1 || uri.getPort() == 443)
            && NETWORKS.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
    boolean named =
        (encrypted || scheme.equals("http"))
            && (moreHosts.contains(host) || moreHosts.contains(host + ":" + uri.getPort()));
    return network || named ? Optional.of(uri) : Optional.empty();
  }

  private static Optional<URI> redirect(Outcome outcome, URI from) {
    if (!(outcome instanceof Outcome.Answered answered)
        || !List.of(301, 302, 303, 307, 308).contains(answered.status())) {
      return Optional.empty();
    }
    try {
      return answered.header("Location").map(from::resolve);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Fetched fetched(Outcome outcome, Content.Media media) {
    return switch (outcome) {
      case Outcome.NotSent notSent -> new Fetched.RetryLater(notSent.detail(), LATER);
      case Outcome.AnswerLost lost -> new Fetched.RetryLater(lost.detail(), LATER);
      case Outcome.TooLarge tooLarge ->
          new Fetched.TooLarge("it has more than " + tooLarge.maxBytes() + " bytes");
      case Outcome.Answered answered -> {
        int status = answered.status();
        if (status / 100 == 2) {
          yield new Fetched.Complete(answered.header("Content-Type"), media.fileName());
        }
        // An address that has expired is forbidden, not missing.
        yield status == 429 || status >= 500
            ? new Fetched.RetryLater("answer " + status, LATER)
            : new Fetched.Gone("answer " + status);
      }
    };
  }
}
