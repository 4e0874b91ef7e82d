/** What the customer phone page talks to. */
@NullMarked
package dev.hilo.simulators.phone;

import org.jspecify.annotations.NullMarked;
