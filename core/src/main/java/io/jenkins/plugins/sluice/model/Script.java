package io.jenkins.plugins.sluice.model;

import java.util.List;

/** Commands for a shell, run as one script. */
public record Script(Shell shell, List<Template> commands) {
    public Script {
        commands = List.copyOf(commands);
    }
}
