package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatrixTest {
    @Test
    void excludesAndIncludes() {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("os", List.of("linux", "mac"));
        axes.put("jdk", List.of("17", "21"));
        Matrix matrix = new Matrix(
                axes,
                List.of(Map.of("os", "mac", "jdk", "17")),
                List.of(Map.of("os", "bsd"), Map.of("os", "linux", "jdk", "17")));
        assertThat(matrix.combinations().stream().map(Matrix::label))
                .containsExactly("[os=linux,jdk=17]", "[os=linux,jdk=21]", "[os=mac,jdk=21]", "[os=bsd]");
        assertThat(matrix.names()).containsExactly("os", "jdk");
    }

    @Test
    void includesAloneAreEnough() {
        assertThat(new Matrix(Map.of(), List.of(), List.of(Map.of("a", "1"))).combinations())
                .containsExactly(Map.of("a", "1"));
    }

    @Test
    void differentCombinationsNeverLookAlike() {
        assertThat(Matrix.label(Map.of("a", "1,b=2"))).isEqualTo("[a=\"1,b=2\"]");
        assertThat(new Matrix(Map.of("a", List.of("1", "1")), List.of(), List.of()).combinations())
                .hasSize(1);
    }

    @Test
    void sizeOfManyAxesDoesNotOverflow() {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            axes.put("a" + i, List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
        }
        assertThat(new Matrix(axes, List.of(), List.of()).size()).isGreaterThan(Matrix.MAX_COMBINATIONS);
    }
}
