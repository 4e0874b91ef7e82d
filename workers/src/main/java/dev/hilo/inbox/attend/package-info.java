/** The workers of attend.bpmn around the agent's task, and what the agent sees. */
@NullMarked
package dev.hilo.inbox.attend;

import org.jspecify.annotations.NullMarked;
