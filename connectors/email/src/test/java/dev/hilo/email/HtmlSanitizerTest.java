package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlSanitizerTest {

  private static final Set<String> NEVER =
      Set.of(
          "script",
          "style",
          "iframe",
          "object",
          "embed",
          "svg",
          "math",
          "form",
          "input",
          "button",
          "link",
          "meta",
          "base",
          "video",
          "audio",
          "template",
          "textarea",
          "select",
          "frame");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<SCRIPT SRC=https://x.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<<SCRIPT>alert('x');//\\<</SCRIPT>",
        "<img src=\"javascript:alert('x')\">",
        "<img src=javascript:alert(&quot;x&quot;)>",
        "<IMG SRC=JaVaScRiPt:alert('x')>",
        "<img src=`javascript:alert(1)`>",
        "<img \"\"\"><script>alert(1)</script>\"\\>",
        "<img src=x onerror=alert(1)>",
        "<img src=x:alert(alt) onerror=eval(src) alt=0>",
        "<img src=/ onerror=\"alert(String.fromCharCode(88,83,83))\"></img>",
        "<img src=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
        "<img src=\"jav\tascript:alert(1)\">",
        "<img src=\"jav&#x09;ascript:alert(1)\">",
        "<img src=\"jav&#x0A;ascript:alert(1)\">",
        "<img src=\" &#14; javascript:alert(1)\">",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" &#1;javascript:alert(1)\">x</a>",
        "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<a href=\"//x.example\" onmouseover=alert(1)>x</a>",
        "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
        "<img src=\"data:text/html,<script>1</script>\">",
        "<svg/onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"javascript:alert(1)\"></object>",
        "<embed src=\"javascript:alert(1)\">",
        "<body onload=alert(1)>",
        "<body background=\"javascript:alert(1)\">",
        "<input type=image src=\"javascript:alert(1)\">",
        "<table background=\"javascript:alert(1)\"><td background=\"javascript:alert(1)\">x",
        "<div style=\"background-image: url(javascript:alert(1))\">x</div>",
        "<div style=\"background:\\75 rl(javascript:alert(1))\">x</div>",
        "<div style=\"width: expression(alert(1))\">x</div>",
        "<div style=\"width: exp/**/ression(alert(1))\">x</div>",
        "<div style=\"-moz-binding: url(https://x.example/x.xml#x)\">x</div>",
        "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%;z-index:9\">x</div>",
        "<div style=\"background:URL('https://x.example/t.gif')\">x</div>",
        "<div style=\"behavior: url(x.htc)\">x</div>",
        "<style>@import 'https://x.example/x.css';</style>",
        "<link rel=stylesheet href=\"javascript:alert(1)\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<base href=\"javascript:alert(1);//\">",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea><img src=x onerror=alert(1)></textarea>",
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<title><img src=x onerror=alert(1)></title>",
        "<template><img src=x onerror=alert(1)></template>",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><script>alert(1)</script>",
        "<details open ontoggle=alert(1)>x</details>",
        "<video><source onerror=alert(1)></video>",
        "<marquee onstart=alert(1)>x</marquee>",
        "<img srcset=\"https://x.example/a.png 1x\" src=x>",
        "<a href=\"https://x.example\" ping=\"https://rastro.example\">x</a>",
        "<div data-part=\"1\" data-remote-src=\"javascript:alert(1)\">x</div>",
        "<img data-remote-src=\"javascript:alert(1)\">",
        "<a name=\"x\" id=\"x\" class=\"x\" href=\"#x\">x</a>",
        "<p slot=x is=y tabindex=1 accesskey=x contenteditable autofocus>x</p>",
        "<select><option><style><img src=x onerror=alert(1)></style></select>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1"
            + " onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"
      })
  void shouldLeaveNothingHarmfulOf(String hostile) {
    // when
    HtmlSanitizer.Sanitized safe = HtmlSanitizer.sanitize("<p>antes</p>" + hostile, List.of());

    // then
    assertHarmless(safe.html());
    assertThat(safe.html()).contains("antes");
    assertThat(HtmlSanitizer.sanitize(safe.html(), List.of()).html())
        .as("a second pass has nothing to do but hold back what the page was told")
        .satisfies(HtmlSanitizerTest::assertHarmless);
  }

  @Test
  void shouldHoldRemoteImagesBack() {
    // when
    HtmlSanitizer.Sanitized safe =
        HtmlSanitizer.sanitize(
            "<img src='https://a.example/1.png' alt=uno><img src='//b.example/2.gif'>"
                + "<img src='HTTP://c.example/3'><img src='relativa.png'>",
            List.of());

    // then
    assertThat(safe.remoteImages()).isEqualTo(3);
    assertThat(safe.html())
        .isEqualTo(
            "<img alt=\"uno\" data-remote-src=\"https://a.example/1.png\">"
                + "<img data-remote-src=\"https://b.example/2.gif\">"
                + "<img data-remote-src=\"HTTP://c.example/3\"><img>");
  }

  @Test
  void shouldPointInlineImagesAtTheirParts() {
    // given
    List<Part> parts =
        List.of(
            new Part(
                "2.1", "image/png", Optional.empty(), Optional.of("a b@x"), Part.Role.INLINE, 1));

    // when
    HtmlSanitizer.Sanitized safe =
        HtmlSanitizer.sanitize("<img src='cid:a%20b@x'><img src='CID:nadie@x'>", parts);

    // then
    assertThat(safe.html()).isEqualTo("<img data-part=\"2.1\"><img>");
    assertThat(safe.parts()).containsExactly("2.1");
    assertThat(safe.remoteImages()).isZero();
  }

  @Test
  void shouldKeepSmallEmbeddedImages() {
    String image = "<img src=\"data:image/png;base64,iVBORw0KGgo=\">";
    assertThat(HtmlSanitizer.sanitize(image, List.of()).html()).isEqualTo(image);
  }

  @Test
  void shouldKeepWhatMakesAMailReadable() {
    // given
    String html =
        "<div style=\"color: #333; font-family: Arial, sans-serif; margin: 0 8px\"><b>Hola</b>"
            + "<ul><li>uno</li></ul><table width=\"600\"><tbody><tr><td colspan=\"2\""
            + " bgcolor=\"#fff\">x</td></tr></tbody></table></div>";

    // then
    assertThat(HtmlSanitizer.sanitize(html, List.of()).html()).isEqualTo(html);
  }

  @Test
  void shouldRefuseStylesThatLayThemselvesOverThePage() {
    assertThat(StyleAllowList.filter("margin-left: -5000px; position: absolute; color: RED"))
        .isEqualTo("color: RED");
    assertThat(StyleAllowList.filter("background: #fff url(x)")).isEmpty();
    assertThat(StyleAllowList.filter("color: rgba(1, 2, 3, 0.5); font-family: -apple-system"))
        .isEqualTo("color: rgba(1, 2, 3, 0.5); font-family: -apple-system");
  }

  @Test
  void shouldCutWhatIsTooLong() {
    HtmlSanitizer.Sanitized safe = HtmlSanitizer.sanitize("<p>x</p>".repeat(200_000), List.of());
    assertThat(safe.cut()).isTrue();
    assertThat(safe.html().length()).isLessThanOrEqualTo(HtmlSanitizer.MAX_LENGTH + 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<blockquote>",
        "<a href=x>",
        "<font><p>",
        "<ul><li>",
        "<"
      })
  void shouldBeQuickHoweverDeepTheNesting(String opening) {
    // given
    String bomb = opening.repeat(HtmlSanitizer.MAX_LENGTH / opening.length()) + "fin";
    CpuTime start = CpuTime.now();

    // when
    String html = HtmlSanitizer.sanitize(bomb, List.of()).html();

    // then
    assertHarmless(html);
    assertThat(start.since()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void shouldLeaveNothingHarmfulOfRandomTags() {
    // given
    Random random = new Random(20261120);
    String[] pieces = {
      "<script>",
      "</script>",
      "<img src=",
      "\"",
      "'",
      ">",
      "<",
      "javascript:",
      "onerror=",
      "alert(1)",
      "<svg>",
      "<style>",
      "</style>",
      "<!--",
      "-->",
      "<a href=",
      " ",
      "style=",
      "url(",
      ")",
      "&#x6a;",
      "<math>",
      "<table>",
      "</table>",
      "<p>",
      "<textarea>",
      "</textarea>",
      "<noscript>",
      "\u0000",
      "/"
    };
    for (int i = 0; i < 2000; i++) {
      StringBuilder html = new StringBuilder();
      for (int j = 0; j < 30; j++) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }

      // then
      assertHarmless(HtmlSanitizer.sanitize(html.toString(), List.of()).html());
    }
  }

  private static void assertHarmless(String html) {
    Document document = Jsoup.parse(html);
    for (Element element : document.body().getAllElements()) {
      assertThat(NEVER).doesNotContain(element.normalName());
      for (Attribute attribute : element.attributes()) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        String value =
            attribute.getValue().toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Cntrl}]", "");
        assertThat(name)
            .doesNotStartWith("on")
            .doesNotStartWith("form")
            .isNotIn("id", "class", "name", "ping", "srcset", "background");
        if (name.equals("href")) {
          assertThat(value).matches("(?s)(https?:|mailto:|tel:).*");
          assertThat(element.attr("rel")).isEqualTo("noopener noreferrer nofollow");
          assertThat(element.attr("target")).isEqualTo("_blank");
        } else if (name.equals("src")) {
          assertThat(value).matches("(?s)data:image/(png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=]*");
        } else if (name.equals("data-remote-src")) {
          assertThat(value).matches("(?s)https?://.*");
        } else if (name.equals("style")) {
          assertThat(value)
              .doesNotContain("url", "expression", "position", "\\", "@import", "behavior");
        }
      }
    }
  }
}
