package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptFileTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../b", "a/./b", "a//b", "a/", ".", "..", "a\0b"})
    void pathThatLeavesTheWorkspaceIsRefused(String path) {
        assertThatThrownBy(() -> new KeptFile(path, DIGEST, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "..a", "a..", "...", "ü/ b", "a\\b"})
    void pathBelowTheWorkspaceIsTaken(String path) {
        assertThat(new KeptFile(path, DIGEST, 0, true).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", "../../x"})
    void otherDigestsAreRefused(String digest) {
        assertThatThrownBy(() -> new KeptFile("a", digest, 1, false)).hasMessageContaining("no SHA-256 digest");
    }

    @Test
    void negativeSizeIsRefused() {
        assertThatThrownBy(() -> new KeptFile("a", DIGEST, -1, false)).hasMessageContaining("negative");
    }
}
