package dev.hilo.inbox.people;

import dev.hilo.inbox.people.PeopleSettings.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Turns roles, queues and an identity provider's groups into what the server checks. */
final class Authorities {

  static final String QUEUE = "QUEUE_";
  static final String ALL_QUEUES = "*";
  private static final String GROUP_OF_QUEUE = "queue-";

  private Authorities() {}

  static List<GrantedAuthority> of(Collection<Role> roles, Collection<String> queues) {
    Set<GrantedAuthority> all = new LinkedHashSet<>();
    for (Role role : roles) {
      // Whoever may do more may do less.
      Arrays.stream(Role.values())
          .filter(lesser -> lesser.compareTo(role) <= 0)
          .forEach(lesser -> all.add(new SimpleGrantedAuthority("ROLE_" + lesser)));
    }
    queues.forEach(queue -> all.add(new SimpleGrantedAuthority(QUEUE + queue)));
    if (roles.stream().anyMatch(role -> role != Role.AGENT)) {
      all.add(new SimpleGrantedAuthority(QUEUE + ALL_QUEUES));
    }
    return List.copyOf(all);
  }

  /** What groups mean here; those of other applications mean nothing. */
  static List<GrantedAuthority> ofGroups(Collection<String> groups, String prefix) {
    List<String> ours =
        groups.stream()
            // Some providers write groups as paths.
            .map(group -> group.substring(group.lastIndexOf('/') + 1))
            .filter(group -> group.startsWith(prefix))
            .map(group -> group.substring(prefix.length()))
            .toList();
    List<Role> roles =
        Arrays.stream(Role.values())
            .filter(role -> ours.contains(role.name().toLowerCase(Locale.ROOT)))
            .toList();
    List<String> queues =
        ours.stream()
            .filter(group -> group.startsWith(GROUP_OF_QUEUE))
            .map(group -> group.substring(GROUP_OF_QUEUE.length()))
            .toList();
    return of(roles, roles.isEmpty() ? List.of() : queues);
  }
}
