/**
 * Files of conversations, in and out: fetched, sniffed, scanned and kept behind a blob port, handed
 * out as downloads only. Whoever receives or sends messages may call it; it knows no channel.
 */
@NullMarked
package dev.hilo.inbox.media;

import org.jspecify.annotations.NullMarked;
