package io.jenkins.plugins.sluice.config;

import static io.jenkins.plugins.sluice.config.Shape.choice;
import static io.jenkins.plugins.sluice.config.Shape.keyed;

import io.jenkins.plugins.sluice.config.Shape.TextKind;

/** The declaration of an administrator's policy file: every key with its shape and one line about it. */
public final class PolicyFormat {
    private static final Shape TEXTS = new Shape.ListOf(Shape.text(TextKind.TEXT), true);

    private static final Shape ACTIONS = new Shape.ListOf(
            choice(
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
                    "notify"),
            true);

    /** A whole file. */
    public static final Shape POLICY = keyed("policy")
            .key("allowedActions", ACTIONS, "What stages may do; `blubberfile` is one that a stage has of its own")
            .key("allowedTriggerJobs", TEXTS, "The jobs that `trigger` may start")
            .key("allowedCredentials", TEXTS, "The ids of the secrets that stages and gates may use")
            .key(
                    "allowedFrontends",
                    TEXTS,
                    "The images that a `# syntax=` line may name; `*` stands for any characters. That of the site is always"
                            + " allowed")
            .mayBeEmpty()
            .done();

    private PolicyFormat() {}
}
