/** Two contacts become one, and can become two again: merge, split, and the log of both. */
@NullMarked
package dev.hilo.inbox.merge;

import org.jspecify.annotations.NullMarked;
