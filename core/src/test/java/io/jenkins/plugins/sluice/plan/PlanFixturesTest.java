package io.jenkins.plugins.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.PlanJson;
import io.jenkins.plugins.sluice.report.PlanMermaid;
import io.jenkins.plugins.sluice.report.PlanText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code plan/<case>.yaml} is planned as the files beside it say. */
class PlanFixturesTest {
    /** On the branch main, with a change in the web service and no tag. */
    private static final Trigger TRIGGER = new Trigger(
            Map.of("branch", "main", "event", "push"),
            Optional.of(List.of("services/web/index.js", "docs/a.md")),
            Map.of());

    static List<Path> fixtures() throws IOException {
        return Golden.files("plan", ".yaml");
    }

    static ExecutionPlan plan(Path file) throws IOException {
        Problems problems = new Problems();
        Optional<PipelineFile> model = ModelReader.read(".pipeline/config.yaml", Files.readAllBytes(file), problems);
        assertThat(problems.list()).isEmpty();
        return Planner.plan(model.orElseThrow(), TRIGGER);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void asText(Path file) throws IOException {
        Golden.check(Golden.beside(file, ".txt"), PlanText.of(plan(file)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void asJson(Path file) throws IOException {
        Golden.check(Golden.beside(file, ".json"), PlanJson.of(plan(file)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void asMermaid(Path file) throws IOException {
        Golden.check(Golden.beside(file, ".mmd"), PlanMermaid.of(plan(file)));
    }

    @Test
    void selectionTakesWhatIsNeededAlong() throws IOException {
        PipelineFile file = plan(Path.of("src/test/resources/plan/matrix.yaml")).file();
        assertThat(Planner.select(file, List.of("web")).byName().keySet()).containsExactly("lib", "web");
        assertThat(Planner.select(file, List.of("lib")).byName().keySet()).containsExactly("lib");
        assertThat(Planner.select(file, List.of("nope")).byName()).isEmpty();
    }

    @Test
    void stageOfAnotherPipelineWithTheSameNameDoesNotHideTheLastOne() {
        PipelineFile file = ModelReader.read(
                        "config.yaml",
                        """
                        version: 1
                        pipelines:
                          a:
                            stages:
                              - {name: other, needs: [b/test], script: x}
                              - {name: test, script: x}
                          b: {stages: [{name: test, script: x}]}
                          c: {needs: [a], stages: [{name: end, script: x}]}
                        """
                                .getBytes(StandardCharsets.UTF_8),
                        new Problems())
                .orElseThrow();
        ExecutionPlan plan = Planner.plan(file, Trigger.unknown());
        assertThat(plan.stage(3).needs()).contains(0, 1);
    }
}
