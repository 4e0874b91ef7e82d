package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.inbox.channels.Channels;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets browsers call from the pages that an account allows. The account says which, so that the
 * list is not one for all; each call is checked again by its channel.
 */
@Component
class VisitorCors extends OncePerRequestFilter {

  private static final String VISITORS = "/visitors/";
  private static final String MEDIA = "/media/";

  private final Channels channels;

  VisitorCors(Channels channels) {
    this.channels = channels;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith(VISITORS) && !isSignedLink(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isSignedLink(request)) {
      // Whoever has the link may read it, and no cookie counts there.
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      chain.doFilter(request, response);
      return;
    }
    response.addHeader("Vary", "Origin");
    boolean allowed = allowed(request);
    if (allowed) {
      response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
    }
    boolean preflight =
        request.getMethod().equals("OPTIONS")
            && request.getHeader("Access-Control-Request-Method") != null;
    if (!preflight) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(allowed ? 204 : 403);
    if (allowed) {
      response.setHeader("Access-Control-Allow-Methods", "GET, POST");
      response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
      response.setHeader("Access-Control-Max-Age", "600");
    }
  }

  private static boolean isSignedLink(HttpServletRequest request) {
    return request.getRequestURI().startsWith(MEDIA) && request.getParameter("signature") != null;
  }

  private boolean allowed(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    String[] parts = request.getRequestURI().substring(VISITORS.length()).split("/", 3);
    if (origin == null || parts.length < 3 || parts[1].isBlank()) {
      return false;
    }
    Optional<VisitorChannel> channel = channels.channel(parts[0], VisitorChannel.class);
    return channel.isPresent() && channel.get().allowsOrigin(new AccountId(parts[1]), origin);
  }
}
