package dev.hilo.inbox.match;

/**
 * What one field says of a pair.
 *
 * @param weight log2 of how much likelier this agreement is for one person than for two; above zero
 *     speaks for one person
 * @param similarity 0 to 1, of the values compared
 * @param proven whether the values compared are proven on both sides
 */
public record Evidence(
    Field field, Agreement agreement, double weight, double similarity, boolean proven) {}
