package dev.hilo.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** How a channel calls its provider. Time limits and redaction live behind it, in one place. */
public interface ProviderHttp {

  /** Makes one call. Never throws for a network fault. */
  Outcome call(Call call);

  /**
   * Makes one call whose answer may be large: the body of a 2xx goes to {@code to} as it comes, any
   * other body (at most 1 MB) is in the outcome. Redirects are not followed.
   *
   * @param maxBytes the body is cut off, and the outcome is {@link Outcome.TooLarge}, after this
   */
  Outcome download(Call call, long maxBytes, OutputStream to);

  /** Makes one call with a large body; {@link Call#body} is not used. */
  Outcome upload(Call call, Body body);

  /** A body that can be read more than once. */
  interface Body {
    /** Bytes. */
    long length();

    /**
     * The bytes from the beginning, to be closed by the caller.
     *
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;
  }

  /**
   * A request.
   *
   * @param headers may hold a bearer token; never printed
   */
  record Call(String method, URI uri, Map<String, String> headers, byte[] body) {
    public Call {
      headers = Map.copyOf(headers);
    }

    /** Neither path nor query: some providers want the token there. */
    @Override
    public String toString() {
      return method + " " + uri.getScheme() + "://" + uri.getAuthority();
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

    /** The answer's body is larger than was wanted. */
    record TooLarge(long maxBytes) implements Outcome {}

    /** The request certainly did not reach the provider (no connection). */
    record NotSent(String detail) implements Outcome {}

    /** The request went out, the answer did not come back: it may have taken effect. */
    record AnswerLost(String detail) implements Outcome {}
  }
}
