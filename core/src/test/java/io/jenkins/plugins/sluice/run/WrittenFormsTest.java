package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written down of results and of instructions is read again as it was. */
class WrittenFormsTest {
    private static final KeptFile FILE = new KeptFile("out/a.txt", "0123456789abcdef".repeat(4), 7, true);

    static Stream<InstructionResult> results() {
        return Stream.of(
                new InstructionResult.Done(),
                new InstructionResult.ScriptEnded(3),
                new InstructionResult.TimedOut(Duration.ofSeconds(90)),
                new InstructionResult.Aborted("by ada"),
                new InstructionResult.AgentLost("gone"),
                new InstructionResult.Broken("no disk"),
                new InstructionResult.FileRead(Optional.of("a\nb")),
                new InstructionResult.FileRead(Optional.empty()),
                new InstructionResult.Kept(List.of(FILE), List.of("*.jar"), List.of("x")),
                new InstructionResult.TestsRead(new TestReport(5, 1, 1, 1, List.of("A.b", "A.c")), List.of("*.xml")),
                new InstructionResult.WorkFailed("no"),
                new InstructionResult.ImageBuilt("sha256:a"),
                new InstructionResult.ContainerEnded("c", 2, "last\nlines"),
                new InstructionResult.ImagePushed("sha256:b"),
                new InstructionResult.JobStarted(Optional.of("FAILURE")),
                new InstructionResult.JobStarted(Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("results")
    void resultsAreReadAgain(InstructionResult result) {
        String text = ResultJson.write(result);
        assertThat(text).doesNotContain("\n");
        assertThat(ResultJson.read(text)).isEqualTo(result);
    }

    static Stream<Instruction> instructions() {
        return Stream.of(
                new Instruction.RestoreArtifacts(List.of(FILE)),
                new Instruction.KeepArtifacts(List.of("out/**"), false),
                new Instruction.PublishTests(List.of("*.xml")),
                new Instruction.ReadFile("a"),
                new Instruction.WriteFile("a", "text"),
                new Instruction.DeleteFiles("a"));
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void instructionsAboutFilesAreReadAgain(Instruction instruction) {
        assertThat(FileInstructionJson.read(
                        FileInstructionJson.write(instruction).orElseThrow()))
                .isEqualTo(instruction);
    }

    @Test
    void otherInstructionsAreNotAboutFiles() {
        assertThat(FileInstructionJson.write(new Instruction.StartJob("a", Map.of(), true)))
                .isEmpty();
    }

    @Test
    void whatIsNoSuchTextIsRefused() {
        assertThatThrownBy(() -> ResultJson.read("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResultJson.read("{\"result\":\"new\"}")).hasMessageContaining("'new' is no result");
        assertThatThrownBy(() -> FileInstructionJson.read("[")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileInstructionJson.read("{\"do\":\"eat\"}")).hasMessageContaining("'eat'");
    }
}
