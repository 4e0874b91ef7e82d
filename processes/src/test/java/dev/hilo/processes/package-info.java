/** Plays the drawn processes on an engine in memory, with the tests as workers and agents. */
@NullMarked
package dev.hilo.processes;

import org.jspecify.annotations.NullMarked;
