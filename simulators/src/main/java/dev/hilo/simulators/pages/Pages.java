package dev.hilo.simulators.pages;

import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The pages, which are files with a few places to fill in. */
public final class Pages {

  private final Map<String, String> addresses;

  /**
   * Pages with these addresses.
   *
   * @param addresses what stands for {@code ${hilo}}, {@code ${tasklist}}, {@code ${operate}}
   */
  public Pages(Map<String, String> addresses) {
    this.addresses = Map.copyOf(addresses);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.on("GET", "/", call -> html("index.html"));
    routes.on("GET", "/shop", call -> html("shop.html"));
    routes.on("GET", "/phone", call -> html("phone.html"));
    routes.on("GET", "/mail", call -> html("mail.html"));
    // The chooser: the page itself finds out who writes to whom, from the address.
    routes.on("GET", "/wa/{digits}", call -> html("phone.html"));
    for (String provider : List.of("messenger", "instagram")) {
      routes.on("GET", "/" + provider, call -> chat(provider));
    }
    // Where links to a chat lead: the page sends what the link refers to.
    routes.on("GET", "/m.me/{page}", call -> chat("messenger"));
    routes.on("GET", "/ig.me/m/{username}", call -> chat("instagram"));
    routes.on("GET", "/assets/{file}", Pages::asset);
    routes.on("GET", "/favicon.ico", call -> asset("icon.svg"));
  }

  private Reply html(String file) {
    String page = new String(read(file), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      page = page.replace("${" + address.getKey() + "}", escaped(address.getValue()));
    }
    return Reply.html(page);
  }

  private static Reply chat(String provider) {
    String page = new String(read("direct.html"), StandardCharsets.UTF_8);
    return Reply.html(page.replace("${provider}", provider));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }

  private static Reply asset(Call call) {
    return asset(call.path("file"));
  }

  private static Reply asset(String file) {
    String type =
        switch (file) {
          case "chat.js", "direct.js", "phone.js", "shop.js", "mail.js" ->
              "text/javascript; charset=utf-8";
          case "bubbles.css", "direct.css", "phone.css", "shop.css", "mail.css" ->
              "text/css; charset=utf-8";
          case "icon.svg" -> "image/svg+xml";
          default -> "";
        };
    if (type.isEmpty()) {
      return Reply.error(404, "there is no asset '" + file + "'");
    }
    return new Reply.Content(
        200, Map.of("Content-Type", type, "Cache-Control", "no-cache"), read(file));
  }

  private static byte[] read(String file) {
    try (InputStream in = Pages.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + file + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
