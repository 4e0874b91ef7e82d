/**
 * Email as a channel: shared mailboxes in, SMTP out. Used through {@link
 * dev.hilo.channel.ChannelProvider} only; nothing outside knows a type of this package. What reads,
 * judges and writes a mail is pure: no network, no file, no clock.
 */
@NullMarked
package dev.hilo.email;

import org.jspecify.annotations.NullMarked;
