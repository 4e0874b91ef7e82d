/** The simulators' own time: a clock that tests move, things to do later, waiting for changes. */
@NullMarked
package dev.hilo.simulators.time;

import org.jspecify.annotations.NullMarked;
