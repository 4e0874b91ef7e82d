/**
 * The mail of the demo: GreenMail's SMTP and IMAP with token logins, faults on demand and customers
 * who read and write. Only {@link dev.hilo.simulators.mail.MailWorld} is for others.
 */
@NullMarked
package dev.hilo.simulators.mail;

import org.jspecify.annotations.NullMarked;
