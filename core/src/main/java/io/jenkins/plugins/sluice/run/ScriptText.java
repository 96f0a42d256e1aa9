package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Script;
import io.jenkins.plugins.sluice.model.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A script with its references turned into environment variables. The value of a reference is never part of the text, so
 * whatever it holds, it cannot become a command.
 */
record ScriptText(String text, Map<String, String> variables) {
    static ScriptText of(Script script, Function<Reference, String> value) {
        Map<String, String> variables = new LinkedHashMap<>();
        Map<Reference, String> names = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Template command : script.commands()) {
            text.append(command.resolve(reference -> {
                String name = names.computeIfAbsent(reference, r -> name(r, variables));
                variables.put(name, value.apply(reference));
                return "${" + name + "}";
            }));
            text.append('\n');
        }
        return new ScriptText(text.toString(), variables);
    }

    /** Telling names help whoever reads the environment; two references never share one. */
    private static String name(Reference reference, Map<String, String> taken) {
        String base = "SLUICE_VALUE_" + reference.name().replaceAll("[^A-Za-z0-9]", "_");
        String name = base;
        for (int i = 2; taken.containsKey(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }
}
