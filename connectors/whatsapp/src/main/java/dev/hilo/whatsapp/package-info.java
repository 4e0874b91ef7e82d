/**
 * The WhatsApp Cloud API as a channel: webhooks in, Graph API calls out. Used through {@link
 * dev.hilo.channel.ChannelProvider} only; nothing outside knows a type of this package.
 */
@NullMarked
package dev.hilo.whatsapp;

import org.jspecify.annotations.NullMarked;
