/** The HTTP interface with which tests steer the simulators and read what happened. */
@NullMarked
package dev.hilo.simulators.control;

import org.jspecify.annotations.NullMarked;
