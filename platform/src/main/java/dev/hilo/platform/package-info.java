/**
 * Starts the real Camunda and its search store on this machine without Docker, for {@code ./run},
 * for tests and for an analyst with Camunda Modeler; plain Java, no library.
 */
@NullMarked
package dev.hilo.platform;

import org.jspecify.annotations.NullMarked;
