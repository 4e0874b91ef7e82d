/** What was done to customers' data and by whom, kept for ever; any feature may add to it. */
@NullMarked
package dev.hilo.inbox.audit;

import org.jspecify.annotations.NullMarked;
