/** Who works with Hilo's own pages, and what they may do there. Anybody may ask. */
@NullMarked
package dev.hilo.inbox.people;

import org.jspecify.annotations.NullMarked;
