package io.jenkins.plugins.sluice.cli.local;

/** What a repository is called, by the address that it was cloned from. */
final class ProjectName {

    private ProjectName() {}

    /**
     * The path in the address, without what Gerrit puts before it for HTTP ({@code /r/}, and {@code /r/a/} with a password) and
     * without {@code .git}; empty if there is none.
     */
    static String of(String remote) {
        return remote.replaceFirst("^[a-z+]+://[^/]*/", "")
                .replaceFirst("^[^/:]+:", "")
                .replaceFirst("^/+", "")
                .replaceFirst("^r/(a/)?", "")
                .replaceFirst("/+$", "")
                .replaceFirst("\\.git$", "");
    }
}
