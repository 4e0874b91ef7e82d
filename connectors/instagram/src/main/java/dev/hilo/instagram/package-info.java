/**
 * Instagram messaging as a channel: webhooks of professional accounts in, Graph API calls out. Used
 * through {@link dev.hilo.channel.ChannelProvider} only; nothing outside knows a type of this
 * package.
 */
@NullMarked
package dev.hilo.instagram;

import org.jspecify.annotations.NullMarked;
