/** Scripted customers who bring the demo to life. */
@NullMarked
package dev.hilo.simulators.demo;

import org.jspecify.annotations.NullMarked;
