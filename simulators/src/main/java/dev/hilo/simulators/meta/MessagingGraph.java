package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of the Graph API that a Messenger or Instagram integration calls, under {@code
 * /graph/v25.0}. Only calls that concern this provider are answered: by the id in the address or by
 * the token.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference and
 * .../instagram-platform/reference, read 2026-11-20; where an answer is not documented the shape
 * was taken from published tests of integrations.
 */
public final class MessagingGraph {

  private final Messaging messaging;
  private final GraphCalls calls;
  private final boolean last;

  /**
   * Answers calls.
   *
   * @param last whether calls of {@code me} and tokens that nobody knows are answered here
   */
  public MessagingGraph(Messaging messaging, boolean last) {
    this.messaging = messaging;
    this.calls = new GraphCalls(messaging);
    this.last = last;
  }

  /** What a call of an account answers. */
  @FunctionalInterface
  private interface Work {
    ObjectNode answer(Account account);
  }

  /** Adds the API's routes; they come before those of whoever answers the rest. */
  public void addTo(Routes routes) {
    routes.on("GET", "/graph/{version}/debug_token", this::isMyToken, this::debugToken);
    for (String path : List.of("/graph/refresh_access_token", "/graph/{v}/refresh_access_token")) {
      routes.on("GET", path, call -> concerns(call, "me"), this::refreshToken);
    }
    on(routes, "POST", "messages", this::messages);
    on(routes, "POST", "message_attachments", this::upload);
    on(routes, "GET", "subscribed_apps", call -> asked(call, "get", this::subscribedApps));
    on(routes, "POST", "subscribed_apps", call -> asked(call, "post", one -> subscribe(call, one)));
    on(routes, "DELETE", "subscribed_apps", call -> asked(call, "delete", this::unsubscribe));
    on(routes, "GET", "thread_owner", call -> asked(call, "get", one -> threadOwner(call, one)));
    for (String change : List.of("pass", "take", "request", "release", "extend")) {
      on(routes, "POST", change + "_thread_control", call -> threadControl(call, change));
    }
    routes.on("GET", "/graph/{version}/{id}", call -> concerns(call, call.path("id")), this::node);
  }

  private void on(Routes routes, String method, String edge, Routes.Handler handler) {
    routes.on(
        method, "/graph/{version}/{id}/" + edge, call -> concerns(call, call.path("id")), handler);
  }

  private boolean concerns(Call call, String id) {
    return calls.concerns(call, id) || (last && id.equals("me"));
  }

  private boolean isMyToken(Call call) {
    return last || call.query("input_token").flatMap(calls::grant).isPresent();
  }

  private Reply asked(Call call, String method, Work work) {
    try {
      Account account = calls.authorisedAs(call, method);
      return calls.answered(200, work.answer(account), Optional.of(account));
    } catch (GraphRefusal refusal) {
      return calls.refused(refusal.error(), call.path("id"));
    }
  }

  private Reply messages(Call call) throws InterruptedException {
    boolean action = GraphCalls.content(call).body().has("sender_action");
    return calls.run(call, action ? "action" : "send", this::answer);
  }

  private ObjectNode answer(Account account, GraphCalls.Content content)
      throws InterruptedException {
    MessageRequest request =
        MessageRequest.read(content.body(), content.file(), messaging.provider());
    ObjectNode answer = Json.MAPPER.createObjectNode().put("recipient_id", request.recipient());
    switch (request) {
      case MessageRequest.Action act -> messaging.outbound().act(account, act);
      case MessageRequest.Message message ->
          answer.put("message_id", messaging.outbound().accept(account, message));
    }
    return answer;
  }

  private Reply upload(Call call) throws InterruptedException {
    return calls.run(
        call,
        "upload",
        (account, content) -> {
          if (!messaging.provider().takesUploads()) {
            throw new GraphRefusal(GraphError.unknownObject("post", account.id()));
          }
          MessageRequest.Upload file =
              MessageRequest.readUpload(content.body(), content.file(), messaging.provider());
          return Json.MAPPER
              .createObjectNode()
              .put("attachment_id", messaging.attachments().upload(account, file));
        });
  }

  private ObjectNode subscribedApps(Account account) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode data = answer.putArray("data");
    Account current = messaging.accounts().find(account.id()).orElse(account);
    if (!current.subscribedFields().isEmpty()) {
      ObjectNode app = data.addObject();
      app.put("link", "https://hilo.example/").put("name", "Hilo").put("id", current.appId());
      current.subscribedFields().forEach(app.putArray("subscribed_fields")::add);
    }
    return answer;
  }

  private ObjectNode subscribe(Call call, Account account) {
    GraphCalls.Content content = GraphCalls.content(call);
    List<String> fields =
        GraphCalls.names(GraphCalls.parameter(call, content, "subscribed_fields"));
    List<String> known = messaging.provider().fields();
    if (fields.isEmpty()) {
      throw new GraphRefusal(GraphError.parameter("The parameter subscribed_fields is required."));
    }
    for (String field : fields) {
      if (!known.contains(field)) {
        throw new GraphRefusal(
            GraphError.parameter("Param subscribed_fields must be one of " + known));
      }
    }
    messaging.accounts().put(account.subscribedTo(fields));
    return success();
  }

  private ObjectNode unsubscribe(Account account) {
    messaging.accounts().put(account.subscribedTo(List.of()));
    return success();
  }

  private static ObjectNode success() {
    return Json.MAPPER.createObjectNode().put("success", true);
  }

  private ObjectNode threadOwner(Call call, Account account) {
    String person = call.query("recipient").orElse("");
    Chat chat =
        messaging
            .chats()
            .find(person)
            .orElseThrow(() -> new GraphRefusal(messaging.provider().noSuchPerson()));
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer
        .putArray("data")
        .addObject()
        .putObject("thread_owner")
        .put("app_id", chat.otherOwner().orElse(account.appId()));
    return answer;
  }

  private Reply threadControl(Call call, String change) {
    return asked(
        call,
        "post",
        account -> {
          JsonNode body = GraphCalls.content(call).body();
          String person = body.at("/recipient/id").asText();
          Chat chat =
              messaging
                  .chats()
                  .find(person)
                  .orElseThrow(() -> new GraphRefusal(messaging.provider().noSuchPerson()));
          boolean ours = chat.otherOwner().isEmpty();
          switch (change) {
            case "pass" -> {
              String target = body.path("target_app_id").asText();
              if (!target.matches("\\d+")) {
                throw new GraphRefusal(
                    GraphError.parameter("The parameter target_app_id is required."));
              }
              if (!ours) {
                throw new GraphRefusal(GraphError.of(10, 2018300));
              }
              messaging.outbound().giveThread(chat, account, target, Optional.empty());
            }
            case "take" ->
                messaging.outbound().giveThread(chat, account, account.appId(), Optional.empty());
            default -> {
              // Asking for a thread, or for more time with it, is somebody else's to answer; who
              // releases it as the default app gets it back.
            }
          }
          return success();
        });
  }

  /** A person's profile, or the account itself. */
  private Reply node(Call call) throws InterruptedException {
    String id = call.path("id");
    Optional<Fault> fault = messaging.faults().take("profile");
    try {
      Account account = calls.authorised(call);
      if (fault.isPresent() && fault.get().fault() == Fault.Kind.ERROR) {
        throw new GraphRefusal(GraphError.of(fault.get()));
      }
      Thread.sleep(fault.map(Fault::delay).orElse(Duration.ZERO));
      if (id.equals("me") || id.equals(account.id())) {
        ObjectNode answer =
            Json.MAPPER
                .createObjectNode()
                .put("id", account.id())
                .put("user_id", account.id())
                .put("name", account.name())
                .put("username", account.username());
        return calls.answered(200, answer, Optional.of(account));
      }
      Chat chat =
          messaging
              .chats()
              .find(id)
              .filter(one -> one.person().account().equals(account.id()))
              .orElseThrow(() -> new GraphRefusal(GraphError.unknownObject("get", id)));
      return calls.answered(200, profile(call, chat.person()), Optional.of(account));
    } catch (GraphRefusal refusal) {
      return calls.refused(refusal.error(), id);
    }
  }

  private ObjectNode profile(Call call, Person person) {
    if (!person.consent()) {
      throw new GraphRefusal(GraphError.of(230));
    }
    List<String> fields = new ArrayList<>(GraphCalls.names(call.query("fields")));
    if (fields.isEmpty()) {
      fields.addAll(messaging.provider().usualProfile());
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    for (String field : fields) {
      Object value =
          messaging
              .provider()
              .profile(person, field, picture(field))
              .orElseThrow(
                  () ->
                      new GraphRefusal(
                          GraphError.parameter(
                              "Tried accessing nonexisting field (" + field + ")")));
      answer.set(field, Json.MAPPER.valueToTree(value));
    }
    return answer.put("id", person.id());
  }

  private String picture(String field) {
    return field.equals("profile_pic")
        ? messaging.attachments().link(messaging.media().sample("face.png", Optional.empty()))
        : "";
  }

  /** Source: developers.facebook.com/docs/graph-api/reference/debug_token, read 2026-11-20. */
  private Reply debugToken(Call call) {
    if (GraphCalls.token(call).isEmpty()) {
      return calls.refused(GraphError.missingToken(), "");
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ObjectNode data = answer.putObject("data");
    Optional<Tokens.Grant> grant = call.query("input_token").flatMap(calls::grant);
    if (grant.isEmpty()) {
      data.putObject("error").put("code", 190).put("message", "Invalid OAuth access token.");
      data.put("is_valid", false);
      data.putArray("scopes");
      return calls.answered(200, answer, Optional.empty());
    }
    Account account = grant.get().account();
    data.put("app_id", account.appId()).put("type", "PAGE").put("application", "Hilo");
    data.put("expires_at", grant.get().expiresAt().map(Instant::getEpochSecond).orElse(0L));
    data.put("issued_at", grant.get().issuedAt().getEpochSecond());
    data.put("is_valid", grant.get().valid());
    data.put("profile_id", account.id());
    if (!grant.get().valid()) {
      GraphError expired = GraphError.of(190, 463);
      data.putObject("error")
          .put("code", 190)
          .put("message", expired.message())
          .put("subcode", 463);
    }
    account.scopes().forEach(data.putArray("scopes")::add);
    return calls.answered(200, answer, Optional.of(account));
  }

  /**
   * Source: developers.facebook.com/docs/instagram-platform/reference/refresh_access_token, read
   * 2026-11-20. Its errors are not documented.
   */
  private Reply refreshToken(Call call) {
    try {
      if (!call.query("grant_type").orElse("").equals("ig_refresh_token")
          || messaging.provider().tokenLife().isEmpty()) {
        throw new GraphRefusal(
            GraphError.parameter("The parameter grant_type must be ig_refresh_token."));
      }
      Account account = calls.authorised(call);
      Tokens.Grant grant = GraphCalls.token(call).flatMap(calls::grant).orElseThrow();
      ObjectNode answer =
          Json.MAPPER
              .createObjectNode()
              .put("access_token", Tokens.refresh(grant, messaging.clock().instant()))
              .put("token_type", "bearer")
              .put("expires_in", messaging.provider().tokenLife().get().toSeconds())
              .put("permissions", String.join(",", account.scopes()));
      return calls.answered(200, answer, Optional.of(account));
    } catch (GraphRefusal refusal) {
      return calls.refused(refusal.error(), "");
    }
  }
}
