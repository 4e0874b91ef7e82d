package dev.hilo.inbox.people;

import dev.hilo.channel.Secret;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in to Hilo's own pages.
 *
 * @param users by login; for installations without an identity provider
 * @param groupsClaim the claim of an identity provider's token that lists a person's groups
 * @param groupPrefix what the groups begin with that mean something here: with {@code hilo-}, the
 *     group {@code hilo-admin} gives the role, {@code hilo-queue-billing} the queue
 * @param url where agents reach these pages, without a slash at the end; empty: forms have no links
 *     to them
 */
@ConfigurationProperties("hilo.people")
public record PeopleSettings(
    @DefaultValue Map<String, User> users,
    @DefaultValue("groups") String groupsClaim,
    @DefaultValue("hilo-") String groupPrefix,
    @DefaultValue("") String url) {

  /** What a person may do; supervisors may do what agents may, admins what both may. */
  public enum Role {
    AGENT,
    SUPERVISOR,
    ADMIN
  }

  /**
   * One person.
   *
   * @param password with its encoding in front: <code>{bcrypt}$2a$...</code>, or <code>{noop}demo
   *     </code> for a demo
   * @param queues whose conversations they may see; {@code *} for all
   */
  public record User(
      Secret password, @DefaultValue("agent") List<Role> roles, @DefaultValue List<String> queues) {
    public User {
      roles = List.copyOf(roles);
      queues = List.copyOf(queues);
    }
  }
}
