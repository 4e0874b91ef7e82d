package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;
import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.http.MultipartForm;
import dev.hilo.simulators.http.Reply;
import dev.hilo.simulators.http.Routes;
import dev.hilo.simulators.meta.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of the Graph API that a WhatsApp integration calls, under {@code /graph/v25.0}.
 *
 * <p>Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, read 2026-11-20;
 * where an answer is not documented the shape was taken from published tests of integrations.
 */
public final class GraphApi {

  private final Platform platform;
  private final GraphAnswers answers;
  private final AccountGraph numbers;

  public GraphApi(Platform platform) {
    this.platform = platform;
    this.answers = new GraphAnswers(platform);
    this.numbers = new AccountGraph(platform);
  }

  /** Adds the API's routes. */
  public void addTo(Routes routes) {
    routes.on("POST", "/graph/{version}/{id}/messages", this::messages);
    routes.on("POST", "/graph/{version}/{id}/media", this::upload);
    routes.on("GET", "/graph/{version}/{id}", this::node);
    routes.on("DELETE", "/graph/{version}/{id}", this::delete);
    routes.on("GET", "/whatsapp_business/attachments", this::attachment);
  }

  /** What a call does when nothing is wrong. */
  @FunctionalInterface
  private interface Work {
    ObjectNode answer(BusinessNumber number, Optional<Fault> fault) throws InterruptedException;
  }

  private Reply messages(Call call) throws InterruptedException {
    JsonNode body = parse(call.body());
    return run(
        call,
        body.has("status") ? "read" : "send",
        body,
        (number, fault) -> {
          SendRequest request =
              SendRequest.read(jsonOnly(call, body), number, platform.templates());
          return switch (request) {
            case SendRequest.Read read -> markRead(read);
            case SendRequest.Message message -> accept(number, message, fault);
          };
        });
  }

  private Reply upload(Call call) throws InterruptedException {
    MultipartForm form =
        MultipartForm.of(call).orElseThrow(() -> new BadRequest("expected multipart/form-data"));
    ObjectNode body = Json.MAPPER.createObjectNode();
    for (String field : List.of("messaging_product", "type")) {
      form.part(field).ifPresent(part -> body.put(field, part.text()));
    }
    form.part("file").ifPresent(part -> body.put("bytes", part.content().length));
    return run(
        call,
        "upload",
        body,
        (number, fault) -> {
          if (!body.path("messaging_product").asText().equals("whatsapp")) {
            throw Fields.missing("messaging_product");
          }
          MultipartForm.Part file =
              form.part("file")
                  .filter(part -> part.fileName().isPresent())
                  .orElseThrow(() -> Fields.missing("file"));
          String type = Fields.text(body, "type").orElseThrow(() -> Fields.missing("type")).strip();
          String id =
              platform.media().upload(number, file.fileName().orElse("file"), type, file.content());
          return Json.MAPPER.createObjectNode().put("id", id);
        });
  }

  private Reply run(Call call, String kind, JsonNode body, Work work) throws InterruptedException {
    String id = call.path("id");
    Optional<Fault> fault = Optional.empty();
    Optional<String> wamid = Optional.empty();
    OptionalInt code = OptionalInt.empty();
    boolean accepted = false;
    Reply reply;
    try {
      BusinessNumber number = answers.authorised(call, id);
      fault = platform.faults().take(kind);
      if (fault.isPresent() && !fault.get().fault().accepts()) {
        reply = answers.failing(number, fault.get());
      } else {
        ObjectNode answer = work.answer(number, fault);
        accepted = true;
        wamid = Optional.ofNullable(answer.at("/messages/0/id").textValue());
        reply = GraphAnswers.breaking(fault, answers.answered(200, answer, number));
      }
    } catch (GraphRefusal refusal) {
      code = OptionalInt.of(refusal.error().code());
      reply = answers.refused(refusal.error(), platform.number(id));
    }
    int http = reply instanceof Reply.Content content ? content.status() : 0;
    if (fault.isPresent() && fault.get().fault() == Fault.Kind.ERROR) {
      code = OptionalInt.of(fault.get().errorCode());
    }
    platform
        .calls()
        .add(platform.clock().instant(), id, kind, body, wamid, accepted, http, code, fault);
    hang(fault);
    return reply;
  }

  /** The wait comes after the books are written, so that a test sees a hanging call. */
  private static void hang(Optional<Fault> fault) throws InterruptedException {
    Duration delay = fault.map(Fault::delay).orElse(Duration.ZERO);
    if (!delay.isZero()) {
      Thread.sleep(delay);
    }
  }

  private ObjectNode accept(BusinessNumber number, SendRequest.Message asked, Optional<Fault> fault)
      throws InterruptedException {
    SendRequest.Message message = asked;
    Optional<GraphError> failure =
        fault
            .filter(one -> one.fault() == Fault.Kind.FAILED_STATUS)
            .map(one -> GraphError.of(one.errorCode()));
    Optional<FileToSend> file = asked.content().file();
    if (file.isPresent()) {
      try {
        message = asked.with(platform.media().toSend(number, file.get()));
      } catch (GraphRefusal refusal) {
        if (file.get().link().isEmpty()) {
          throw refusal;
        }
        // The real one gets links after it has answered.
        failure = failure.or(() -> Optional.of(refusal.error()));
      }
    }
    Behaviour behaviour = platform.behaviour();
    platform
        .limits()
        .take(number.id(), message.recipient(), behaviour.limits())
        .ifPresent(
            error -> {
              throw new GraphRefusal(error);
            });
    if (behaviour.window() == Behaviour.Window.ERROR && platform.outsideWindow(number, message)) {
      throw new GraphRefusal(GraphError.of(131047));
    }
    String wamid = platform.accept(number, message, failure);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("messaging_product", "whatsapp");
    ObjectNode contact = answer.putArray("contacts").addObject().put("input", message.input());
    if (message.toUserId()) {
      contact.put("user_id", message.recipient());
    } else {
      contact.put("wa_id", message.recipient().substring(1));
    }
    ObjectNode sent = answer.putArray("messages").addObject().put("id", wamid);
    if (message.template().isPresent()) {
      sent.put("message_status", "accepted");
    }
    return answer;
  }

  private ObjectNode markRead(SendRequest.Read read) {
    if (!platform.markRead(read.wamid(), read.typing())) {
      throw new GraphRefusal(
          GraphError.of(131009, "message_id is not a message to this number: " + read.wamid()));
    }
    return Json.MAPPER.createObjectNode().put("success", true);
  }

  /** A file, or the number itself. */
  private Reply node(Call call) throws InterruptedException {
    String id = call.path("id");
    if (platform.number(id).isPresent() || !platform.media().knows(id)) {
      return numbers.describe(call, id);
    }
    Optional<Fault> fault = Optional.empty();
    Reply reply;
    try {
      BusinessNumber number = owner(call, id);
      fault = platform.faults().take("media");
      if (fault.isPresent() && !fault.get().fault().accepts()) {
        reply = answers.failing(number, fault.get());
      } else {
        ObjectNode file =
            platform.media().describe(number, id).orElseThrow(() -> noSuchFile("get", id));
        reply = GraphAnswers.breaking(fault, answers.answered(200, file, number));
      }
    } catch (GraphRefusal refusal) {
      reply = answers.refused(refusal.error(), Optional.empty());
    }
    hang(fault);
    return reply;
  }

  private Reply delete(Call call) {
    String id = call.path("id");
    try {
      BusinessNumber number = owner(call, id);
      if (!platform.media().delete(number, id)) {
        throw noSuchFile("delete", id);
      }
      return answers.answered(200, Json.MAPPER.createObjectNode().put("success", true), number);
    } catch (GraphRefusal refusal) {
      return answers.refused(refusal.error(), Optional.empty());
    }
  }

  /** Whose file it may be: the number that is named, or the one that the token is of. */
  private BusinessNumber owner(Call call, String id) {
    Optional<String> named = call.query("phone_number_id");
    if (named.isEmpty()) {
      return answers.bearer(call);
    }
    if (platform.number(named.get()).isEmpty()) {
      answers.bearer(call);
      throw noSuchFile("get", id);
    }
    return answers.authorised(call, named.get());
  }

  private static GraphRefusal noSuchFile(String method, String id) {
    return new GraphRefusal(GraphError.unknownObject(method, id));
  }

  /** The bytes of a file: only for whoever bears a token, and only as long as the address lives. */
  private Reply attachment(Call call) {
    try {
      answers.bearer(call);
    } catch (GraphRefusal refusal) {
      return answers.refused(refusal.error(), Optional.empty());
    }
    String until = call.query("ext").filter(text -> text.matches("\\d{1,12}")).orElse("0");
    return platform
        .media()
        .serve(call.query("mid").orElse(""), until, call.query("hash").orElse(""));
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode tree = Json.MAPPER.readTree(body);
      return tree.isObject() ? tree : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The real one reads forms too; an integration should send JSON, so only that is taken. */
  private static JsonNode jsonOnly(Call call, JsonNode body) {
    String type = call.header("Content-Type").orElse("");
    if (!type.startsWith("application/json")) {
      throw new GraphRefusal(GraphError.parameter("The parameter messaging_product is required."));
    }
    return body;
  }
}
