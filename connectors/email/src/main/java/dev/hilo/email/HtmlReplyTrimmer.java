package dev.hilo.email;

import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Takes quoted mails and signatures out of HTML, by the marks that mail programs put around them;
 * the lines that introduce a quote are known by {@link ReplyTrimmer}.
 */
final class HtmlReplyTrimmer {

  /** Everything from the first of these on is quoted. */
  private static final String FROM_HERE =
      "#divRplyFwdMsg, #x_divRplyFwdMsg, #appendonsend, #x_appendonsend, hr#stopSpelling,"
          + " #OLK_SRC_BODY_SECTION, #isReplyContent, div.OutlookMessageHeader,"
          + " div[style*=border-top:solid #E1E1E1], div[style*=border-top: solid #E1E1E1],"
          + " div[style*=border-top:solid #B5C4DF], div[style*=border-top: 1pt solid #E1E1E1],"
          + " div[style*=border-top:solid windowtext]";

  private static final String QUOTES =
      ".gmail_quote, .gmail_quote_container, blockquote[type=cite], .yahoo_quoted,"
          + " .protonmail_quote, .moz-cite-prefix, .zmail_extra, .tutanota_quote,"
          + " #mail-editor-reference-message-container, .gmail_attr, blockquote.cite,"
          + " .quoted-message, .ydp-quote";

  private static final String SIGNATURES =
      ".gmail_signature, .gmail_signature_prefix, .moz-signature, #Signature, #x_Signature,"
          + " #ms-outlook-mobile-signature, .protonmail_signature_block,"
          + " #AppleMailSignature, .AppleMailSignature";

  private HtmlReplyTrimmer() {}

  /** The document without what is quoted; empty when nothing was taken away. */
  static Optional<Document> trim(Document whole) {
    Document document = whole.clone();
    if (hasAnswersBetween(document)) {
      return Optional.empty();
    }
    boolean cut = false;
    Element from = document.body().selectFirst(FROM_HERE);
    if (from == null) {
      from = startOfOriginal(document);
    }
    if (from != null) {
      cutFrom(from, document.body());
      cut = true;
    }
    for (Element quote : document.body().select(QUOTES)) {
      if (quote.parent() != null && !isForwarded(quote)) {
        dropAttribution(quote);
        quote.remove();
        cut = true;
      }
    }
    for (Element signature : document.body().select(SIGNATURES)) {
      signature.remove();
      cut = true;
    }
    boolean empty = document.body().text().isBlank() && document.body().selectFirst("img") == null;
    return cut && !empty ? Optional.of(document) : Optional.empty();
  }

  private static boolean isForwarded(Element quote) {
    // Only the first words: the text of each of many nested quotes would be quadratic.
    for (Node node = quote;
        node != null;
        node = node.childNodeSize() > 0 ? node.childNode(0) : null) {
      if (node instanceof TextNode words) {
        return ReplyTrimmer.FORWARDED.matcher(ReplyTrimmer.start(words.getWholeText())).matches();
      }
    }
    return false;
  }

  /** In the quote's box, words outside of the quoted block: the writer answered in between. */
  private static boolean hasAnswersBetween(Document document) {
    Element box = document.body().selectFirst(".gmail_quote, blockquote[type=cite]");
    if (box == null || isForwarded(box)) {
      return false;
    }
    if (box.normalName().equals("blockquote")) {
      return hasWordsAfter(box, document.body());
    }
    Element copy = box.clone();
    copy.select("blockquote, .gmail_attr, " + SIGNATURES).forEach(Element::remove);
    String left = copy.text().strip();
    return !left.isEmpty()
        && !ReplyTrimmer.isAttribution(left)
        && box.selectFirst("blockquote") != null
        && !left.endsWith(":");
  }

  private static boolean hasWordsAfter(Element quote, Element body) {
    for (Element at = quote; at != null && !at.equals(body); at = at.parent()) {
      for (Node next = at.nextSibling(); next != null; next = next.nextSibling()) {
        boolean own = !(next instanceof Element element) || !isNoAnswer(element);
        String words = next instanceof Element element ? element.text() : next.toString();
        if (own
            && !words.replace("&nbsp;", "").isBlank()
            && !ReplyTrimmer.FOOTER.matcher(ReplyTrimmer.start(words)).matches()) {
          return !ReplyTrimmer.start(words).startsWith("--");
        }
      }
    }
    return false;
  }

  private static boolean isNoAnswer(Element element) {
    return element.is(SIGNATURES + ", " + QUOTES + ", style, script, br");
  }

  /** QQ and others: a line of dashes with "original mail" between them. */
  private static @Nullable Element startOfOriginal(Document document) {
    for (Element element : document.body().select("div, p, span")) {
      String own = element.ownText().strip();
      if (own.length() < 120 && own.length() > 4 && ReplyTrimmer.ORIGINAL.matcher(own).matches()) {
        return element;
      }
    }
    return null;
  }

  private static void cutFrom(Element from, Element body) {
    Element at = from;
    while (at != null && !at.equals(body)) {
      Node next = at.nextSibling();
      while (next != null) {
        Node after = next.nextSibling();
        next.remove();
        next = after;
      }
      at = at.parent();
    }
    from.remove();
  }

  /** "On ... wrote:" stands just before the quote. */
  private static void dropAttribution(Element quote) {
    Node before = quote.previousSibling();
    for (int i = 0; before != null && i < 6; i++) {
      Node previous = before.previousSibling();
      String words = before instanceof Element element ? element.text() : before.toString();
      String text = words.replace("&lt;", "<").replace("&gt;", ">").strip();
      boolean blank = text.isEmpty();
      if (!blank && !(text.length() < ReplyTrimmer.MAX_LINE && ReplyTrimmer.isAttribution(text))) {
        return;
      }
      before.remove();
      if (!blank) {
        return;
      }
      before = previous;
    }
  }
}
