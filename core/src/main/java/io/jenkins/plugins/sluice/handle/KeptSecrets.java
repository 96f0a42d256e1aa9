package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.run.InstructionResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps secrets out of what a host of steps keeps of a run: values of outputs are kept in clear text there, and shown. */
public final class KeptSecrets {
    /** What a script of Sluice ends with if the output that is to be kept holds a secret. */
    static final int EXIT_CODE = 86;

    private KeptSecrets() {}

    /**
     * The result, or a failure in its place if a text that was read holds a secret.
     *
     * @param variables the names of the variables that hold secrets
     * @param environment with their values
     */
    public static InstructionResult without(
            InstructionResult result, List<String> variables, Map<String, String> environment) {
        if (!(result instanceof InstructionResult.FileRead read)) {
            return result;
        }
        String text = read.text().orElse("");
        Optional<String> held = variables.stream()
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .filter(variable -> text.contains(environment.getOrDefault(variable, "")))
                .findFirst();
        return held.<InstructionResult>map(variable -> new InstructionResult.WorkFailed(words(variable)))
                .orElse(result);
    }

    static String words(String variable) {
        return "an output holds the secret of " + variable
                + ", and would be kept in clear text: give later stages the credential instead";
    }
}
