package io.jenkins.plugins.sluice.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateReaderTest {
    private static final String TOP =
            """
            version: 1
            pipelines:
              p:
                stages:
                  - {name: plan, script: make, artifacts: [out/plan.txt]}
                  - name: ask
                    gate:
            """;

    /** The keys of the gate begin on line 8, column 11. */
    private static String file(String gate) {
        return TOP + gate.indent(10);
    }

    private static List<Problem> found(String file) {
        Problems problems = new Problems();
        ModelReader.read("f", file.getBytes(UTF_8), problems);
        return problems.list();
    }

    private static List<String> problems(String gate) {
        return found(file(gate)).stream().map(Problem::toString).toList();
    }

    private static Gate gate(String gate) {
        return gateOf(file(gate));
    }

    private static Gate gateOf(String file) {
        assertThat(found(file)).isEmpty();
        return ModelReader.read("f", file.getBytes(UTF_8), new Problems())
                .flatMap(read -> read.stage(new StageRef("p", "ask")))
                .flatMap(stage -> stage.work().gate())
                .orElseThrow();
    }

    @Test
    void gateWithoutKeysHasTheDefaults() {
        Gate gate = gate("{}");
        assertThat(gate.message().toString()).isEmpty();
        assertThat(gate.show()).isEmpty();
        assertThat(gate.approvers()).isEqualTo(new Gate.Approvers(List.of(), List.of(), 1, List.of()));
        assertThat(gate.approvers().isAnyone()).isTrue();
        assertThat(gate.inputs()).isEmpty();
        assertThat(gate.comment()).isEqualTo(Gate.CommentRule.OPTIONAL);
        assertThat(gate.timeout()).isEmpty();
        assertThat(gate.approveOnTimeout()).isFalse();
        assertThat(gate.supersede()).isFalse();
        assertThat(gate.ask()).isEmpty();
        assertThat(gate.outputs()).containsExactly("approver", "comment");
    }

    @Test
    void everyKeyIsRead() {
        Gate gate = gate(
                """
                message: Apply ${plan.stage} of ${run.number}?
                show: [out/plan.txt, 'out/*.txt']
                approvers: {users: [ada, bob], groups: [release-managers], count: 2, exclude: [author, starter]}
                inputs:
                  - {name: window, choices: [now, tonight], description: 'When?'}
                  - {name: replicas, type: number, default: 3}
                comment: required
                timeout: 2d
                onTimeout: reject
                supersede: true
                ask: {url: 'https://policy.example.org:8443/decide?x=1', secret: policy-key}
                """);
        assertThat(gate.message()).hasToString("Apply ${plan.stage} of ${run.number}?");
        assertThat(gate.message().references()).hasSize(2);
        assertThat(gate.show()).extracting(Template::toString).containsExactly("out/plan.txt", "out/*.txt");
        assertThat(gate.approvers())
                .isEqualTo(new Gate.Approvers(
                        List.of("ada", "bob"),
                        List.of("release-managers"),
                        2,
                        List.of(Gate.Party.AUTHOR, Gate.Party.STARTER)));
        assertThat(gate.approvers().isAnyone()).isFalse();
        assertThat(gate.inputs())
                .containsExactly(
                        new GateInput(
                                "window",
                                GateInput.Type.CHOICE,
                                List.of("now", "tonight"),
                                Optional.empty(),
                                true,
                                "When?"),
                        new GateInput("replicas", GateInput.Type.NUMBER, List.of(), Optional.of("3"), true, ""));
        assertThat(gate.comment()).isEqualTo(Gate.CommentRule.REQUIRED);
        assertThat(gate.timeout()).contains(Duration.ofDays(2));
        assertThat(gate.approveOnTimeout()).isFalse();
        assertThat(gate.supersede()).isTrue();
        Gate.Ask ask = gate.ask().orElseThrow();
        assertThat(ask.url()).isEqualTo("https://policy.example.org:8443/decide?x=1");
        assertThat(ask.secret()).isEqualTo("policy-key");
        assertThat(ask.program()).isEqualTo("policy.example.org:8443");
        assertThat(ask.place()).hasToString("f:18:16 pipelines.p.stages[1].gate.ask");
        assertThat(gate.outputs()).containsExactly("approver", "comment", "inputs.window", "inputs.replicas");
    }

    @ParameterizedTest
    @CsvSource({"required, REQUIRED", "optional, OPTIONAL", "none, NONE"})
    void commentRuleIsRead(String word, Gate.CommentRule rule) {
        assertThat(gate("comment: " + word).comment()).isEqualTo(rule);
    }

    @Test
    void timeoutMayMeanYes() {
        Gate gate = gate("{timeout: 30m, onTimeout: approve}");
        assertThat(gate.approveOnTimeout()).isTrue();
        assertThat(gate.timeout()).contains(Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: x} | TEXT",
                "{name: x, type: text} | TEXT",
                "{name: x, type: number} | NUMBER",
                "{name: x, type: flag} | FLAG",
                "{name: x, type: choice, choices: [a]} | CHOICE",
                "{name: x, choices: [a]} | CHOICE",
            })
    void typeOfAnInputIsReadOrFollowsFromItsChoices(String input, GateInput.Type type) {
        GateInput read = gate("inputs: [" + input + "]").inputs().get(0);
        assertThat(read.type()).isEqualTo(type);
        assertThat(read.required()).isTrue();
        assertThat(read.fallback()).isEmpty();
        assertThat(read.description()).isEmpty();
    }

    @Test
    void inputMayBeOptional() {
        assertThat(gate("inputs: [{name: x, required: false}]").inputs().get(0).required())
                .isFalse();
        assertThat(gate("inputs: [{name: x, required: true}]").inputs().get(0).required())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://policy.example.org/decide, policy.example.org",
        "http://localhost:8080, localhost:8080",
        "HTTPS://Policy.Example.org, Policy.Example.org",
        "https://[::1]:8443/x, [::1]:8443",
        "https://host?x=1, host"
    })
    void programIsNamedForItsAddress(String url, String program) {
        Gate.Ask ask = gate("ask: {url: '" + url + "'}").ask().orElseThrow();
        assertThat(ask.program()).isEqualTo(program);
        assertThat(ask.secret()).isEmpty();
    }

    @Test
    void onTimeoutWithoutATimeoutIsAWarning() {
        assertThat(problems("onTimeout: reject"))
                .containsExactly(
                        """
                        f:8:11: warning[missing-key] pipelines.p.stages[1].gate.onTimeout: the key 'timeout' is missing
                          hint: say how long to wait; without it the gate waits for ever""");
        assertThat(found(file("onTimeout: reject")))
                .extracting(Problem::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void shownFileOutsideTheRepositoryIsFoundWhereItStands() {
        assertThat(problems("show:\n  - out/plan.txt\n  - ../plan.txt"))
                .containsExactly(
                        """
                        f:10:15: error[path-outside] pipelines.p.stages[1].gate.show[1]: the path '../plan.txt' leaves the repository
                          hint: use a path below the top of the repository, without a leading '/'""");
    }

    @Test
    void tooFewApproversAreFoundAtTheirCount() {
        assertThat(problems("approvers:\n  users: [ada, bob]\n  count: 3"))
                .containsExactly(
                        """
                        f:10:20: error[too-few-approvers] pipelines.p.stages[1].gate.approvers.count: 3 approvals are asked for, but only 2 can be given
                          hint: name more approvers, or lower 'count'""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ada, ada]", "[ada, Ada]", "[ada, ADA, ada]"})
    void userNamedTwiceCountsOnce(String users) {
        assertThat(problems("approvers: {users: " + users + ", count: 2}").get(0))
                .contains("2 approvals are asked for, but only 1 can be given");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approvers: {count: 9}",
                "approvers: {groups: [g], count: 9}",
                "approvers: {users: [ada], groups: [g], count: 9}",
                "approvers: {users: [ada, bob], count: 2}",
                "{ask: {url: 'https://host'}, approvers: {users: [ada], count: 2}}",
            })
    void countThatMayBeReachedIsLeftAlone(String gate) {
        assertThat(problems(gate)).isEmpty();
    }

    @Test
    void programAloneHasOneVote() {
        assertThat(problems("ask: {url: 'https://host'}\napprovers: {count: 2}").get(0))
                .startsWith("f:9:30: error[too-few-approvers]")
                .contains("2 approvals are asked for, but only 1 can be given");
    }

    @Test
    void approvalByTimeNeedsADefaultForEveryInputThatMustBeThere() {
        assertThat(
                        problems(
                                """
                                timeout: 1h
                                onTimeout: approve
                                inputs:
                                  - {name: a, default: x}
                                  - {name: b, required: false}
                                  - {name: c}
                                """))
                .containsExactly(
                        """
                        f:13:15: error[missing-key] pipelines.p.stages[1].gate.inputs[2]: the key 'default' is missing
                          hint: with 'onTimeout: approve' nobody may be there to enter a value""");
    }

    @Test
    void inputThatIsNamedTwiceSaysWhereTheFirstOneIs() {
        assertThat(problems("inputs:\n  - {name: a}\n  - {name: b}\n  - {name: a, type: number}"))
                .containsExactly(
                        """
                        f:11:22: error[duplicate-name] pipelines.p.stages[1].gate.inputs[2].name: the input 'a' is defined twice, first on line 9
                          hint: give each input a name of its own""");
    }

    @Test
    void choiceWithoutChoicesIsFound() {
        assertThat(problems("inputs: [{name: x, type: choice}]"))
                .containsExactly(
                        """
                        f:8:20: error[missing-key] pipelines.p.stages[1].gate.inputs[0]: the key 'choices' is missing
                          hint: list what may be chosen""");
    }

    @Test
    void choiceWithoutChoicesButWithADefaultIsOneProblem() {
        assertThat(problems("inputs: [{name: x, type: choice, default: a}]"))
                .singleElement()
                .asString()
                .contains("the key 'choices' is missing");
    }

    @Test
    void choicesBesideAnotherTypeAreFoundAtTheKey() {
        assertThat(problems("inputs: [{name: x, type: number, choices: [1, 2]}]"))
                .containsExactly(
                        """
                        f:8:44: error[conflicting-keys] pipelines.p.stages[1].gate.inputs[0].choices: 'choices' cannot stand beside 'type: number'
                          hint: remove one of them""");
    }

    @Test
    void emptyListOfChoicesIsOneProblem() {
        assertThat(problems("inputs: [{name: x, choices: []}]"))
                .singleElement()
                .asString()
                .contains("error[empty-value]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: number, default: many | 'many' is not allowed here | give a number such as 3 or 0.5, as for 'x' itself",
                "type: flag, default: yes | 'yes' is not allowed here | give true or false, as for 'x' itself",
                "choices: [a, b], default: c | 'c' is not allowed here | give one of a, b, as for 'x' itself",
            })
    void defaultMustBeWhatTheInputAccepts(String keys, String message, String hint) {
        assertThat(found(file("inputs: [{name: x, " + keys + "}]")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code().id()).isEqualTo("invalid-value");
                    assertThat(problem.message()).isEqualTo(message);
                    assertThat(problem.hint()).isEqualTo(hint);
                    assertThat(problem.place().path()).isEqualTo("pipelines.p.stages[1].gate.inputs[0].default");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy.example.org",
                "ftp://host/",
                "https://",
                "https:// host",
                "https://user:password@host/",
                "https://host:port/",
                "/decide",
                "${run.url}",
                "https://${host}/"
            })
    void addressThatCannotBeAskedIsFound(String url) {
        assertThat(problems("ask: {url: '" + url + "'}"))
                .singleElement()
                .asString()
                .startsWith("f:8:22: error[invalid-value] pipelines.p.stages[1].gate.ask.url: '" + url)
                .endsWith("give a whole address that begins with https:// or http://");
    }

    @Test
    void problemsOfTheShapeAreFoundOnceAndNothingIsThrown() {
        assertThat(problems("ask: {secret: key}")).singleElement().asString().contains("the key 'url' is missing");
        assertThat(problems("inputs: [{type: text}]"))
                .singleElement()
                .asString()
                .contains("the key 'name' is missing");
        assertThat(problems("approvers: {users: ada}"))
                .singleElement()
                .asString()
                .contains("write [ada]");
        assertThat(problems("approvers: ada")).singleElement().asString().contains("error[wrong-type]");
        assertThat(problems("approvers: {users: [ada], count: 0}"))
                .singleElement()
                .asString()
                .contains("error[wrong-type]");
        assertThat(problems("timeout: soon")).singleElement().asString().contains("error[invalid-duration]");
        assertThat(problems("comment: maybe")).singleElement().asString().contains("error[invalid-value]");
        assertThat(problems("approvers: {exclude: [editor]}"))
                .singleElement()
                .asString()
                .contains("error[invalid-value]");
        assertThat(problems("mesage: x?")).singleElement().asString().contains("did you mean 'message'?");
        assertThat(problems("yes")).singleElement().asString().contains("error[wrong-type]");
    }

    private static List<String> shown(String keeper, String gateKeys, String show) {
        String file = "version: 1\npipelines:\n  p:\n    stages:\n      - {name: plan, needs: [], " + keeper + "}\n"
                + "      - {name: ask, " + gateKeys + "gate: {show: ['" + show + "']}}\n";
        return found(file).stream().map(Problem::toString).toList();
    }

    @Test
    void shownFileThatNobodyKeepsIsFoundWhereItStands() {
        assertThat(problems("show: [out/plan.txt, out/plan.json]"))
                .containsExactly(
                        """
                        f:8:32: error[nothing-to-show] pipelines.p.stages[1].gate.show[1]: no stage before the gate keeps an artifact that 'out/plan.json' could be
                          hint: add it to the artifacts of such a stage""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan.txt", "'*.txt'", "'**'", "'pl?n.txt'", "'${.stage}.txt'"})
    void whatMayBeKeptMayBeShown(String artifact) {
        assertThat(shown("script: x, artifacts: [" + artifact + "]", "needs: [plan], ", "plan.txt"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.txt", "**/*.json", "${plan.stage}.txt", "{a,b}.txt"})
    void patternsAreLeftAloneIfAnythingIsKept(String show) {
        assertThat(shown("script: x, artifacts: [other.md]", "needs: [plan], ", show))
                .isEmpty();
        assertThat(shown("script: x", "needs: [plan], ", show))
                .singleElement()
                .asString()
                .contains("error[nothing-to-show]");
    }

    @Test
    void onlyStagesBeforeTheGateCount() {
        assertThat(shown("script: x, artifacts: [plan.txt]", "needs: [], ", "plan.txt"))
                .singleElement()
                .asString()
                .contains("error[nothing-to-show]");
    }

    @Test
    void artifactsOfEarlierPipelinesAndOfFarStagesCount() {
        String file =
                """
                version: 1
                pipelines:
                  early:
                    stages:
                      - {name: plan, script: x, artifacts: [plan.txt]}
                      - {name: other, script: x}
                  p:
                    needs: [early]
                    stages:
                      - {name: wait, script: x}
                      - {name: ask, gate: {show: [plan.txt]}}
                """;
        assertThat(gateOf(file).show()).hasSize(1);
    }

    @Test
    void pathsAreSeenFromTheDirectoriesOfTheStages() {
        String file =
                """
                version: 1
                pipelines:
                  p:
                    directory: services/api
                    stages:
                      - {name: plan, directory: infra, script: x, artifacts: ['out/*.txt']}
                      - {name: ask, gate: {show: ['%s']}}
                """;
        assertThat(gateOf(file.formatted("../../infra/out/plan.txt")).show()).hasSize(1);
        assertThat(found(file.formatted("out/plan.txt")))
                .extracting(problem -> problem.code().id())
                .containsExactly("nothing-to-show");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${gate.approvr} | did you mean 'approver'? It has: approver, comment, inputs.window.",
                "${gate.inputs.widow} | did you mean 'inputs.window'? It has: approver, comment, inputs.window.",
                "${ask.inputs.widow} | did you mean 'inputs.window'? Its outputs: stage, approver, comment, inputs.window.",
            })
    void referenceToWhatAGateDoesNotLeaveIsFound(String reference, String hint) {
        String file =
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: ask, gate: {inputs: [{name: window}]}}
                      - {name: b, script: 'echo %s'}
                """;
        assertThat(found(file.formatted(reference))).singleElement().satisfies(problem -> {
            assertThat(problem.code().id()).isEqualTo("unknown-reference");
            assertThat(problem.hint()).isEqualTo(hint);
        });
        assertThat(found(file.formatted(reference.replace("}", "|x}")))).isEmpty();
    }

    @Test
    void gateThatDoesNotComeBeforeLeavesNothing() {
        String file =
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: ask, needs: [], gate: {message: 'by ${gate.approver}?'}}
                      - {name: b, needs: [], script: 'echo ${gate.approver}'}
                """;
        assertThat(found(file))
                .extracting(problem -> problem.place().path(), Problem::message)
                .containsExactly(
                        Tuple.tuple(
                                "pipelines.p.stages[0].gate.message",
                                "'${gate.approver}' can never resolve: 'gate' has no value 'approver' here"),
                        Tuple.tuple(
                                "pipelines.p.stages[1].script",
                                "'${gate.approver}' can never resolve: 'gate' has no value 'approver' here"));
    }

    @Test
    void referencesInTheQuestionAndInWhatIsShownAreChecked() {
        assertThat(problems("message: 'Apply ${plan.digest}?'\nshow: ['${nobody.path}/plan.txt']"))
                .anyMatch(problem -> problem.startsWith("f:8:20: error[unknown-reference]"))
                .anyMatch(problem -> problem.startsWith("f:9:18: error[unknown-reference]"));
    }
}
