package io.jenkins.plugins.sluice.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.report.Masker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WebHtmlTest {

    private static Html html() {
        return new Html(Masker.NONE);
    }

    @Test
    void textAndAttributesAreEscaped() {
        Html html = html().element("a", "<b>&\"'", "title", "\"><script>'&", "href", "/x");
        assertThat(html.toString())
                .isEqualTo("<a title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\" href=\"/x\">&lt;b&gt;&amp;&quot;&#39;</a>");
    }

    @Test
    void attributeWithoutAValueIsLeftOut() {
        assertThat(html().open("input", "checked", null, "required", "").toString())
                .isEqualTo("<input required=\"\">");
    }

    @Test
    void secretsAreMaskedBeforeTheyAreEscaped() {
        Html html = new Html(Masker.of(List.of("a<b&c\"d")));
        assertThat(html.element("p", "x a<b&c\"d y", "title", "a<b&c\"d").toString())
                .isEqualTo("<p title=\"****\">x **** y</p>");
    }

    @Test
    void whatDeceivesAppearsAsAnEscape() {
        assertThat(html().text("a\u202Eb\nc").toString()).isEqualTo("a\\u202eb\nc");
    }

    @Test
    void outputLosesWhatDrivesATerminal() {
        assertThat(html().output("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007x\r\nnext\ttab\n\n")
                        .toString())
                .isEqualTo("red x\nnext\ttab\n\n");
    }

    @Property
    void noTextEndsItsElement(@ForAll String text) {
        String out = html().element("p", text, "title", text).toString();
        assertThat(out.chars().filter(c -> c == '<').count()).isEqualTo(2);
        assertThat(out.chars().filter(c -> c == '"').count()).isEqualTo(2);
    }

    @Test
    void linesOfARunSayWhichRun() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (PrintStream out = new PrintStream(new LinesOfRun("run 3: ", target), true, StandardCharsets.UTF_8)) {
            out.print("one\ntwö");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("run 3: one", "run 3: twö");
    }
}
