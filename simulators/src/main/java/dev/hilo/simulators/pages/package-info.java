/** The static pages: index, shop, customer phone, customer mail. */
@NullMarked
package dev.hilo.simulators.pages;

import org.jspecify.annotations.NullMarked;
