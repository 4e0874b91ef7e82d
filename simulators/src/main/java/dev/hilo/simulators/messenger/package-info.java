/** What Messenger has of its own on the stand-in for Meta's messaging. */
@NullMarked
package dev.hilo.simulators.messenger;

import org.jspecify.annotations.NullMarked;
