/** @class@ as a channel. Used through {@link dev.hilo.channel.ChannelProvider} only. */
@NullMarked
package dev.hilo.@name@;

import org.jspecify.annotations.NullMarked;
