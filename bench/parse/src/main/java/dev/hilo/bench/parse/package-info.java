/** How fast channels read payloads. Run by {@code bench/parse/run}; used by nothing. */
@NullMarked
package dev.hilo.bench.parse;

import org.jspecify.annotations.NullMarked;
