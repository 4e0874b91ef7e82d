package dev.hilo.simulators.whatsapp;

import java.util.Optional;

/**
 * A file as a send names it: by the id of an upload, or by its address.
 *
 * @param type image, video, audio, document or sticker
 */
record FileToSend(
    String type, Optional<String> id, Optional<String> link, Optional<String> fileName) {}
