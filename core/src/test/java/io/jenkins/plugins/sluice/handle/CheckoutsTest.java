package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.Fetch;
import io.jenkins.plugins.sluice.model.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckoutsTest {
    private static final Map<String, String> ZUUL =
            Map.of("url", "git://merger.test/shop", "ref", "refs/zuul/main/Z1", "commit", "abc");

    @BeforeEach
    void reset() {
        FakeController.reset();
    }

    private static Fetch fetch(boolean shallow, int depth, boolean submodules, boolean tags) {
        return new Fetch(Optional.of(shallow), Optional.of(depth), Optional.of(submodules), Optional.of(tags));
    }

    private static Map<?, ?> scm(Fetch fetch) {
        List<Call> calls = Checkouts.of(ZUUL, fetch);
        assertThat(calls).extracting(Call::step).containsExactly("deleteDir", "checkout");
        return (Map<?, ?>) calls.get(1).arguments().get("scm");
    }

    private static List<?> extensions(Fetch fetch) {
        return (List<?>) scm(fetch).get("extensions");
    }

    @Test
    void zuulsRefIsFetchedAsPipelineLibDoesIt() {
        Map<?, ?> scm = scm(Fetch.UNSAID);
        assertThat(scm.get("$class")).isEqualTo("GitSCM");
        assertThat(scm.get("branches")).isEqualTo(List.of(Map.of("name", "abc")));
        assertThat(scm.get("userRemoteConfigs"))
                .isEqualTo(List.of(Map.of("url", "git://merger.test/shop", "refspec", "refs/zuul/main/Z1")));
        assertThat(scm.get("extensions"))
                .isEqualTo(List.of(
                        Map.of(
                                "$class",
                                "CloneOption",
                                "shallow",
                                true,
                                "depth",
                                20,
                                "noTags",
                                true,
                                "honorRefspec",
                                true),
                        Map.of(
                                "$class",
                                "SubmoduleOption",
                                "shallow",
                                true,
                                "depth",
                                20,
                                "recursiveSubmodules",
                                true)));
    }

    @Test
    void theOptionsOfThePipelineGoBeforeThat() {
        assertThat(extensions(fetch(true, 2, false, true)))
                .isEqualTo(List.of(
                        Map.of(
                                "$class",
                                "CloneOption",
                                "shallow",
                                true,
                                "depth",
                                2,
                                "noTags",
                                false,
                                "honorRefspec",
                                true),
                        Map.of("$class", "SubmoduleOption", "disableSubmodules", true)));
        assertThat(extensions(fetch(false, 2, true, false)))
                .isEqualTo(List.of(
                        Map.of(
                                "$class",
                                "CloneOption",
                                "shallow",
                                false,
                                "depth",
                                0,
                                "noTags",
                                true,
                                "honorRefspec",
                                true),
                        Map.of(
                                "$class",
                                "SubmoduleOption",
                                "shallow",
                                false,
                                "depth",
                                0,
                                "recursiveSubmodules",
                                true)));
    }

    @Test
    void whereTheJobSaysTheStepHasWhatThePipelineSays() {
        assertThat(Checkouts.of(Map.of(), Fetch.UNSAID).get(1).arguments()).isEmpty();
        assertThat(Checkouts.of(Map.of(), fetch(true, 2, false, true)).get(1).arguments())
                .isEqualTo(Map.of("shallow", true, "depth", 2, "submodules", false, "tags", true));
    }

    @Test
    void everyGroupHasTheOptionsOfItsPipeline() {
        Walker walker = Walker.of(
                """
                version: 1
                pipelines:
                  api:
                    fetch: {depth: 5}
                    matrix: {node: [18, 20]}
                    stages: [{name: a, script: make}, {name: b, agent: other, script: make}]
                  web: {stages: [{name: c, script: make}]}
                  docs: {fetch: {submodules: false}, stages: [{name: d, script: make}]}
                """);
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        Map<String, Object> api = Map.of("shallow", true, "depth", 5);
        assertThat(walker.taken)
                .filteredOn(step -> step.get("step").equals("checkout"))
                .extracting(step -> step.get("args"))
                .containsExactlyInAnyOrder(api, api, api, api, Map.of(), Map.of("submodules", false));
    }

    @Test
    void theHostPutsThemIntoWhatTheJobHas() {
        RunHandle run =
                RunHandle.begin(Walker.prepared("version: 1\npipelines: {api: {stages: [{name: a, script: make}]}}")
                        .basis()
                        .orElseThrow());
        Map<String, Object> depth = Map.of("shallow", true, "depth", 5);
        assertThat(Checkouts.arguments(run, "scm", depth))
                .isEqualTo(Map.of("scm", Map.of("of", "scm", "options", depth), "changelog", false, "poll", false));
        assertThat(Checkouts.arguments(null, "scm", Map.of())).isEqualTo(Map.of("scm", "scm"));
    }

    /** Such texts were kept before pipelines had a say in it. */
    @Test
    void aSourceThatStillHasADepthOfItsOwnIsRead() {
        String old = RunHandle.begin(
                        Walker.prepared("version: 1\npipelines: {api: {stages: [{name: a, script: make}]}}")
                                .basis()
                                .orElseThrow())
                .json()
                .replace(
                        "\"source\":{}",
                        "\"source\":{\"url\":\"git://merger.test/shop\",\"ref\":\"refs/zuul/1\",\"depth\":\"20\"}");
        assertThat(HandleJson.read(old, Controller.find()).enter(0).toString())
                .contains("depth=20", "refs/zuul/1", "FETCH_HEAD");
    }

    @Test
    void aRefThatMovesOnIsHeldToTheCommitOfTheRun() {
        RunBasis began = Walker.draft().toBuilder()
                .trigger(new Trigger(Map.of("commit", "abc"), Optional.empty(), Map.of()))
                .source(Map.of("url", "git://merger.test/shop", "ref", "refs/heads/main"))
                .build();
        assertThat(began.sourceOfRun()).containsEntry("commit", "abc");
        assertThat(began.toBuilder().source(ZUUL).build().sourceOfRun()).isEqualTo(ZUUL);
        assertThat(began.toBuilder().source(Map.of()).build().sourceOfRun()).isEmpty();
    }
}
