package dev.hilo.inbox.contact;

/**
 * Who did something: a person by login, or a machine by what it acted on.
 *
 * @param name a person's login; for a machine what moved it, such as {@code one-time code}
 */
public record Actor(Kind kind, String name) {

  /** Whether a person decided. */
  public enum Kind {
    PERSON,
    MACHINE
  }

  public static Actor person(String login) {
    return new Actor(Kind.PERSON, login);
  }

  public static Actor machine(String reason) {
    return new Actor(Kind.MACHINE, reason);
  }

  public boolean isMachine() {
    return kind == Kind.MACHINE;
  }
}
