/** Who the customer is: aliases, contacts, claims and one-time codes. */
@NullMarked
package dev.hilo.inbox.contact;

import org.jspecify.annotations.NullMarked;
