package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildVariablesTest {
    @Test
    void zuulSaysWhereTheSourcesAre() {
        BuildVariables zuul = new BuildVariables(Map.of(
                "ZUUL_URL", "git://merger.test/",
                "ZUUL_PROJECT", "shop/api",
                "ZUUL_REF", "refs/zuul/main/Z1",
                "ZUUL_COMMIT", "abc",
                "ZUUL_CHANGE", "17",
                "ZUUL_PATCHSET", "2",
                "ZUUL_BRANCH", "main",
                "ZUUL_PIPELINE", "gate"));
        assertThat(zuul.source())
                .containsEntry("url", "git://merger.test/shop/api")
                .containsEntry("ref", "refs/zuul/main/Z1")
                .containsEntry("commit", "abc");
        assertThat(zuul.facts())
                .containsEntry("event", "gate")
                .containsEntry("change", "17")
                .containsEntry("patchset", "2")
                .containsEntry("branch", "main");
        assertThat(zuul.checkout().toString())
                .contains("GitSCM", "refs/zuul/main/Z1", "depth=20", "noTags=true", "disableSubmodules=true");
        assertThat(zuul.checkout()).extracting(step -> step.get("step")).containsExactly("deleteDir", "checkout");
        assertThat(zuul.project()).isEqualTo("shop/api");
    }

    @Test
    void soDoesGerrit() {
        BuildVariables gerrit = new BuildVariables(Map.of(
                "GERRIT_SCHEME", "ssh",
                "GERRIT_HOST", "review.test",
                "GERRIT_PORT", "29418",
                "GERRIT_PROJECT", "shop",
                "GERRIT_REFSPEC", "refs/changes/17/17/2",
                "GERRIT_PATCHSET_REVISION", "def",
                "GERRIT_CHANGE_OWNER_EMAIL", "ada@example.org",
                "GERRIT_EVENT_TYPE", "patchset-created"));
        assertThat(gerrit.source())
                .containsEntry("url", "ssh://review.test:29418/shop")
                .containsEntry("ref", "refs/changes/17/17/2")
                .containsEntry("commit", "def");
        assertThat(gerrit.facts())
                .containsEntry("author", "ada@example.org")
                .containsEntry("event", "patchset-created");
    }

    @Test
    void otherwiseTheJobSays() {
        BuildVariables plain = new BuildVariables(Map.of("BRANCH_NAME", "main", "TAG_NAME", "v1"));
        assertThat(plain.source()).isEmpty();
        assertThat(plain.facts()).containsEntry("branch", "main").containsEntry("tag", "v1");
        assertThat(plain.checkout()).extracting(step -> step.get("step")).containsExactly("deleteDir", "checkout");
    }

    @Test
    void whoeverUploadsAPatchSetIsAnAuthorToo() {
        BuildVariables gerrit = new BuildVariables(
                Map.of("GERRIT_CHANGE_OWNER_EMAIL", "ada@x", "GERRIT_PATCHSET_UPLOADER_EMAIL", "eve@x"));
        assertThat(gerrit.authors()).containsExactly("ada@x", "eve@x");
        assertThat(new BuildVariables(Map.of("CHANGE_AUTHOR", "bob")).authors()).containsExactly("bob");
        assertThat(new BuildVariables(Map.of("ZUUL_CHANGE", "7")).authors()).isEmpty();
    }
}
