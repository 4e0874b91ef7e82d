/** The server side of channels whose provider is Hilo itself: sessions, streams, one-time codes. */
@NullMarked
package dev.hilo.inbox.visitor;

import org.jspecify.annotations.NullMarked;
