/** The stand-in for the WhatsApp Cloud API: sends, limits, statuses, signed webhooks, phones. */
@NullMarked
package dev.hilo.simulators.whatsapp;

import org.jspecify.annotations.NullMarked;
