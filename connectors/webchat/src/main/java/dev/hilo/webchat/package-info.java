/**
 * Webchat: visitors of a web page who write through Hilo's own widget.
 *
 * <p>Found through {@link dev.hilo.webchat.WebchatProvider}; nothing else here is for others.
 */
@NullMarked
package dev.hilo.webchat;

import org.jspecify.annotations.NullMarked;
