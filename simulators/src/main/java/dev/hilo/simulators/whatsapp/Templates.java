package dev.hilo.simulators.whatsapp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The business account's templates. */
public final class Templates {

  private final Map<String, Template> known = new ConcurrentHashMap<>();

  public Templates() {
    reset();
  }

  /** Adds one, or replaces the one of that name and language. */
  public void put(Template template) {
    known.put(key(template.name(), template.language()), template);
  }

  public List<Template> all() {
    return known.values().stream()
        .sorted(java.util.Comparator.comparing(Template::name).thenComparing(Template::language))
        .toList();
  }

  Optional<Template> find(String name, String language) {
    return Optional.ofNullable(known.get(key(name, language)));
  }

  void reset() {
    known.clear();
    Template.demo().forEach(this::put);
  }

  private static String key(String name, String language) {
    return name + ' ' + language;
  }
}
