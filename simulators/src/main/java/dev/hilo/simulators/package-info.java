/**
 * Stand-ins for the outside world, for the demo, for tests and for load: the WhatsApp Cloud API,
 * customers' phones and a shop page. Started by {@link dev.hilo.simulators.Simulators}.
 */
@NullMarked
package dev.hilo.simulators;

import org.jspecify.annotations.NullMarked;
