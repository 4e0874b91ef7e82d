package dev.hilo.channel;

import java.util.Optional;

/** Keeps the credentials that a provider changes by itself, encrypted, over restarts. */
public interface CredentialStore {

  /** Keeps nothing. */
  CredentialStore NONE =
      new CredentialStore() {
        @Override
        public Optional<Secret> read(String key) {
          return Optional.empty();
        }

        @Override
        public boolean write(String key, Optional<Secret> expected, Secret next) {
          return false;
        }
      };

  /**
   * The credential as last written.
   *
   * @param key the channel's name of it, unique within the channel
   */
  Optional<Secret> read(String key);

  /**
   * Replaces a credential in one step, unless somebody else did so meanwhile.
   *
   * @param expected what {@link #read} gave
   * @return whether it was replaced; if not, {@link #read} gives the other's
   */
  boolean write(String key, Optional<Secret> expected, Secret next);
}
