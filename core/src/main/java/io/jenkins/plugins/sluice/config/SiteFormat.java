package io.jenkins.plugins.sluice.config;

import static io.jenkins.plugins.sluice.config.Shape.keyed;
import static io.jenkins.plugins.sluice.config.Shape.mapOf;
import static io.jenkins.plugins.sluice.config.Shape.oneOrMore;

import io.jenkins.plugins.sluice.config.Shape.TextKind;

/** The declaration of an administrator's settings file: every key with its shape and one line about it. */
public final class SiteFormat {
    private static final Shape TEXT = Shape.text(TextKind.TEXT);
    private static final Shape FLAG = Shape.text(TextKind.BOOLEAN);
    private static final Shape NUMBER = Shape.text(TextKind.INTEGER);
    private static final Shape PATH = Shape.text(TextKind.PATH);

    private static final Shape REGISTRY = keyed("registry")
            .required(
                    "host", TEXT, "The registry's host, with its port if it has one of its own: registry.example:5000")
            .key("repository", PATH, "What stands before the name of each image; default nothing")
            .key("credential", TEXT, "User name and password for pushing")
            .done();

    private static final Shape BLUBBER = keyed("blubber")
            .required(
                    "frontend",
                    TEXT,
                    "The image that a `# syntax=` line names, which turns a Blubber file into a build")
            .done();

    private static final Shape CHARTS = keyed("charts")
            .required("repository", TEXT, "The address of the repository with the values of the charts, for Git")
            .key("branch", TEXT, "Its branch; default `master`")
            .key("values", PATH, "The file for all environments; default `helmfile.d/services/{chart}/values.yaml`")
            .key(
                    "environmentValues",
                    PATH,
                    "The file for one; default `helmfile.d/services/{chart}/values-{environment}.yaml`")
            .key("key", TEXT, "Where the version stands in it, with dots; default `main_app.version`")
            .key(
                    "push",
                    TEXT,
                    "The ref to push to; default `refs/for/{branch}%topic=pipeline-promote`, a review in Gerrit")
            .key("reviewers", oneOrMore(TEXT), "Who is asked for a review")
            .key(
                    "author",
                    keyed("author")
                            .key("name", TEXT, "Default `Sluice`")
                            .key("email", TEXT, "Default `sluice@localhost`")
                            .done(),
                    "Who makes the commit")
            .key("credential", TEXT, "User name and password; the private key if the address is one of SSH")
            .done();

    private static final Shape HELM = keyed("helm")
            .key(
                    "repository",
                    TEXT,
                    "The address of the repository of charts; without it a chart is a path or an address")
            .key("namespace", Shape.text(TextKind.NAME), "Where rehearsals are installed; default `ci`")
            .key("kubeconfig", TEXT, "The file that says which cluster; default the one that kubectl would take")
            .key(
                    "values",
                    keyed("helmValues")
                            .key("image", TEXT, "For the name of the image; default `main_app.image`")
                            .key("tag", TEXT, "For its tag; default `main_app.version`")
                            .key("registry", TEXT, "For the registry; default `docker.registry`")
                            .done(),
                    "Which values of a chart take the image, with dots")
            .done();

    private static final Shape MAIL = keyed("mail")
            .required("host", TEXT, "The mail server")
            .key("port", NUMBER, "Default 25, with `startTls` 587")
            .required("from", TEXT, "The sender")
            .key("startTls", FLAG, "Speak TLS, or do not send at all; default false")
            .key("credential", TEXT, "User name and password")
            .done();

    /** A whole file. */
    public static final Shape SITE = keyed("site")
            .key("registry", REGISTRY, "Where images are published")
            .key("blubber", BLUBBER, "How Blubber files are built")
            .key("charts", CHARTS, "Where `promote` sets versions")
            .key("helm", HELM, "How `deploy` installs a chart")
            .key("mail", MAIL, "How `notify` sends mail")
            .key(
                    "jobs",
                    mapOf(TextKind.TEXT, TEXT),
                    "What `trigger` of a job means on one machine: a shell command each")
            .mayBeEmpty()
            .done();

    private SiteFormat() {}
}
