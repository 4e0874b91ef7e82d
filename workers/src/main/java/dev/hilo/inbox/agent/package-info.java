/** Agents: what they read in their language, and which of them did a task. */
@NullMarked
package dev.hilo.inbox.agent;

import org.jspecify.annotations.NullMarked;
