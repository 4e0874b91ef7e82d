/** A thin layer over the JDK's HTTP server: routes, JSON, event streams, broken connections. */
@NullMarked
package dev.hilo.simulators.http;

import org.jspecify.annotations.NullMarked;
