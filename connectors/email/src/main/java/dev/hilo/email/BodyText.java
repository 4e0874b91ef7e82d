package dev.hilo.email;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Entities;

/** Puts a mail's text parts together. */
final class BodyText {

  private static final int SNIFFED_BYTES = 2048;
  private static final Pattern META_CHARSET =
      Pattern.compile(
          "<meta[^>]{0,200}charset\\s{0,5}=\\s{0,5}[\"']?([\\w:.-]{2,40})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CID =
      Pattern.compile("cid:([^\"'\\s)>]{1,500})", Pattern.CASE_INSENSITIVE);
  private static final Pattern SOURCE =
      Pattern.compile("\\bsrc\\s{0,5}=\\s{0,5}[\"']?([^\"'\\s>]{1,500})", Pattern.CASE_INSENSITIVE);

  private BodyText() {}

  /** One piece of the text, in one or both of its forms. */
  static final class Block {
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    void addPlain(String text) {
      plain.append(plain.isEmpty() ? "" : "\n").append(tidy(text));
    }

    void addHtml(String text) {
      html.append(text.replace("\r\n", "\n").strip());
    }

    boolean isBlank() {
      return plain.toString().isBlank() && html.toString().isBlank();
    }
  }

  /** The whole text, and what is new of it. */
  static Body of(Collection<Block> blocks, boolean forward) {
    List<Block> said = blocks.stream().filter(block -> !block.isBlank()).toList();
    if (said.isEmpty()) {
      return Body.EMPTY;
    }
    boolean hasHtml = said.stream().anyMatch(block -> !block.html.isEmpty());
    boolean hasPlain = said.stream().allMatch(block -> !block.plain.toString().isBlank());
    String plain = said.stream().map(BodyText::plain).collect(Collectors.joining("\n\n")).strip();
    if (!hasHtml) {
      return new Body(
          plain, forward ? plain : ReplyTrimmer.text(plain), Optional.empty(), Optional.empty());
    }
    String html = said.stream().map(BodyText::html).collect(Collectors.joining("\n"));
    Optional<Document> trimmed =
        forward ? Optional.empty() : HtmlReplyTrimmer.trim(Jsoup.parse(html));
    String newHtml = trimmed.map(document -> document.body().html()).orElse(html);
    String newText = forward ? plain : ReplyTrimmer.text(plain);
    if (trimmed.isPresent() && (!hasPlain || newText.equals(plain))) {
      String text = ReplyTrimmer.text(HtmlText.of(trimmed.get().body()));
      newText = text.isBlank() ? newText : text;
    }
    return new Body(plain, newText, Optional.of(html), Optional.of(newHtml));
  }

  /** The content ids and addresses that the HTML shows. */
  static Set<String> references(Collection<Block> blocks) {
    Set<String> found = new HashSet<>();
    for (Block block : blocks) {
      Matcher cid = CID.matcher(block.html);
      while (cid.find()) {
        found.add(percentDecoded(Entities.unescape(cid.group(1))));
      }
      Matcher source = SOURCE.matcher(block.html);
      while (source.find()) {
        found.add(Entities.unescape(source.group(1)));
      }
    }
    return found;
  }

  /** A content id as an address has it to as a header has it. Source: RFC 2392. */
  static String percentDecoded(String id) {
    if (id.indexOf('%') < 0) {
      return id;
    }
    try {
      return java.net.URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return id;
    }
  }

  static Optional<String> declaredInHtml(byte[] bytes) {
    int length = Math.min(bytes.length, SNIFFED_BYTES);
    Matcher meta = META_CHARSET.matcher(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    return meta.find() ? Optional.of(meta.group(1)) : Optional.empty();
  }

  private static String plain(Block block) {
    String plain = block.plain.toString();
    return plain.isBlank() ? HtmlText.of(Jsoup.parse(block.html.toString()).body()) : plain;
  }

  private static String html(Block block) {
    if (!block.html.isEmpty()) {
      return block.html.toString();
    }
    String escaped = Entities.escape(block.plain.toString().strip());
    return "<div style=\"white-space: pre-wrap\">" + escaped + "</div>";
  }

  /** Line feeds only, no control characters, no empty lines around. */
  static String tidy(String text) {
    return text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "")
        .replaceAll("^\n+", "")
        .stripTrailing();
  }
}
