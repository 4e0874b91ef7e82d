/** The channels found on the class path, their settings and their one way to call a provider. */
@NullMarked
package dev.hilo.inbox.channels;

import org.jspecify.annotations.NullMarked;
