/** Measures Hilo beside the bare engine, through the interfaces that everybody sees of both. */
@NullMarked
package dev.hilo.bench;

import org.jspecify.annotations.NullMarked;
