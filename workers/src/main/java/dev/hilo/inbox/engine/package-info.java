/** What everybody needs of the engine: deployment of the models, job outcomes, publishing. */
@NullMarked
package dev.hilo.inbox.engine;

import org.jspecify.annotations.NullMarked;
