/** A stand-in for the identity services that give mail programs their tokens. */
@NullMarked
package dev.hilo.simulators.oauth;

import org.jspecify.annotations.NullMarked;
