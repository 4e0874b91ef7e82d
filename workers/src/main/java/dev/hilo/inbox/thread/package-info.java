/** The customer's thread: messages, and the mailbox with its cursor. */
@NullMarked
package dev.hilo.inbox.thread;

import org.jspecify.annotations.NullMarked;
