package dev.hilo.channel.contract;

import dev.hilo.channel.ProviderHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A provider that answers as the test wrote it down, and remembers what it was asked. */
public final class ScriptedHttp implements ProviderHttp {

  private final Queue<Outcome> script = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();

  /** Answers the calls with these outcomes, one each, in order. */
  public static ScriptedHttp answering(Outcome... outcomes) {
    ScriptedHttp http = new ScriptedHttp();
    http.script.addAll(List.of(outcomes));
    return http;
  }

  /** Expects no call at all. */
  public static ScriptedHttp silent() {
    return new ScriptedHttp();
  }

  @Override
  public synchronized Outcome call(Call call) {
    calls.add(call);
    Outcome outcome = script.poll();
    if (outcome == null) {
      throw new IllegalStateException("the test has no answer for the call " + call);
    }
    return outcome;
  }

  @Override
  public synchronized Outcome download(Call call, long maxBytes, OutputStream to) {
    Outcome outcome = call(call);
    if (outcome instanceof Outcome.Answered answered && answered.status() / 100 == 2) {
      if (answered.body().length > maxBytes) {
        return new Outcome.TooLarge(maxBytes);
      }
      try {
        to.write(answered.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Outcome.Answered(answered.status(), answered.headers(), new byte[0]);
    }
    return outcome;
  }

  @Override
  public synchronized Outcome upload(Call call, Body body) {
    try (InputStream in = body.open()) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != body.length()) {
        throw new IllegalStateException(
            "the body says " + body.length() + " bytes and has " + bytes.length);
      }
      return call(new Call(call.method(), call.uri(), call.headers(), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls made so far, in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }
}
