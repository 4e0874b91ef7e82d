/**
 * The Messenger Platform as a channel: webhooks of Pages in, Send API calls out. Used through
 * {@link dev.hilo.channel.ChannelProvider} only; nothing outside knows a type of this package.
 */
@NullMarked
package dev.hilo.messenger;

import org.jspecify.annotations.NullMarked;
