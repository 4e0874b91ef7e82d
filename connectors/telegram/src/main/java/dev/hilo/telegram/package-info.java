/**
 * Telegram's Bot API as a channel: updates by webhook in, one call for each message out. Used
 * through {@link dev.hilo.channel.ChannelProvider} only.
 */
@NullMarked
package dev.hilo.telegram;

import org.jspecify.annotations.NullMarked;
