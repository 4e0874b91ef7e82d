/**
 * What Messenger and Instagram share, because one platform serves both: signed webhooks with
 * conversations in them, the Graph API's errors, and how messages are posted. A library for
 * channels; it is no channel itself, and knows neither Spring nor the engine.
 */
@NullMarked
package dev.hilo.meta;

import org.jspecify.annotations.NullMarked;
