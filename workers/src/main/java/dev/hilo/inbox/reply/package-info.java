/** The path of a message out: outbound record, one attempt, reconciliation, delivery states. */
@NullMarked
package dev.hilo.inbox.reply;

import org.jspecify.annotations.NullMarked;
