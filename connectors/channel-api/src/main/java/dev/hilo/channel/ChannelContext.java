package dev.hilo.channel;

import java.time.Clock;

/**
 * What a channel is given from outside.
 *
 * @param http how it calls its provider
 * @param files where the bytes of outgoing files come from
 * @param credentials where it keeps credentials that change
 */
public record ChannelContext(
    ProviderHttp http, Clock clock, OutgoingFiles files, CredentialStore credentials) {

  /** A channel that sends no files and keeps no credentials. */
  public ChannelContext(ProviderHttp http, Clock clock) {
    this(http, clock, OutgoingFiles.NONE, CredentialStore.NONE);
  }
}
