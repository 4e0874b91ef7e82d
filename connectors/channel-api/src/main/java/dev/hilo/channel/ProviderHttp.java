package dev.hilo.channel;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** How a channel calls its provider. Time limits and redaction live behind it, in one place. */
public interface ProviderHttp {

  /** Makes one call. Never throws for a network fault. */
  Outcome call(Call call);

  /**
   * A request.
   *
   * @param headers may hold a bearer token; never printed
   */
  record Call(String method, URI uri, Map<String, String> headers, byte[] body) {
    public Call {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
  }

  /** What came of a call. */
  sealed interface Outcome {
    /** The provider answered, with whatever status. */
    record Answered(int status, Map<String, String> headers, byte[] body) implements Outcome {
      /** The first value of a header; names without regard to case. */
      public Optional<String> header(String name) {
        return headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst();
      }

      @Override
      public String toString() {
        return "Answered[status=" + status + ", bytes=" + body.length + "]";
      }
    }

    /** The request certainly did not reach the provider (no connection). */
    record NotSent(String detail) implements Outcome {}

    /** The request went out, the answer did not come back: it may have taken effect. */
    record AnswerLost(String detail) implements Outcome {}
  }
}
