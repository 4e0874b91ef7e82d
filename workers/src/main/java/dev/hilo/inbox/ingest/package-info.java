/** The path of a message in: receive, parse, resolve, store, publish, acknowledge. */
@NullMarked
package dev.hilo.inbox.ingest;

import org.jspecify.annotations.NullMarked;
