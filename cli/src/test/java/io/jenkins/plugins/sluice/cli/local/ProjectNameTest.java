package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name of a project, on which the names of its images depend. */
class ProjectNameTest {
    @ParameterizedTest
    @CsvSource({
        "https://gerrit.example/r/mediawiki/services/api, mediawiki/services/api",
        "https://bot@gerrit.example/r/a/mediawiki/services/api, mediawiki/services/api",
        "ssh://bot@gerrit.example:29418/mediawiki/services/api, mediawiki/services/api",
        "https://git.example/group/shop.git, group/shop",
        "https://git.example/group/shop.git/, group/shop",
        "git@git.example:group/shop.git, group/shop",
        "git@git.example:/group/shop, group/shop",
        "/srv/git/shop.git, srv/git/shop",
        "file:///srv/git/shop, srv/git/shop",
        "https://git.example/, ''"
    })
    void isThePathInTheAddress(String remote, String name) {
        assertThat(ProjectName.of(remote)).isEqualTo(name);
    }
}
