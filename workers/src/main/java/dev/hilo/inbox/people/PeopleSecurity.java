package dev.hilo.inbox.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Guards the pages under {@code /inbox}; everything else (webhooks, visitors, signed links) has its
 * own proof of who calls and is not touched.
 */
@Configuration
class PeopleSecurity {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self';"
          + " base-uri 'none';"
          + " frame-ancestors 'none'";

  @Bean
  SecurityFilterChain pages(
      HttpSecurity http, ObjectProvider<ClientRegistrationRepository> identityProviders)
      throws Exception {
    http.securityMatcher("/inbox/**", "/oauth2/**", "/login/oauth2/**")
        .authorizeHttpRequests(
            paths ->
                paths
                    .requestMatchers("/inbox/login", "/inbox/style.css")
                    .permitAll()
                    .requestMatchers("/inbox/channels/**")
                    .hasRole("SUPERVISOR")
                    .anyRequest()
                    .hasRole("AGENT"))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .frameOptions(frame -> frame.sameOrigin()))
        .logout(logout -> logout.logoutUrl("/inbox/logout").logoutSuccessUrl("/inbox/login"));
    if (identityProviders.getIfAvailable() != null) {
      http.oauth2Login(Customizer.withDefaults());
    } else {
      http.formLogin(
          login ->
              login
                  .loginPage("/inbox/login")
                  .loginProcessingUrl("/inbox/login")
                  .defaultSuccessUrl("/inbox/channels")
                  .permitAll());
    }
    return http.build();
  }

  /** The people in the settings; nobody if there are none. */
  @Bean
  UserDetailsService people(PeopleSettings settings) {
    List<UserDetails> users = new ArrayList<>();
    settings
        .users()
        .forEach(
            (login, user) ->
                users.add(
                    User.withUsername(login)
                        .password(user.password().reveal())
                        .authorities(Authorities.of(user.roles(), user.queues()))
                        .build()));
    return new InMemoryUserDetailsManager(users);
  }

  /** The groups of people who come from an identity provider. */
  @Bean
  GrantedAuthoritiesMapper groups(PeopleSettings settings) {
    return authorities -> {
      List<GrantedAuthority> all = new ArrayList<>();
      for (GrantedAuthority authority : authorities) {
        if (authority instanceof OidcUserAuthority oidc
            && oidc.getIdToken().getClaim(settings.groupsClaim()) instanceof Collection<?> groups) {
          all.addAll(
              Authorities.ofGroups(
                  groups.stream().map(String::valueOf).toList(), settings.groupPrefix()));
        } else if (!(authority instanceof OidcUserAuthority)) {
          all.add(authority);
        }
      }
      return all;
    };
  }
}
