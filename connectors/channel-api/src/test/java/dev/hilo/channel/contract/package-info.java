/**
 * What every channel must keep to, as tests: a channel's test class implements {@link
 * dev.hilo.channel.contract.ChannelContract} and supplies its fixtures. For tests only.
 */
@NullMarked
package dev.hilo.channel.contract;

import org.jspecify.annotations.NullMarked;
