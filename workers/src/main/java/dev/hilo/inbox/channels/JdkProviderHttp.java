package dev.hilo.inbox.channels;

import dev.hilo.channel.ProviderHttp;
import java.io.IOException;
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

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public Outcome call(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .timeout(ANSWER)
            .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Outcome.Answered(response.statusCode(), headers, response.body());
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
