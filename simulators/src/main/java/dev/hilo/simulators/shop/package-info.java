/** The shop's own server: who is signed in, and how it vouches for them to the chat. */
@NullMarked
package dev.hilo.simulators.shop;

import org.jspecify.annotations.NullMarked;
