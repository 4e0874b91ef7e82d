/** Hilo's own pages for supervisors, administrators and agents; nobody may depend on them. */
@NullMarked
package dev.hilo.inbox.pages;

import org.jspecify.annotations.NullMarked;
