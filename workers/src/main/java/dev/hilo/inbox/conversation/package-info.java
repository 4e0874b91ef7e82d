/** The workers of conversation.bpmn: open, wake, close. */
@NullMarked
package dev.hilo.inbox.conversation;

import org.jspecify.annotations.NullMarked;
