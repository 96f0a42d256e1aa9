package io.jenkins.plugins.sluice.cli.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The text of a picture. */
class PlanPictureTest {
    private static Document parsed(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(svg, e);
        }
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<String> values(Document document, String attribute) {
        List<String> values = new ArrayList<>();
        for (Element element : elements(document, "g")) {
            if (element.hasAttribute(attribute)) {
                values.add(element.getAttribute(attribute));
            }
        }
        return values;
    }

    private static ExecutionPlan stages(String... stages) {
        return Plans.of(
                "version: 1\npipelines:\n  p:\n    stages:\n      - {" + String.join("}\n      - {", stages) + "}\n");
    }

    @Test
    void everyStageIsThere() {
        ExecutionPlan plan = Plans.random(11, 5, 9);
        Document document = parsed(PlanPicture.svg(plan));
        assertThat(values(document, "data-stage"))
                .containsExactlyElementsOf(
                        plan.stages().stream().map(PlannedStage::id).toList());
        assertThat(values(document, "id"))
                .doesNotHaveDuplicates()
                .hasSameSizeAs(plan.stages())
                .contains("stage-0");
    }

    @Test
    void actionsAreNamed() {
        String svg = PlanPicture.svg(stages("name: a, build: {dockerfile: D}, run: true"));
        assertThat(elements(parsed(svg), "text"))
                .extracting(Element::getTextContent)
                .contains("build, run");
    }

    @Test
    void theWholeIsAnImageWithATextForThoseWhoDoNotSee() {
        Document document = parsed(PlanPicture.svg(Plans.chain(3)));
        Element svg = document.getDocumentElement();
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("viewBox"))
                .isEqualTo("0 0 " + svg.getAttribute("width") + " " + svg.getAttribute("height"));
        assertThat(elements(document, "title").get(0).getTextContent()).isEqualTo("Plan: 1 pipeline, 3 stages");
        assertThat(elements(document, "desc").get(0).getTextContent())
                .isEqualTo("p/s0. p/s1 after p/s0. p/s2 after p/s1.");
        assertThat(elements(document, "style").get(0).getTextContent()).contains("prefers-color-scheme:dark");
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        assertThat(PlanPicture.svg(Plans.random(3, 4, 6)).replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http:", "https:", "<script", "@import", "<image", "href");
    }

    @Test
    void samePlanSameBytes() {
        Locale before = Locale.getDefault();
        try {
            String once = PlanPicture.svg(Plans.random(17, 6, 9));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(PlanPicture.svg(Plans.random(17, 6, 9))).isEqualTo(once);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void textFromTheFileStaysText() {
        String nasty =
                "</text><script>alert(1)</script> \\\"'&amp; ]]> \\u0001\\u001b[31m \\u202e \\ud800 \\uffff \\n end";
        ExecutionPlan plan = stages(
                "name: a, script: x, image: \"" + nasty + "\"",
                "name: b, gate: {message: \"" + nasty + "\"}",
                "name: c, script: x, lock: \"" + nasty + "\"");
        String svg = PlanPicture.svg(plan);
        Document document = parsed(svg);
        assertThat(svg)
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .contains("&lt;script&gt;", "\\u202e", "\\u0001");
        assertThat(elements(document, "title")).anySatisfy(t -> assertThat(t.getTextContent())
                .contains("</text><script>alert(1)</script> \"'&amp; ]]> \\u0001\\u001b[31m \\u202e"));
    }

    @Test
    void namesAreNeverCutAndLongFactsAre() {
        String name = "a-rather-long-name-of-a-stage-that-does-a-great-many-things-one-after-another";
        String image = "registry.example.org/" + "deep/".repeat(40) + "image:1";
        String svg = PlanPicture.svg(stages("name: " + name + ", script: x, image: '" + image + "'"));
        assertThat(elements(parsed(svg), "text"))
                .extracting(Element::getTextContent)
                .contains(name)
                .anyMatch(text -> text.startsWith("registry.example.org/deep/") && text.endsWith("…"))
                .doesNotContain(image);
        assertThat(svg).contains(image);
    }

    @Test
    void skippedStageIsPaleAndSaysWhy() {
        Document document =
                parsed(PlanPicture.svg(stages("name: a, script: x", "name: b, when: {tag: true}, script: x")));
        assertThat(values(document, "class")).contains("stage", "stage skip");
        assertThat(elements(document, "text"))
                .extracting(Element::getTextContent)
                .contains("skipped: there is no tag");
        assertThat(elements(document, "title"))
                .extracting(Element::getTextContent)
                .contains("p/b\nskipped: there is no tag");
        assertThat(elements(document, "path"))
                .extracting(p -> p.getAttribute("class"))
                .contains("wire pale");
    }

    @Test
    void factsAreInTheSecondLine() {
        ExecutionPlan plan = stages(
                "name: a, script: x, agent: linux, image: 'node:20', lock: db, artifacts: [x, y]",
                "name: b, needs: [], script: x, allowFailure: true",
                "name: c, needs: [b], script: x, runs: onFailure",
                "name: d, needs: [], gate: {message: 'Go?', approvers: {groups: [ops], count: 2}}");
        assertThat(elements(parsed(PlanPicture.svg(plan)), "text"))
                .extracting(Element::getTextContent)
                .contains("may fail", "on failure", "approval: 2 of ops")
                .anyMatch(text -> text.startsWith("agent linux · node:20"));
    }

    @Test
    void stateOfARunIsAClassASignAndAWord() {
        ExecutionPlan plan = Plans.chain(7);
        Map<Integer, StageLook> looks = Map.of(
                0,
                StageLook.SUCCEEDED,
                1,
                StageLook.FAILED,
                2,
                StageLook.ERRORED,
                3,
                StageLook.ABORTED,
                4,
                StageLook.SKIPPED,
                5,
                StageLook.RUNNING);
        Document document = parsed(PlanPicture.svg(plan, looks));
        assertThat(values(document, "class"))
                .contains("stage succeeded", "stage failed", "stage errored", "stage aborted", "stage skip skipped")
                .contains("stage running", "stage");
        assertThat(elements(document, "title"))
                .extracting(Element::getTextContent)
                .contains("p/s1: failed", "p/s6");
        assertThat(elements(document, "path"))
                .filteredOn(p -> p.getAttribute("class").equals("sign"))
                .hasSize(6);
    }

    @Test
    void aRunLooksLikeItsPlan() {
        ExecutionPlan plan = Plans.random(29, 3, 8);
        String planned = PlanPicture.svg(plan);
        String running = PlanPicture.svg(plan, Map.of(0, StageLook.WAITING));
        assertThat(planned.lines()
                        .filter(l -> l.startsWith("<rect") || l.startsWith("<path class=\"wire"))
                        .toList())
                .isEqualTo(running.lines()
                        .filter(l -> l.startsWith("<rect") || l.startsWith("<path class=\"wire"))
                        .toList());
    }

    @Test
    void emptyPlanIsAPictureToo() {
        assertThat(elements(parsed(PlanPicture.svg(Plans.empty())), "text"))
                .extracting(Element::getTextContent)
                .containsExactly("there is nothing to do");
    }

    @Test
    void aThousandStages() {
        ExecutionPlan plan = Plans.random(2, 20, 50);
        assertThat(plan.stages()).hasSizeGreaterThan(1_000);
        assertThat(PlanPicture.tooLarge(plan)).isEmpty();
        assertThat(values(parsed(PlanPicture.svg(plan)), "data-stage")).hasSameSizeAs(plan.stages());
    }

    @Test
    void tooManyStagesAreRefused() {
        ExecutionPlan plan = Plans.chain(PlanPicture.MOST_STAGES + 1);
        assertThat(PlanPicture.tooLarge(plan)).contains("it has 2001 stages, and a picture at most 2000");
        assertThatThrownBy(() -> PlanPicture.svg(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot draw this plan: it has 2001 stages, and a picture at most 2000");
    }
}
