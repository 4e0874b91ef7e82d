package dev.hilo.inbox.channels;

import dev.hilo.channel.InvalidSettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says a wrong setting at start in one sentence instead of a stack trace. */
final class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidSettingsException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Correct the setting (docs/operations.md lists them all) and start Hilo again.",
        cause);
  }
}
