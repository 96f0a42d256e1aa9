package io.jenkins.plugins.sluice.model;

import java.util.List;

/** What runs a script. Both stop at the first command that fails; only bash can see a failure inside a pipe. */
public enum Shell {
    BASH("bash"),
    SH("sh");

    private final String program;

    Shell(String program) {
        this.program = program;
    }

    public String program() {
        return program;
    }

    /** The options before the name of the script file. */
    public List<String> options() {
        return this == BASH ? List.of("-e", "-o", "pipefail") : List.of("-e");
    }
}
