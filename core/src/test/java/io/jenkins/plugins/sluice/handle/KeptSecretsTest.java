package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.run.InstructionResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptSecretsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "s3cr3t", "EMPTY", "");

    private static InstructionResult read(String text) {
        return KeptSecrets.without(
                new InstructionResult.FileRead(Optional.of(text)), List.of("TOKEN", "EMPTY", "UNSET"), ENVIRONMENT);
    }

    @Test
    void aTextWithASecretIsAFailureThatDoesNotSayIt() {
        assertThat(read("A=it is s3cr3t!\n"))
                .isInstanceOf(InstructionResult.WorkFailed.class)
                .asString()
                .contains("the secret of TOKEN")
                .doesNotContain("s3cr3t");
    }

    @Test
    void everythingElseStays() {
        assertThat(read("A=b\n")).isEqualTo(new InstructionResult.FileRead(Optional.of("A=b\n")));
        assertThat(KeptSecrets.without(new InstructionResult.Done(), List.of("TOKEN"), ENVIRONMENT))
                .isEqualTo(new InstructionResult.Done());
        assertThat(KeptSecrets.without(new InstructionResult.FileRead(Optional.empty()), List.of("TOKEN"), ENVIRONMENT))
                .isEqualTo(new InstructionResult.FileRead(Optional.empty()));
    }

    @Test
    void onlyARunNamesSteps() {
        NamedStep step = Call.of("echo", Call.arguments("message", "x")).map();
        assertThat(NamedStep.of(step)).isSameAs(step);
        assertThatThrownBy(() -> NamedStep.of(Map.of("step", "echo"))).hasMessageContaining("not named by a run");
    }
}
