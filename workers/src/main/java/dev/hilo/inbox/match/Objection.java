package dev.hilo.inbox.match;

import java.util.Locale;

/** Why a machine may not merge a pair, however probable it is. */
public enum Objection {
  /** Both have a valid document of one country and kind, and not the same. */
  CONFLICTING_DOCUMENT,
  /** Both have an id of one system, and not the same. */
  CONFLICTING_EXTERNAL_ID,
  /** Without what was only claimed, not enough speaks for it. */
  ONLY_CLAIMED,
  /** Just one kind of evidence agrees: a name, or a number, and nothing beside it. */
  ONE_KIND_OF_EVIDENCE,
  /** Another given name: people of one household have everything else in common. */
  OTHER_GIVEN_NAME,
  /** No given name to compare, nor a document or birth date that agrees in its place. */
  UNKNOWN_GIVEN_NAME,
  /** Another birth date: parent and child may have name and address in common. */
  OTHER_BIRTH_DATE;

  /** As written in keys of properties files. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
