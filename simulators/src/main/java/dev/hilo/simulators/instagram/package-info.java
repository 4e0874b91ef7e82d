/** What Instagram has of its own on the stand-in for Meta's messaging. */
@NullMarked
package dev.hilo.simulators.instagram;

import org.jspecify.annotations.NullMarked;
