package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.TemplateChannel.Registry;
import dev.hilo.channel.TemplateChannel.State;
import dev.hilo.channel.TemplateChannel.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The templates of every account: read from its business account, or taken from the settings when
 * that is not named there.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 * and the reference of {@code message_templates}, read 2026-11-20.
 */
final class TemplateBook {

  private static final String FIELDS = "name,language,status,category,components,parameter_format";
  private static final String PAGE = "100";

  /** More than any business account may have: 6,000. */
  private static final int MOST_PAGES = 100;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");

  /** Source: the provider's text of 132018. */
  private static final Pattern NOT_IN_PARAMETERS = Pattern.compile("[\\n\\r\\t]| {5,}");

  /**
   * A button of which a part is given when the template is sent.
   *
   * @param index its place among all buttons, from 0
   * @param subType {@code url} or {@code copy_code}
   */
  record VariableButton(int index, String subType) {}

  /** A template with what only the provider's calls need. */
  record Known(Template template, List<VariableButton> buttons) {
    Known {
      buttons = List.copyOf(buttons);
    }

    /** The names of the body's placeholders; none when they are numbers. */
    List<String> parameterNames() {
      List<String> names = template.placeholders();
      return names.stream().allMatch(name -> name.matches("[0-9]+")) ? List.of() : names;
    }

    /** What does not fit; empty when everything does. */
    Optional<String> problem(OutboundContent.Template sent) {
      if (template.header().filter(text -> PLACEHOLDER.matcher(text).find()).isPresent()) {
        return Optional.of("templates with a placeholder in their heading cannot be sent");
      }
      if (sent.header().map(OutboundContent.File::form).equals(template.headerFile())
          && sent.parameters().size() == template.parameterCount()
          && sent.buttons().size() == buttons.size()) {
        return Optional.empty();
      }
      return Optional.of(
          "expected "
              + template.parameterCount()
              + " parameters, "
              + buttons.size()
              + " parts of buttons and "
              + template.headerFile().map(Form::name).orElse("no file")
              + ", got "
              + sent.parameters().size()
              + ", "
              + sent.buttons().size()
              + " and "
              + sent.header().map(file -> file.form().name()).orElse("no file"));
    }
  }

  private final WhatsAppSettings settings;
  private final GraphApi graph;
  private final Redaction redaction;
  private final Map<AccountId, List<Known>> read = new ConcurrentHashMap<>();

  TemplateBook(WhatsAppSettings settings, GraphApi graph, Redaction redaction) {
    this.settings = settings;
    this.graph = graph;
    this.redaction = redaction;
  }

  /** Every template of an account, asked anew. */
  Registry read(AccountId id) {
    Optional<WhatsAppSettings.Account> account = settings.account(id);
    if (account.isEmpty()) {
      return new Registry.Unavailable("the account " + id + " is not among the settings");
    }
    return account
        .get()
        .businessAccount()
        .map(business -> readPages(account.get(), business))
        .orElseGet(() -> new Registry.Read(account.get().templates()));
  }

  /** The template as last read; it is read when it never was. Empty when it is not known. */
  Optional<Known> find(WhatsAppSettings.Account account, String name, String language) {
    if (account.businessAccount().isPresent() && !read.containsKey(account.id())) {
      var unused = read(account.id());
    }
    List<Known> all = read.get(account.id());
    if (all == null) {
      all = account.templates().stream().map(it -> new Known(it, List.of())).toList();
    }
    return all.stream()
        .filter(known -> known.template().name().equals(name))
        .filter(known -> known.template().language().equals(language))
        .findFirst();
  }

  /** What is wrong with a template to send, for an administrator; empty when nothing is. */
  static Optional<String> problem(OutboundContent.Template template, Optional<Known> known) {
    for (String value : template.parameters()) {
      if (value.isBlank() || NOT_IN_PARAMETERS.matcher(value).find()) {
        return Optional.of(
            "a parameter must not be blank, nor hold line breaks, tabs or five spaces in a row");
      }
    }
    return known.flatMap(it -> it.problem(template));
  }

  private Registry readPages(WhatsAppSettings.Account account, String business) {
    List<Known> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      Map<String, String> query = new HashMap<>(Map.of("fields", FIELDS, "limit", PAGE));
      after.ifPresent(cursor -> query.put("after", cursor));
      Outcome outcome = graph.get(account, business, "message_templates", query);
      if (!(outcome instanceof Answered answered) || answered.status() / 100 != 2) {
        return new Registry.Unavailable(redaction.of(GraphError.describe(outcome)));
      }
      Part body = GraphApi.body(answered);
      if (!body.get("data").isArray()) {
        return new Registry.Unavailable("the list of templates has no known form");
      }
      body.parts("data").stream()
          .map(TemplateBook::known)
          .flatMap(Optional::stream)
          .forEach(all::add);
      // The next page is asked for with its cursor, not by its address: the token stays with us.
      Part paging = body.part("paging");
      after = paging.part("cursors").text("after").filter(cursor -> paging.has("next"));
      if (after.isEmpty()) {
        break;
      }
    }
    read.put(account.id(), List.copyOf(all));
    return new Registry.Read(all.stream().map(Known::template).toList());
  }

  private static Optional<Known> known(Part node) {
    Optional<String> name = node.text("name");
    Optional<String> language = node.text("language");
    if (name.isEmpty() || language.isEmpty()) {
      return Optional.empty();
    }
    Part header = component(node, "HEADER");
    List<Part> buttons = component(node, "BUTTONS").parts("buttons");
    Optional<Form> file = headerFile(header.text("format").orElse("TEXT"));
    Template template =
        new Template(
            name.get(),
            language.get(),
            node.text("category").orElse("untyped").toLowerCase(Locale.ROOT),
            state(node.text("status").orElse("")),
            component(node, "BODY").raw("text").orElse(""),
            header.text("text"),
            file,
            component(node, "FOOTER").text("text"),
            buttons.stream().map(button -> button.text("text").orElse("?")).toList());
    return Optional.of(new Known(template, variable(buttons)));
  }

  private static Part component(Part template, String type) {
    return template.parts("components").stream()
        .filter(part -> part.text("type").filter(type::equalsIgnoreCase).isPresent())
        .findFirst()
        .orElseGet(Part::none);
  }

  private static Optional<Form> headerFile(String format) {
    return switch (format.toUpperCase(Locale.ROOT)) {
      case "IMAGE" -> Optional.of(Form.IMAGE);
      case "VIDEO" -> Optional.of(Form.VIDEO);
      case "DOCUMENT" -> Optional.of(Form.DOCUMENT);
      default -> Optional.empty();
    };
  }

  private static List<VariableButton> variable(List<Part> buttons) {
    List<VariableButton> variable = new ArrayList<>();
    for (int i = 0; i < buttons.size(); i++) {
      Part button = buttons.get(i);
      String type = button.text("type").orElse("").toUpperCase(Locale.ROOT);
      if (type.equals("COPY_CODE")) {
        variable.add(new VariableButton(i, "copy_code"));
      } else if (type.equals("OTP")
          || (type.equals("URL")
              && button.text("url").filter(url -> PLACEHOLDER.matcher(url).find()).isPresent())) {
        variable.add(new VariableButton(i, "url"));
      }
    }
    return variable;
  }

  /** A state that is not known may not be sent. */
  private static State state(String status) {
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "APPROVED", "REINSTATED" -> State.APPROVED;
      case "PENDING", "IN_APPEAL" -> State.PENDING;
      case "REJECTED" -> State.REJECTED;
      case "PAUSED", "FLAGGED", "LIMIT_EXCEEDED" -> State.PAUSED;
      default -> State.DISABLED;
    };
  }
}
