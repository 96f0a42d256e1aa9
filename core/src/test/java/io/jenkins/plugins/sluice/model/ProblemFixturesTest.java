package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.plan.ImageChecks;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.plan.SiteChecks;
import io.jenkins.plugins.sluice.plan.Support;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code problems/<code>.yaml} yields exactly what {@code problems/<code>.txt} says. */
class ProblemFixturesTest {
    /** Problems that no file of its own can have; each has a test elsewhere. */
    private static final Set<ProblemCode> ELSEWHERE = EnumSet.of(
            ProblemCode.CONFIG_MISSING,
            ProblemCode.FILE_UNREADABLE,
            ProblemCode.FILE_TOO_LARGE,
            ProblemCode.LINE_TOO_LONG,
            ProblemCode.YAML_TOO_DEEP,
            ProblemCode.YAML_TOO_MANY_VALUES,
            ProblemCode.NO_CONTAINER_ENGINE,
            ProblemCode.MISSING_PLUGIN,
            ProblemCode.MISSING_SECRET);

    /** An administrator's file for the fixtures about what the policy allows. */
    private static Policy policy() throws IOException {
        Problems problems = new Problems();
        Policy policy = PolicyReader.read(
                "policy.yaml", Files.readAllBytes(Path.of("src/test/resources/policy/for-problems.yaml")), problems);
        assertThat(problems.list()).isEmpty();
        return policy;
    }

    static List<Path> fixtures() throws IOException {
        return Golden.files("problems", ".yaml");
    }

    static List<Problem> problems(Path file) throws IOException {
        Problems problems = new Problems();
        Optional<PipelineFile> model = ModelReader.read(".pipeline/config.yaml", Files.readAllBytes(file), problems);
        String name = file.getFileName().toString();
        if (name.startsWith("not-supported")) {
            Support.check(Planner.plan(model.orElseThrow(), Trigger.unknown()), Set.of(), problems);
        } else if (name.startsWith("missing-setting")) {
            SiteChecks.check(Planner.plan(model.orElseThrow(), Trigger.unknown()), Site.NONE, problems);
        } else if (name.startsWith("not-allowed") || name.startsWith("timeout-above")) {
            PipelineFile enforced = Enforcement.of(model.orElseThrow(), policy());
            PolicyChecks.check(Planner.plan(enforced, Trigger.unknown()), policy(), problems);
        } else if (name.startsWith("gate-missing")) {
            PolicyChecks.check(Planner.plan(model.orElseThrow(), Trigger.unknown()), policy(), problems);
        } else if (name.startsWith("image-elsewhere")) {
            ImageChecks.check(Planner.plan(model.orElseThrow(), Trigger.unknown()), problems);
        }
        return problems.list();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fileYieldsTheProblemsBesideIt(Path file) throws IOException {
        Golden.check(Golden.beside(file, ".txt"), ProblemReport.text(problems(file)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fileYieldsTheProblemItIsNamedFor(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".yaml", "");
        assertThat(problems(file)).extracting(p -> p.code().id()).anyMatch(name::startsWith);
    }

    @Test
    void everyCodeHasAFixture() throws IOException {
        List<String> names =
                fixtures().stream().map(f -> f.getFileName().toString()).toList();
        for (ProblemCode code : ProblemCode.values()) {
            if (!ELSEWHERE.contains(code)) {
                assertThat(names).contains(code.id() + ".yaml");
            }
        }
    }
}
