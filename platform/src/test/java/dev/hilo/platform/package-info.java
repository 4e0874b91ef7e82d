/** Tests of the platform; those named {@code *IT} start the real one. */
@NullMarked
package dev.hilo.platform;

import org.jspecify.annotations.NullMarked;
