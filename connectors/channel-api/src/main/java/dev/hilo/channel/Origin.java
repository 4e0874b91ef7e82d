package dev.hilo.channel;

import java.util.Optional;

/**
 * Where a customer came from.
 *
 * @param url the page or advertisement
 * @param title its headline
 * @param campaign campaign or click id as the provider or the address gives it
 */
public record Origin(Optional<String> url, Optional<String> title, Optional<String> campaign) {}
