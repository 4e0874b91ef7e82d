/** Letters of the visitor server, sent through a channel that has subjects. */
@NullMarked
package dev.hilo.inbox.letter;

import org.jspecify.annotations.NullMarked;
