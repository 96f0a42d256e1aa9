package io.jenkins.plugins.sluice.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Box;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things are: boxes apart, text inside, lines around. */
class DrawingTest {
    private static Drawing drawn(ExecutionPlan plan) {
        Drawing drawing = PlanPicture.draw(plan, plan.shortestNeeds());
        Geometry.check(drawing);
        assertThat(drawing.stages()).hasSameSizeAs(plan.stages());
        return drawing;
    }

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../core/src/test/resources/plan"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fixture(Path file) throws IOException {
        drawn(Plans.of(Files.readString(file)));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 8, 11, 17, 22, 23, 29, 35, 47, 59})
    void anything(long seed) {
        drawn(Plans.random(seed, 1 + (int) (seed % 6), 3 + (int) (seed % 9)));
    }

    @Test
    void fortyStagesInSixPipelines() {
        drawn(Plans.random(6, 6, 7));
    }

    @Test
    void twoHundredStages() {
        drawn(Plans.random(5, 1, 170));
    }

    @Test
    void simplerPlacementOfManyStages() {
        drawn(Plans.random(4, 1, 300));
    }

    @Test
    void chainGoesStraightToTheRight() {
        Drawing drawing = drawn(Plans.chain(20));
        assertThat(drawing.wires()).hasSize(19).allSatisfy(w -> assertThat(w.points())
                .hasSize(2));
    }

    @Test
    void fanIsOneColumnInTheOrderOfTheFile() {
        Drawing drawing = drawn(Plans.fan(50));
        List<Box> column = drawing.stages().stream()
                .filter(b -> b.stage() >= 1 && b.stage() <= 50)
                .sorted(Comparator.comparingInt(Box::stage))
                .toList();
        assertThat(column)
                .extracting(b -> b.rect().x())
                .containsOnly(column.get(0).rect().x());
        assertThat(column)
                .isSortedAccordingTo(Comparator.comparingDouble(b -> b.rect().y()));
    }

    @Test
    void oneStageAndNone() {
        assertThat(drawn(Plans.chain(1)).wires()).isEmpty();
        assertThat(drawn(Plans.empty()).stages()).isEmpty();
    }

    @Test
    void everyCopyOfAPipelineIsAnArea() {
        ExecutionPlan plan = Plans.of(
                """
                version: 1
                pipelines:
                  lib: {stages: [{name: build, script: x}]}
                  web:
                    needs: [lib]
                    matrix: {node: [18, 20]}
                    stages: [{name: test, matrix: {browser: [a, b]}, script: x}, {name: pack, script: x}]
                """);
        Drawing drawing = drawn(plan);
        assertThat(drawing.pipelines()).extracting(Area::title).containsExactly("lib", "web[node=18]", "web[node=20]");
        assertThat(drawing.stages()).extracting(b -> b.label().name()).contains("test[browser=a]", "build", "pack");
    }

    @Test
    void linesOfAMatrixMeet() {
        ExecutionPlan plan = Plans.of(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, matrix: {x: [1, 2, 3, 4]}, script: x}
                      - {name: b, matrix: {y: [1, 2, 3, 4]}, script: x}
                """);
        Drawing drawing = drawn(plan);
        assertThat(drawing.joints()).hasSize(1);
        assertThat(drawing.wires()).hasSize(8);
    }

    @Test
    void stagesOfOneWorkspaceHaveAFrame() {
        ExecutionPlan plan = Plans.of(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, agent: linux, script: x}
                      - {name: b, agent: linux, script: x}
                      - {name: c, gate: {message: 'Go?'}}
                      - {name: d, agent: linux, script: x}
                """);
        Drawing drawing = drawn(plan);
        assertThat(drawing.workspaces()).extracting(Area::title).containsExactly("agent linux · one workspace");
        assertThat(drawing.stages())
                .extracting(b -> b.label().line())
                .containsExactly("", "", "approval", "agent linux");
    }

    @Test
    void pipelinesThatNeedEachOtherInTurn() {
        ExecutionPlan plan = Plans.of(
                """
                version: 1
                pipelines:
                  p: {stages: [{name: a, script: x}, {name: b, needs: [a, q/c], script: x}]}
                  q: {stages: [{name: c, needs: [p/a], script: x}, {name: d, needs: [c, p/b], script: x}]}
                """);
        assertThat(drawn(plan).pipelines()).hasSize(2);
    }

    @Test
    void whatNoLineConnectsIsInTheOrderOfTheFile() {
        StringBuilder yaml = new StringBuilder("version: 1\npipelines:\n");
        IntStream.range(0, 12)
                .forEach(i -> yaml.append("  p").append(i).append(": {stages: [{name: a, script: x}]}\n"));
        Drawing drawing = drawn(Plans.of(yaml.toString()));
        assertThat(drawing.pipelines())
                .isSortedAccordingTo(
                        Comparator.<Area>comparingDouble(a -> a.rect().y())
                                .thenComparingDouble(a -> a.rect().x()));
        assertThat(drawing.width()).isBetween(drawing.height(), 4 * drawing.height());
    }

    @Test
    void boxesOfOneColumnAreOfOneWidthIfTheirTextsAllowIt() {
        ExecutionPlan plan = Plans.of(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: somewhat-longer, needs: [], script: x}
                      - {name: somewhat-long, needs: [], script: x}
                      - {name: a, needs: [], script: x}
                """);
        assertThat(drawn(plan).stages()).satisfies(boxes -> {
            assertThat(boxes.get(1).rect().width())
                    .isEqualTo(boxes.get(0).rect().width());
            assertThat(boxes.get(2).rect().width())
                    .isLessThan(boxes.get(0).rect().width());
        });
    }

    @Test
    void manyLinesOfOneStageGetRoom() {
        StringBuilder yaml = new StringBuilder(
                "version: 1\npipelines:\n  p:\n    stages:\n      - {name: core, needs: [], script: x}\n");
        for (int i = 0; i < 12; i++) {
            yaml.append("      - {name: a").append(i).append(", needs: [], script: x}\n");
            yaml.append("      - {name: b")
                    .append(i)
                    .append(", needs: [core, a")
                    .append(i)
                    .append("], script: x}\n");
        }
        ExecutionPlan plan = Plans.of(yaml.toString());
        Box core = drawn(plan).stages().get(0);
        assertThat(plan.stage(core.stage())).extracting(PlannedStage::shortName).isEqualTo("core");
        assertThat(core.rect().height()).isGreaterThanOrEqualTo(12 * 6);
    }
}
