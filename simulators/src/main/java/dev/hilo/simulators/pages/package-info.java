/** The static pages: index, shop, customer phone. */
@NullMarked
package dev.hilo.simulators.pages;

import org.jspecify.annotations.NullMarked;
