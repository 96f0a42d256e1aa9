package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.UnfitValueException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Variables on their way into a container. They are never arguments, which every user of the machine can see: the program
 * takes them from its own environment, and those that it would take for its own from a private file.
 *
 * @param environment goes into the environment of the program
 * @param file the lines of the file
 */
public record HandedVariables(Map<String, String> environment, List<String> file) {
    public HandedVariables {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        file = List.copyOf(file);
    }

    /** What the programs look at themselves: the value for the container must not change what they do. */
    private static final Pattern CLIENTS_OWN = Pattern.compile("PATH|HOME|TMPDIR|GODEBUG|GOGC|GOMAXPROCS|GOMEMLIMIT"
            + "|(DOCKER|BUILDKIT|BUILDX|CONTAINERS?|BUILDAH|PODMAN|LD|XDG|STORAGE)_.*"
            + "|REGISTRY_AUTH_FILE|SSH_AUTH_SOCK|SSL_CERT_(FILE|DIR)|.*_(proxy|PROXY)");

    /** Others would mean something of their own, such as all variables that begin so. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    /**
     * How some variables are handed over.
     *
     * @throws UnfitValueException if one of them cannot be
     */
    public static HandedVariables of(Map<String, String> variables) {
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> file = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new UnfitValueException("'" + name + "' is no name of a variable");
            }
            if (!CLIENTS_OWN.matcher(name).matches()) {
                environment.put(name, value);
            } else if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
                file.add(name + "=" + value);
            } else {
                throw new UnfitValueException("the variable " + name
                        + " cannot have several lines in a container: the engine has a use of its own for it");
            }
        });
        return new HandedVariables(environment, file);
    }
}
