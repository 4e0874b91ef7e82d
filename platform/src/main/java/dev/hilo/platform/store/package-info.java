/**
 * The store's own process: one OpenSearch node. Runs on a class path of its own, never in the
 * supervisor or a test.
 */
@NullMarked
package dev.hilo.platform.store;

import org.jspecify.annotations.NullMarked;
