package dev.hilo.inbox.people;

import java.security.Principal;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** What a person may see; asked again on every act, whatever a page or form allowed before. */
@Component
public class Rights {

  /** Whether a person may see the conversations of a queue. */
  public boolean maySee(Principal person, String queue) {
    return person instanceof Authentication known
        && known.isAuthenticated()
        && known.getAuthorities().stream()
            .map(authority -> String.valueOf(authority.getAuthority()))
            .anyMatch(
                authority ->
                    authority.equals(Authorities.QUEUE + queue)
                        || authority.equals(Authorities.QUEUE + Authorities.ALL_QUEUES));
  }

  /** Whether a person has a role, or a greater one. */
  public boolean has(Principal person, PeopleSettings.Role role) {
    return person instanceof Authentication known
        && known.isAuthenticated()
        && known.getAuthorities().stream()
            .anyMatch(authority -> ("ROLE_" + role).equals(authority.getAuthority()));
  }
}
