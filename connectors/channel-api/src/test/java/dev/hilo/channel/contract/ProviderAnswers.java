package dev.hilo.channel.contract;

import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.util.Map;
import java.util.function.Function;

/**
 * A provider's answers to a send, by the name of the case.
 *
 * @param accepted it took the message
 * @param throttled too fast, in every form it says so; at least one
 * @param recipientBlocked the recipient cannot or will not get it, in every form; at least one
 * @param refusingWithText a refusal with the given text in its human-readable part: providers put
 *     parts of the request there
 */
public record ProviderAnswers(
    Answered accepted,
    Map<String, Answered> throttled,
    Map<String, Answered> recipientBlocked,
    Function<String, Answered> refusingWithText) {

  public ProviderAnswers {
    throttled = Map.copyOf(throttled);
    recipientBlocked = Map.copyOf(recipientBlocked);
  }
}
