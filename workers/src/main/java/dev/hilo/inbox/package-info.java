/** Hilo's application: packages by feature; {@code engine} alone knows Camunda's job errors. */
@NullMarked
package dev.hilo.inbox;

import org.jspecify.annotations.NullMarked;
