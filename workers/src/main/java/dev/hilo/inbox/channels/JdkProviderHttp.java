package dev.hilo.inbox.channels;

import dev.hilo.channel.ProviderHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The one way that channels call their providers: time limits, and nothing secret in a log. */
@Component
final class JdkProviderHttp implements ProviderHttp {

  private static final Logger LOG = LoggerFactory.getLogger(JdkProviderHttp.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Until a large answer begins, or a large body has gone out and been answered. */
  private static final Duration TRANSFER = Duration.ofMinutes(3);

  private static final int ERROR_BYTES = 1024 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public Outcome call(Call call) {
    HttpRequest.Builder request =
        request(call, ANSWER)
            .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
    return outcome(
        call,
        () -> {
          HttpResponse<byte[]> response =
              client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
          return new Outcome.Answered(response.statusCode(), headers(response), response.body());
        });
  }

  @Override
  public Outcome download(Call call, long maxBytes, OutputStream to) {
    HttpRequest.Builder request =
        request(call, TRANSFER)
            .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
    return outcome(
        call,
        () -> {
          HttpResponse<InputStream> response =
              client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
          try (InputStream in = response.body()) {
            if (response.statusCode() / 100 != 2) {
              return new Outcome.Answered(
                  response.statusCode(), headers(response), in.readNBytes(ERROR_BYTES));
            }
            byte[] buffer = new byte[BUFFER];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
              total += read;
              if (total > maxBytes) {
                return new Outcome.TooLarge(maxBytes);
              }
              to.write(buffer, 0, read);
            }
            return new Outcome.Answered(response.statusCode(), headers(response), new byte[0]);
          }
        });
  }

  @Override
  public Outcome upload(Call call, Body body) {
    HttpRequest.Builder request =
        request(call, TRANSFER)
            .method(
                call.method(),
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> {
                          try {
                            return body.open();
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }),
                    body.length()));
    return outcome(
        call,
        () -> {
          HttpResponse<byte[]> response =
              client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
          return new Outcome.Answered(response.statusCode(), headers(response), response.body());
        });
  }

  private static HttpRequest.Builder request(Call call, Duration timeout) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(timeout);
    call.headers().forEach(request::header);
    return request;
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  @FunctionalInterface
  private interface Exchange {
    Outcome run() throws IOException, InterruptedException;
  }

  private static Outcome outcome(Call call, Exchange exchange) {
    try {
      return exchange.run();
    } catch (ConnectException | HttpConnectTimeoutException | UnknownHostException e) {
      LOG.warn("{}: no connection ({})", call, e.getClass().getSimpleName());
      return new Outcome.NotSent("no connection to " + call.uri().getAuthority());
    } catch (IOException e) {
      LOG.warn("{}: answer lost ({})", call, e.getClass().getSimpleName());
      return new Outcome.AnswerLost("no answer from " + call.uri().getAuthority());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.AnswerLost("stopped while waiting for " + call.uri().getAuthority());
    }
  }
}
