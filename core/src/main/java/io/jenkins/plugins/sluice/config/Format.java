package io.jenkins.plugins.sluice.config;

import static io.jenkins.plugins.sluice.config.Shape.choice;
import static io.jenkins.plugins.sluice.config.Shape.either;
import static io.jenkins.plugins.sluice.config.Shape.keyed;
import static io.jenkins.plugins.sluice.config.Shape.listOf;
import static io.jenkins.plugins.sluice.config.Shape.mapOf;
import static io.jenkins.plugins.sluice.config.Shape.oneOrMore;

import io.jenkins.plugins.sluice.config.Shape.TextKind;
import java.util.ArrayList;
import java.util.List;

/** The declaration of {@code .pipeline/config.yaml}: every key with its shape and one line about it. */
public final class Format {
    private static final Shape TEXT = Shape.text(TextKind.TEXT);
    private static final Shape FLAG = Shape.text(TextKind.BOOLEAN);
    private static final Shape DURATION = Shape.text(TextKind.DURATION);
    private static final Shape PATH = Shape.text(TextKind.PATH);
    private static final Shape GLOB = Shape.text(TextKind.GLOB);
    private static final Shape NAME = Shape.text(TextKind.NAME);
    private static final Shape NUMBER = Shape.text(TextKind.INTEGER);
    private static final Shape COUNT = Shape.text(TextKind.COUNT);
    private static final Shape ANYTHING = new Shape.Anything();
    private static final Shape ENV = mapOf(TextKind.ENV_NAME, TEXT);
    private static final Shape TEXTS = listOf(TEXT);

    /** Where PipelineLib takes an expression instead of a list or map. */
    private static final Shape EACH = keyed("each")
            .required("$each", oneOrMore(NAME), "What an item is called; several names take it apart at blanks")
            .key("$in", either(TEXT, new Shape.ListOf(TEXT, true)), "A list, or a text to cut into pieces")
            .key("$delimiter", TEXT, "The characters to cut at; default the end of a line")
            .key("$yield", ANYTHING, "What is made of an item; default the item")
            .done();

    private static final Shape MERGE = keyed("merge")
            .required("$merge", ANYTHING, "A list, a map or a text")
            .required("$with", ANYTHING, "What is added to it")
            .done();

    private static final Shape SOME_TEXTS = either(new Shape.ListOf(TEXT, true), expressionOr());

    private static final Shape WHEN = keyed("when")
            .key("branch", oneOrMore(TEXT), "The branch matches one of these patterns")
            .key("event", oneOrMore(TEXT), "What started the run, such as push, change or manual")
            .key("changed", oneOrMore(GLOB), "A changed file matches one of these patterns")
            .key("tag", either(FLAG, oneOrMore(TEXT)), "The commit has a tag (true), none (false), or one that matches")
            .key("env", mapOf(TextKind.ENV_NAME, TEXT), "These environment variables match these patterns")
            .key("not", new Shape.Later("when", Format::when), "The condition does not hold")
            .key("any", listOf(new Shape.Later("when", Format::when)), "At least one condition holds")
            .key("all", listOf(new Shape.Later("when", Format::when)), "All conditions hold")
            .done();

    private static final Shape MATRIX_ROW = mapOf(TextKind.NAME, TEXT);
    private static final Shape MATRIX = keyed("matrix")
            .key("exclude", listOf(MATRIX_ROW), "Combinations to leave out")
            .key("include", listOf(MATRIX_ROW), "Combinations to add")
            .others(TEXTS)
            .done();

    private static final Shape CREDENTIALS = listOf(keyed("credential")
            .required("id", TEXT, "Which secret; the host knows its value")
            .key("type", choice("secretText", "usernamePassword", "sshKey", "file"), "Its kind; default secretText")
            .key("name", TEXT, "PipelineLib's word for variable")
            .key("variable", Shape.text(TextKind.ENV_NAME), "Variable for the secret text, or for the path of the file")
            .key("usernameVariable", Shape.text(TextKind.ENV_NAME), "Variable for the user name")
            .key("passwordVariable", Shape.text(TextKind.ENV_NAME), "Variable for the password")
            .key("keyFileVariable", Shape.text(TextKind.ENV_NAME), "Variable for the path of the key file")
            .done());

    private static final Shape RETRY = keyed("retry")
            .required("attempts", NUMBER, "How often in all, the first time included")
            .key("delay", DURATION, "How long to wait before the next attempt")
            .key(
                    "on",
                    listOf(either(choice("agentLost", "timeout"), COUNT)),
                    "Only after these: agentLost, timeout, exit codes")
            .done();

    private static final Shape BUILD = keyed("build")
            .key("variant", TEXT, "Blubber variant or build target")
            .key("target", TEXT, "Stage of the Dockerfile to build")
            .key("dockerfile", PATH, "The Dockerfile")
            .key("args", mapOf(TextKind.TEXT, TEXT), "Build arguments")
            .key("context", TEXT, "The build context: a directory or a URL")
            .key("excludes", SOME_TEXTS, "Files to keep out of the context")
            .key("imagePullPolicy", TEXT, "always, or never")
            .done();

    private static final Shape RUN = keyed("run")
            .key("image", TEXT, "The image to run")
            .key("arguments", SOME_TEXTS, "Arguments for its entry point")
            .key("env", expressionOr(mapOf(TextKind.ENV_NAME, TEXT)), "Environment variables")
            .key("credentials", CREDENTIALS, "Secrets for the container")
            .key("tail", COUNT, "How many lines of output to keep as a value")
            .done();

    private static final Shape COPY = listOf(either(
            TEXT,
            keyed("copy")
                    .key("from", TEXT, "The container to copy from")
                    .required("source", TEXT, "Path in the container")
                    .key("destination", TEXT, "Path in the workspace")
                    .key("archive", FLAG, "Keep the files with the run")
                    .done()));

    private static final Shape PUBLISH = keyed("publish")
            .key(
                    "image",
                    either(
                            FLAG,
                            keyed("publishImage")
                                    .key("id", TEXT, "The image; default the one this stage has built")
                                    .key("name", TEXT, "Repository name")
                                    .key("tag", TEXT, "The main tag")
                                    .key("tags", SOME_TEXTS, "More tags")
                                    .mayBeEmpty()
                                    .done()),
                    "Push the image to a registry")
            .done();

    private static final Shape PROMOTE = either(
            FLAG,
            listOf(keyed("promote")
                    .key("chart", TEXT, "The chart whose version is set")
                    .key("environments", SOME_TEXTS, "The environments to change; default all")
                    .key("version", TEXT, "The version to set")
                    .mayBeEmpty()
                    .done()));

    private static final Shape DEPLOY = either(
            keyed("deployPlugin")
                    .required("plugin", TEXT, "The deployment plugin")
                    .others(ANYTHING)
                    .done(),
            keyed("deploy")
                    .key("image", TEXT, "The image to deploy")
                    .key("tag", TEXT, "Its tag")
                    .key("cluster", TEXT, "The cluster")
                    .key("test", FLAG, "Run the chart's tests")
                    .key("overrides", ANYTHING, "Values for the chart")
                    .key("timeout", either(NUMBER, DURATION), "How long to wait for the release")
                    .key(
                            "chart",
                            keyed("chart")
                                    .key("name", TEXT, "Name of the chart")
                                    .key("version", TEXT, "Version of the chart")
                                    .mayBeEmpty()
                                    .done(),
                            "The chart")
                    .mayBeEmpty()
                    .done());

    private static final Shape TRIGGER = keyed("trigger")
            .required("name", TEXT, "The job to start")
            .key("parameters", expressionOr(mapOf(TextKind.TEXT, TEXT)), "Its parameters")
            .key("propagate", FLAG, "Whether its failure fails the stage; default true")
            .key("wait", FLAG, "Whether to wait for its end; default false")
            .done();

    private static final Shape NOTIFY = keyed("notify")
            .key(
                    "email",
                    keyed("email")
                            .required("to", either(TEXT, SOME_TEXTS), "Recipients")
                            .key("subject", TEXT, "Subject")
                            .key("body", TEXT, "Text")
                            .done(),
                    "Send mail when the stage fails")
            .done();

    static final Shape GATE = keyed("gate")
            .key("message", TEXT, "The question")
            .key("show", listOf(GLOB), "Artifacts of earlier stages to decide upon, by pattern")
            .key(
                    "approvers",
                    keyed("approvers")
                            .key("users", TEXTS, "Who may vote")
                            .key("groups", TEXTS, "Whose members may vote")
                            .key("count", NUMBER, "How many must approve; default 1")
                            .key("exclude", listOf(choice("author", "starter")), "Who may not vote")
                            .done(),
                    "Who may decide; default anyone")
            .key(
                    "inputs",
                    listOf(keyed("input")
                            .required("name", NAME, "Its value is ${gate.inputs.name}")
                            .key(
                                    "type",
                                    choice("text", "number", "flag", "choice"),
                                    "Default text, or choice with choices")
                            .key("choices", TEXTS, "What may be chosen")
                            .key("default", TEXT, "The value if nothing is entered")
                            .key("required", FLAG, "Whether a value must be given; default true")
                            .key("description", TEXT, "Help for the person who decides")
                            .done()),
                    "Values to ask for")
            .key("comment", choice("required", "optional", "none"), "Whether a vote needs a comment; default optional")
            .key("timeout", DURATION, "How long to wait")
            .key("onTimeout", choice("reject", "approve"), "What then; default reject")
            .key("supersede", FLAG, "A newer run of the branch rejects this wait")
            .key(
                    "ask",
                    keyed("ask")
                            .required("url", TEXT, "A service to ask by HTTP")
                            .key("secret", TEXT, "The credential that signs the question")
                            .done(),
                    "Let a program decide")
            .mayBeEmpty()
            .done();

    private static final Shape SERVICES = mapOf(
            TextKind.NAME,
            either(
                    TEXT,
                    keyed("service")
                            .required("image", TEXT, "The image of the container")
                            .key("env", ENV, "Its environment")
                            .key("command", oneOrMore(TEXT), "What it runs")
                            .done()));

    private static final Shape STAGE = keyed("stage")
            .required("name", NAME, "Name, unique in the pipeline; namespace of its outputs")
            .key("needs", new Shape.ListOf(TEXT, true), "Stages that come before: 'stage', or 'pipeline/stage'")
            .key("script", oneOrMore(TEXT), "Shell commands")
            .key("shell", choice("bash", "sh"), "The shell; default bash")
            .key("image", TEXT, "Container image to run the script in")
            .key("services", SERVICES, "Containers beside it")
            .key("blubberfile", either(PATH, ANYTHING), "Blubber file, or its content")
            .key("build", either(TEXT, BUILD), "Build an image")
            .key("run", either(FLAG, RUN), "Run the image")
            .key("copy", COPY, "Copy files out of the container")
            .key("publish", PUBLISH, "Publish the image")
            .key("promote", PROMOTE, "Set the version in a chart's environments")
            .key("deploy", DEPLOY, "Deploy by a plugin, or PipelineLib's rehearsal")
            .key("exports", mapOf(TextKind.NAME, ANYTHING), "PipelineLib's word for outputs")
            .key("trigger", TRIGGER, "Start another job")
            .key("notify", NOTIFY, "Tell people of a failure")
            .key("gate", GATE, "Wait for a decision")
            .key(
                    "artifacts",
                    either(oneOrMore(GLOB), mapOf(TextKind.NAME, oneOrMore(GLOB))),
                    "Files to keep and to hand on")
            .key("outputs", mapOf(TextKind.NAME, TEXT), "Values for later stages, or {file: NAME} to read them from")
            .key(
                    "reports",
                    keyed("reports")
                            .key("junit", oneOrMore(GLOB), "Test results")
                            .done(),
                    "Results to show")
            .key("agent", TEXT, "Label expression of the agent")
            .key("directory", PATH, "Where it works, from the top of the repository")
            .key("env", ENV, "Environment variables")
            .key("credentials", CREDENTIALS, "Secrets for the script")
            .key("timeout", DURATION, "How long an attempt may take")
            .key("lock", TEXT, "Only one stage with this lock at a time")
            .key("retry", RETRY, "Try again")
            .key("when", WHEN, "Skip the stage unless this holds")
            .key("runs", choice("onSuccess", "onFailure", "always"), "After what it runs; default onSuccess")
            .key("allowFailure", FLAG, "A failure makes the run unstable, not failed")
            .key("matrix", MATRIX, "One copy for each combination")
            .done();

    private static final Shape PIPELINE = keyed("pipeline")
            .required("stages", listOf(STAGE), "Its stages")
            .key("directory", PATH, "Where the stages work; default the top of the repository")
            .key(
                    "execution",
                    either(choice("auto"), new Shape.ListOf(new Shape.ListOf(TEXT, true), true)),
                    "PipelineLib's paths")
            .key("needs", new Shape.ListOf(TEXT, true), "Pipelines that come before")
            .key("agent", TEXT, "Label expression of the agent, for all stages")
            .key("when", WHEN, "Skip the pipeline unless this holds")
            .key("matrix", MATRIX, "One copy of the pipeline for each combination")
            .key("workspace", choice("separate", "shared"), "How stages share files; default separate with a version")
            .key("env", ENV, "Environment variables of all stages")
            .key("timeout", DURATION, "How long an attempt of a stage may take")
            .key("failFast", FLAG, "The first failure ends the whole pipeline")
            .key(
                    "concurrency",
                    keyed("concurrency")
                            .required("group", TEXT, "Runs of one group do not overlap")
                            .key("cancel", choice("older", "newer", "none"), "Which run yields; default none")
                            .done(),
                    "Which runs may overlap")
            .key("blubberfile", either(PATH, ANYTHING), "Blubber file, or its content, for all stages")
            .key(
                    "fetch",
                    keyed("fetch")
                            .key("shallow", FLAG, "Fetch only recent history; default true")
                            .key("depth", NUMBER, "How much of it; default 20")
                            .key("submodules", FLAG, "Submodules too; default true")
                            .key("tags", FLAG, "Tags too; default false")
                            .done(),
                    "How the repository is checked out")
            .key("notify", NOTIFY, "Tell people of a failure")
            .done();

    /** A whole file. */
    public static final Shape FILE = keyed("file")
            .key("version", choice("1"), "The version of the format; without it PipelineLib's meaning holds")
            .key(
                    "defaults",
                    keyed("defaults")
                            .key("agent", TEXT, "Label expression of the agent")
                            .key("timeout", DURATION, "How long an attempt of a stage may take")
                            .key("env", ENV, "Environment variables")
                            .key("retry", RETRY, "Try again")
                            .key("shell", choice("bash", "sh"), "The shell")
                            .done(),
                    "What holds for all stages that do not say otherwise")
            .required("pipelines", mapOf(TextKind.NAME, PIPELINE), "The pipelines by name")
            .done();

    private Format() {}

    private static Shape expressionOr(Shape... others) {
        List<Shape> shapes = new ArrayList<>(List.of(EACH, MERGE));
        shapes.addAll(List.of(others));
        return either(shapes.toArray(Shape[]::new));
    }

    private static Shape when() {
        return WHEN;
    }
}
