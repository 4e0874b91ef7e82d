package dev.hilo.simulators.shop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signing in to the shop, which asks for no password: everybody may be any of its customers. The
 * rest is as it should be: a session in a cookie that no script reads, and a fresh signed identity
 * for the chat at every look.
 */
public final class ShopApi {

  private static final String COOKIE = "aurora-session";

  private final Map<String, ShopCustomer> sessions = new ConcurrentHashMap<>();
  private final IdentityTokens tokens;

  /**
   * The shop whose page carries the widget "shop".
   *
   * @param identitySecret the widget's; it signs, and is never sent anywhere
   * @param clock real time
   */
  public ShopApi(String identitySecret, InstantSource clock) {
    this.tokens = new IdentityTokens("shop", identitySecret, clock);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.on("GET", "/shop/session", this::look);
    routes.on("POST", "/shop/session", this::signIn);
    routes.on("DELETE", "/shop/session", this::signOut);
  }

  /** Who wants to sign in as whom. */
  private record SignIn(Optional<String> customer) {}

  private Reply look(Call call) {
    return reply(
        session(call).flatMap(session -> Optional.ofNullable(sessions.get(session))),
        Optional.empty());
  }

  private Reply signIn(Call call) {
    ShopCustomer customer =
        call.json(SignIn.class)
            .customer()
            .flatMap(ShopCustomer::find)
            .orElseThrow(() -> new BadRequest("customer: expected the id of one of the shop's"));
    session(call).ifPresent(sessions::remove);
    String session = UUID.randomUUID().toString();
    sessions.put(session, customer);
    return reply(Optional.of(customer), Optional.of(cookie(session)));
  }

  private Reply signOut(Call call) {
    session(call).ifPresent(sessions::remove);
    return reply(Optional.empty(), Optional.of(cookie("") + "; Max-Age=0"));
  }

  private Reply reply(Optional<ShopCustomer> signedIn, Optional<String> cookie) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode customers = body.putArray("customers");
    ShopCustomer.ALL.forEach(customer -> write(customer, customers.addObject()));
    signedIn.ifPresent(
        customer -> {
          write(customer, body.putObject("customer"));
          body.putObject("identity").put("token", tokens.of(customer));
        });
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("Cache-Control", "no-store");
    cookie.ifPresent(value -> headers.put("Set-Cookie", value));
    return new Reply.Content(200, headers, Json.bytes(body));
  }

  private static void write(ShopCustomer customer, ObjectNode node) {
    node.put("id", customer.id()).put("name", customer.name());
  }

  private static String cookie(String value) {
    return COOKIE + "=" + value + "; Path=/shop; HttpOnly; SameSite=Strict";
  }

  private static Optional<String> session(Call call) {
    return call.header("Cookie").stream()
        .flatMap(cookies -> Arrays.stream(cookies.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(COOKIE + "="))
        .map(cookie -> cookie.substring(COOKIE.length() + 1))
        .findFirst();
  }
}
