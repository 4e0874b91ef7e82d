/**
 * Whether two records are of one person: compared field by field, weighed by a model of Fellegi and
 * Sunter's, explained in words. Merges nothing itself; features that merge or ask for a review call
 * it.
 */
@NullMarked
package dev.hilo.inbox.match;

import org.jspecify.annotations.NullMarked;
