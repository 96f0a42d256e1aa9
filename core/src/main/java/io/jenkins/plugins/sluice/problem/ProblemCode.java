package io.jenkins.plugins.sluice.problem;

import java.util.Locale;
import java.util.Map;

/**
 * The catalogue: every kind of problem with its texts. {@code {0}}, {@code {1}} … stand for the values at hand; the first
 * text is the message, the second the hint. Every code has an entry in {@code docs/errors.md} and a fixture.
 */
public enum ProblemCode {
    // The file as a whole
    CONFIG_MISSING("there is no {0}", "write one, or name another file; docs/config.md shows the format"),
    FILE_UNREADABLE("the file cannot be read: {0}", "check that it is a regular file and that you may read it"),
    FILE_TOO_LARGE("the file has {0} bytes, the limit is {1}", "split the repository's pipelines or generate less"),
    LINE_TOO_LONG("the line has more than {0} characters", "break it, or put the text into a file of its own"),
    INVALID_UTF8("byte {0} is not valid UTF-8", "save the file as UTF-8"),
    YAML_SYNTAX("{0}", "{1}"),
    YAML_TOO_DEEP("values are nested more than {0} deep", "flatten the structure"),
    YAML_TOO_MANY_VALUES("the file has more than {0} values after its aliases are expanded", "use fewer aliases"),
    YAML_ALIAS("alias '*{0}' {1}", "define the anchor '&{0}' before the alias and outside the value it names"),
    YAML_TAG("the tag '{0}' is not allowed", "remove it: only plain YAML values are read, nothing is constructed"),
    YAML_DOCUMENTS("the file holds more than one YAML document", "keep one document; remove the '---' line"),
    DUPLICATE_KEY("the key '{0}' is given twice, first on line {1}", "keep one of them"),
    FOREIGN_FORMAT("this is {0}, not a Sluice file", "{1}"),
    UNSUPPORTED_VERSION("version {0} is not known", "write 'version: 1', or no version for PipelineLib's meaning"),

    // The shape of values
    UNKNOWN_KEY("the key '{0}' is not known here", "{1}"),
    MISSING_KEY("the key '{0}' is missing", "{1}"),
    WRONG_TYPE("{0} is expected, but this is {1}", "{2}"),
    INVALID_VALUE("'{0}' is not allowed here", "{1}"),
    INVALID_NAME("'{0}' is not a valid {1}", "use letters, digits, '.', '_' and '-', beginning with a letter or digit"),
    INVALID_DURATION("'{0}' is not a duration", "give a number and a unit: 90s, 30m, 2h or 2d"),
    EMPTY_VALUE("{0} is empty", "{1}"),
    PATH_OUTSIDE(
            "the path '{0}' leaves the repository",
            "use a path below the top of the repository, without a leading '/'"),
    CONFLICTING_KEYS("'{0}' cannot stand beside '{1}'", "{2}"),

    // What values mean together
    RESERVED_NAME("the stage name '{0}' is reserved", "choose another: '${{0}.…}' means something else in references"),
    DUPLICATE_NAME("the {0} '{1}' is defined twice, first on line {2}", "give each {0} a name of its own"),
    UNKNOWN_STAGE("stage '{0}' is not defined", "{1}"),
    UNKNOWN_PIPELINE("pipeline '{0}' is not defined", "{1}"),
    CYCLE("{0} wait for one another: {1}", "remove one of these needs"),
    UNREACHABLE_STAGE("stage '{0}' never runs: no path of 'execution' names it", "add it to a path or remove it"),
    NOTHING_TO_DO("stage '{0}' does nothing", "give it a script (or an action, or a gate), or remove it"),
    BUILD_WITHOUT_RUN(
            "stage '{0}' builds an image that nothing runs, publishes or refers to",
            "add 'run: true' if the image runs your tests"),
    IMAGE_ELSEWHERE(
            "'{0}' in stage '{1}' names an image or a container of '{2}', which may be on another agent",
            "publish the image and refer to its 'publishedImage', or let both stages share an agent"),
    INVALID_REFERENCE(
            "'{0}' is not a valid reference: {1}",
            "write '${stage.name}' or '${stage.name|default}'; '$${' is a literal '${'"),
    UNKNOWN_REFERENCE("'{0}' can never resolve: {1}", "{2}"),
    QUOTED_REFERENCE(
            "'{0}' stands inside single quotes, where the shell does not replace it",
            "use double quotes, or write '$${' if the text is meant literally"),
    ARTIFACT_CLASH(
            "'{0}' is kept by stage '{1}' too, and neither comes after the other", "give the files different names"),
    TOO_FEW_APPROVERS(
            "{0} approvals are asked for, but only {1} can be given", "name more approvers, or lower 'count'"),
    NOTHING_TO_SHOW(
            "no stage before the gate keeps an artifact that '{0}' could be",
            "add it to the artifacts of such a stage"),
    EMPTY_MATRIX("the matrix has no combination left", "exclude less, or include some"),
    MATRIX_TOO_LARGE("the matrix has {0} combinations, the limit is {1}", "exclude some, or split the stage"),

    // What an administrator has set up
    MISSING_SETTING("'{0}' needs the setting '{1}', and there is none", "write '{2}' into the file given with --site"),
    NOT_ALLOWED("the policy does not allow the {0} '{1}' here", "{2}"),
    TIMEOUT_ABOVE_LIMIT("stage '{0}' {1}, and the policy limits that to {2}", "write 'timeout: {2}' or less"),
    GATE_MISSING(
            "the policy asks for the gate '{0}' before stage '{1}', and this plan was made without it",
            "start a new run: one that began before the policy asked for it has no place for it"),

    // What this host can do
    NOT_SUPPORTED_YET("'{0}' is valid, but cannot be run here yet", "{1}"),
    NO_CONTAINER_ENGINE(
            "{0} needs docker or podman: {1}",
            "install or start one of them, or leave the stage out of this run by 'when' or --pipeline"),
    MISSING_PLUGIN(
            "'{0}' needs the step '{1}', which this Jenkins does not have",
            "ask its administrators for the plugin {2}, or leave the stage out by 'when'"),
    MISSING_SECRET(
            "the credential '{0}' is not there", "set {1} in the environment or in the file given with --secrets");

    private final String message;
    private final String hint;

    ProblemCode(String message, String hint) {
        this.message = message;
        this.hint = hint;
    }

    /** The code as users see it: lower case with hyphens. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Message and hint with dots instead of values, for documentation. */
    public Map.Entry<String, String> texts() {
        return Map.entry(fill(message, "…", "…", "…"), fill(hint, "…", "…", "…"));
    }

    /** An error of this kind. */
    public Problem at(Place place, Object... values) {
        return new Problem(this, Severity.ERROR, place, fill(message, values), fill(hint, values));
    }

    /** A warning of this kind. */
    public Problem warningAt(Place place, Object... values) {
        return at(place, values).asWarning();
    }

    private static String fill(String template, Object... values) {
        StringBuilder out = new StringBuilder(template.length() + 32);
        int i = 0;
        while (i < template.length()) {
            boolean slot = template.charAt(i) == '{'
                    && i + 2 < template.length()
                    && Character.isDigit(template.charAt(i + 1))
                    && template.charAt(i + 2) == '}';
            if (slot) {
                out.append(Printable.of(String.valueOf(values[template.charAt(i + 1) - '0'])));
                i += 3;
            } else {
                out.append(template.charAt(i++));
            }
        }
        return out.toString();
    }
}
