package dev.hilo.email;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * Makes a mail's HTML safe to be shown beside Hilo's own pages: an allow-list of tags, attributes,
 * addresses and style properties; what is not on it is dropped, its text kept.
 *
 * <ul>
 *   <li>remote images do not load: their address is in {@code data-remote-src}, for a page to put
 *       back when the agent asks;
 *   <li>images of the mail itself carry their part's path in {@code data-part};
 *   <li>links open outside and say nothing of where they come from.
 * </ul>
 *
 * <p>Source: OWASP cross-site scripting prevention cheat sheet, rule "HTML sanitisation".
 */
final class HtmlSanitizer {

  /** Characters of HTML that are looked at; the rest is cut. */
  static final int MAX_LENGTH = 1024 * 1024;

  private static final int MAX_DEPTH = 200;
  private static final int MAX_DATA_IMAGE = 256 * 1024;

  /** Dropped with all they hold; the cleaner alone would keep their text. */
  private static final String DROPPED =
      "script, style, iframe, frame, frameset, object, embed, applet, svg, math, template, head,"
          + " title, meta, link, base, audio, video, canvas, textarea, select, noscript, noembed,"
          + " noframes, xmp, plaintext, listing, portal, dialog";

  private static final Pattern DATA_IMAGE =
      Pattern.compile("^data:image/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\\s]*$");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]");

  private static final Safelist ALLOWED =
      new Safelist()
          .addTags(
              "a",
              "abbr",
              "address",
              "article",
              "b",
              "bdi",
              "bdo",
              "big",
              "blockquote",
              "br",
              "caption",
              "center",
              "cite",
              "code",
              "col",
              "colgroup",
              "dd",
              "del",
              "dfn",
              "div",
              "dl",
              "dt",
              "em",
              "figcaption",
              "figure",
              "font",
              "footer",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "header",
              "hr",
              "i",
              "img",
              "ins",
              "kbd",
              "li",
              "main",
              "mark",
              "ol",
              "p",
              "pre",
              "q",
              "s",
              "samp",
              "section",
              "small",
              "span",
              "strike",
              "strong",
              "sub",
              "sup",
              "table",
              "tbody",
              "td",
              "tfoot",
              "th",
              "thead",
              "time",
              "tr",
              "tt",
              "u",
              "ul",
              "var",
              "wbr")
          .addAttributes(":all", "style", "dir", "lang", "title", "align", "valign")
          .addAttributes("a", "href")
          .addAttributes("img", "src", "alt", "width", "height", "data-part", "data-remote-src")
          .addAttributes("font", "color", "face", "size")
          .addAttributes("ol", "start", "type")
          .addAttributes("ul", "type")
          .addAttributes("table", "width", "border", "cellpadding", "cellspacing", "bgcolor")
          .addAttributes("tr", "bgcolor", "height")
          .addAttributes("td", "width", "height", "colspan", "rowspan", "bgcolor", "nowrap")
          .addAttributes("th", "width", "height", "colspan", "rowspan", "bgcolor", "nowrap")
          .addAttributes("col", "width", "span")
          .addAttributes("colgroup", "width", "span")
          .addProtocols("a", "href", "http", "https", "mailto", "tel")
          .addProtocols("img", "src", "data")
          .addEnforcedAttribute("a", "rel", "noopener noreferrer nofollow")
          .addEnforcedAttribute("a", "target", "_blank");

  private HtmlSanitizer() {}

  /**
   * Safe HTML.
   *
   * @param html the inside of a body
   * @param remoteImages how many images wait to be asked for
   * @param parts the paths of the mail's parts that it shows
   * @param cut whether it was too long, and is not whole
   */
  record Sanitized(String html, int remoteImages, Set<String> parts, boolean cut) {

    Sanitized {
      parts = Set.copyOf(parts);
    }

    @Override
    public String toString() {
      return "Sanitized[" + html.length() + " characters]";
    }
  }

  /** Makes a mail's HTML safe: {@link Body#html()} or {@link Body#newHtml()}. */
  static Sanitized sanitize(String html, List<Part> parts) {
    Map<String, String> paths =
        parts.stream()
            .filter(part -> part.contentId().isPresent())
            .collect(
                Collectors.toMap(
                    part -> part.contentId().orElseThrow(), Part::path, (first, second) -> first));
    return sanitize(html, id -> paths.getOrDefault(id, ""));
  }

  /**
   * Makes HTML safe.
   *
   * @param pathOfContentId gives the part of a content id, or empty text for none
   */
  static Sanitized sanitize(String html, Function<String, String> pathOfContentId) {
    boolean cut = html.length() > MAX_LENGTH;
    Document dirty = Jsoup.parse(cut ? html.substring(0, MAX_LENGTH) : html);
    dirty.select(DROPPED).forEach(Element::remove);
    flatten(dirty);
    Set<String> shown = new LinkedHashSet<>();
    int remote = 0;
    for (Element element : dirty.body().getAllElements()) {
      dropPrivateAttributes(element);
      if (element.normalName().equals("img")) {
        remote += image(element, pathOfContentId, shown) ? 1 : 0;
      } else if (element.hasAttr("href")) {
        element.attr("href", CONTROL.matcher(element.attr("href").strip()).replaceAll(""));
      }
      if (element.hasAttr("style")) {
        String style = StyleAllowList.filter(element.attr("style"));
        if (style.isEmpty()) {
          element.removeAttr("style");
        } else {
          element.attr("style", style);
        }
      }
    }
    Document clean = new Cleaner(ALLOWED).clean(dirty);
    clean.outputSettings().prettyPrint(false);
    // The cleaner adds rel and target to every a; an anchor without an address is no link.
    clean.select("a:not([href])").removeAttr("rel").removeAttr("target");
    return new Sanitized(clean.body().html(), remote, shown, cut);
  }

  /** Points an image somewhere harmless; true for a remote one. */
  private static boolean image(
      Element image, Function<String, String> pathOfContentId, Set<String> shown) {
    String source = CONTROL.matcher(image.attr("src")).replaceAll("");
    String lower = source.toLowerCase(Locale.ROOT);
    image.removeAttr("src");
    if (lower.startsWith("cid:")) {
      String id = BodyText.percentDecoded(source.substring(4).replaceAll("[<>]", ""));
      String path = pathOfContentId.apply(id);
      if (!path.isEmpty()) {
        image.attr("data-part", path);
        shown.add(path);
      }
      return false;
    }
    if (lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("//")) {
      image.attr("data-remote-src", lower.startsWith("//") ? "https:" + source : source);
      return true;
    }
    if (source.length() <= MAX_DATA_IMAGE && DATA_IMAGE.matcher(source).matches()) {
      image.attr("src", source);
    }
    return false;
  }

  /** A mail must not set what only this class says. */
  private static void dropPrivateAttributes(Element element) {
    List<String> names = new ArrayList<>();
    for (Attribute attribute : element.attributes()) {
      if (attribute.getKey().toLowerCase(Locale.ROOT).startsWith("data-")) {
        names.add(attribute.getKey());
      }
    }
    names.forEach(element::removeAttr);
  }

  /** A browser, too, has a limit of depth; what is nested deeper is text at that level. */
  private static void flatten(Document document) {
    List<Element> level = List.of(document.body());
    for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty(); depth++) {
      List<Element> next = new ArrayList<>();
      level.forEach(element -> next.addAll(element.children()));
      level = next;
    }
    for (Element tooDeep : level) {
      String text = tooDeep.text();
      tooDeep.empty().text(text);
    }
  }
}
