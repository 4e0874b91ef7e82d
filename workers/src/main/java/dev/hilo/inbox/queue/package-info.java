/** The catalogue of queues. */
@NullMarked
package dev.hilo.inbox.queue;

import org.jspecify.annotations.NullMarked;
