package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.model.UnfitValueException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of a job as variables of its command. */
final class JobCommand {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Variables by which a shell, a loader or a language would run something else than the administrator wrote. */
    private static final Pattern POWERFUL = Pattern.compile(
            "(LD|DYLD|BASH|GIT|SSH|SLUICE|PYTHON|PERL|RUBY|NODE|NPM|JAVA|JDK|MAVEN|GRADLE|DOCKER|HELM|KUBE|GCONV|GLIBC)_.*"
                    + "|BASH.*|PYTHON.*|PERL5.*|RUBY.*|NODE.*|KUBECONFIG|_JAVA_OPTIONS|CLASSPATH"
                    + "|PATH|HOME|USER|SHELL|ENV|IFS|PS[0-9]|SHELLOPTS|CDPATH|TMPDIR|EDITOR|PAGER|LANG|LC_.*|TERM|MAKEFLAGS"
                    + "|PROMPT_COMMAND|http_proxy|https_proxy|no_proxy|HTTP_PROXY|HTTPS_PROXY|NO_PROXY|_");

    private JobCommand() {}

    /**
     * The same map, if every name of it can be a variable.
     *
     * @param taken names that the command has from elsewhere
     * @throws UnfitValueException with the name that cannot
     */
    static Map<String, String> checked(Map<String, String> parameters, Set<String> taken) {
        parameters.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new UnfitValueException("the parameter '" + name + "' cannot be the name of a variable");
            }
            if (taken.contains(name) || POWERFUL.matcher(name).matches()) {
                throw new UnfitValueException(
                        "the parameter '" + name + "' is a variable that means something already");
            }
            if (value.indexOf('\0') >= 0) {
                throw new UnfitValueException("the parameter '" + name + "' holds a null character");
            }
        });
        return parameters;
    }
}
