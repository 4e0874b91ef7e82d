/**
 * What Meta's channels have in common (signed webhooks, faults), and the stand-in that Messenger
 * and Instagram share; what differs between those two is their {@code Provider}.
 */
@NullMarked
package dev.hilo.simulators.meta;

import org.jspecify.annotations.NullMarked;
