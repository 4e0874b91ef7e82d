/** How every account is: connected, allowed to send, heard from. Anybody may report and ask. */
@NullMarked
package dev.hilo.inbox.health;

import org.jspecify.annotations.NullMarked;
