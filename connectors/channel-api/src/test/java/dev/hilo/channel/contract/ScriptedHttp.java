package dev.hilo.channel.contract;

import dev.hilo.channel.ProviderHttp;
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

  /** The calls made so far, in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }
}
