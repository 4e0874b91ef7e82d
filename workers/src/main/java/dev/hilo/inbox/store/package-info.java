/** The search store: documents read and changed by id, index templates as versioned migrations. */
@NullMarked
package dev.hilo.inbox.store;

import org.jspecify.annotations.NullMarked;
