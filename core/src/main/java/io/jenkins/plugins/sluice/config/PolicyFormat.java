package io.jenkins.plugins.sluice.config;

import static io.jenkins.plugins.sluice.config.Shape.keyed;

import io.jenkins.plugins.sluice.config.Shape.TextKind;
import java.util.List;

/** The declaration of an administrator's policy file: every key with its shape and one line about it. */
public final class PolicyFormat {
    /** The keys of a stage that a policy can name. */
    public static final List<String> ACTIONS = List.of(
            "script",
            "build",
            "blubberfile",
            "run",
            "copy",
            "publish",
            "promote",
            "deploy",
            "exports",
            "trigger",
            "notify");

    private static final Shape TEXTS = new Shape.ListOf(Shape.text(TextKind.TEXT), true);

    private static final Shape SOME_ACTIONS = new Shape.ListOf(new Shape.Choice(ACTIONS), true);

    private static final Shape SOME_TEXTS = Shape.listOf(Shape.text(TextKind.TEXT));

    private static final Shape DURATION = Shape.text(TextKind.DURATION);

    private static final Shape GATES = Shape.listOf(keyed("policyGate")
            .required(
                    "name",
                    Shape.text(TextKind.NAME),
                    "The gate before the stage `deploy` is called `NAME-deploy`; unique in the policy")
            .required(
                    "before",
                    keyed("before")
                            .key("actions", SOME_TEXTS, "Keys of `allowedActions` that a stage has")
                            .key(
                                    "agents",
                                    SOME_TEXTS,
                                    "Labels of the agent that a stage asks for, or may get by asking for all but others")
                            .key("credentials", SOME_TEXTS, "Ids of secrets that a stage is given")
                            .done(),
                    "Which stages: those that meet any of the conditions; `*` stands for any characters")
            .required("gate", Format.GATE, "As in [config.yaml](config.md#gate)")
            .done());

    /** A whole file. */
    public static final Shape POLICY = keyed("policy")
            .key("allowedActions", SOME_ACTIONS, "What stages may do; `blubberfile` is one that a stage has of its own")
            .key("allowedTriggerJobs", TEXTS, "The jobs that `trigger` may start, as `trigger` names them")
            .key(
                    "allowedCredentials",
                    TEXTS,
                    "The ids of the secrets that stages and gates may use; `*` stands for any characters")
            .key(
                    "allowedFrontends",
                    TEXTS,
                    "The images that a `# syntax=` line may name; `*` stands for any characters. That of the site is always"
                            + " allowed")
            .key(
                    "allowedAgents",
                    TEXTS,
                    "The labels that `agent` may ask for; an expression of several with `&&` or `\\|\\|` may name only such,"
                            + " any other expression has to be listed as it is. No agent is always fine")
            .key("allowedImages", TEXTS, "The images that scripts may run in; `*` stands for any characters")
            .key(
                    "allowedRegistries",
                    TEXTS,
                    "The hosts, with their ports, that these images may come from; a name without a host is of `docker.io`")
            .key("allowedPlugins", TEXTS, "The plugins that `deploy` may use; `*` stands for any characters")
            .key(
                    "defaults",
                    keyed("policyDefaults")
                            .key("agent", Shape.text(TextKind.TEXT), "The agent of stages that ask for none")
                            .key("timeout", DURATION, "The timeout of stages that have none")
                            .done(),
                    "What stages have where the file says nothing")
            .key(
                    "limits",
                    keyed("limits")
                            .key("timeout", DURATION, "The longest timeout; a stage that has none gets it")
                            .done(),
                    "What no stage may exceed")
            .key("gates", GATES, "Gates that a repository cannot remove")
            .key(
                    "trusted",
                    keyed("trusted")
                            .key("users", SOME_TEXTS, "Users")
                            .key("groups", SOME_TEXTS, "Groups")
                            .done(),
                    "Who may change `.pipeline/`; a change by anyone else runs only after one of them has said yes")
            .mayBeEmpty()
            .done();

    private PolicyFormat() {}
}
