package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.AnswerDesk;
import io.jenkins.plugins.sluice.cli.local.Secrets;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.web.WebServer;
import io.jenkins.plugins.sluice.cli.web.WebSettings;
import io.jenkins.plugins.sluice.model.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The web page of the commands that have one. */
final class WebPlace {

    private WebPlace() {}

    /**
     * What the page is about.
     *
     * @param work goes on with runs, if that is the page's business
     */
    static WebSettings settings(
            ParseResult arguments, Console console, StateDirectory state, Optional<WebSettings.Work> work)
            throws IOException {
        Secrets secrets = new HostOptions(arguments, console).secrets();
        return new WebSettings(
                state,
                arguments.matchedOptionValue("--port", 0),
                name(state.root()),
                Voter.of(arguments, console, state.root()).name(),
                (voter, gate) -> groups(Voter.named(voter, console, state.root()), gate),
                secrets.masker(),
                new AnswerDesk(state, secrets),
                work,
                console.out());
    }

    /** The directory that the runs belong to. */
    private static String name(Path state) {
        Path absolute = state.toAbsolutePath().normalize();
        Path parent = absolute.endsWith(StateDirectory.NAME) ? absolute.getParent() : null;
        Path named = parent == null || parent.getFileName() == null ? absolute : parent;
        return String.valueOf(named.getFileName());
    }

    private static List<String> groups(Voter voter, Gate gate) throws IOException {
        try {
            return voter.groupsAt(gate);
        } catch (UsageException | UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static WebServer start(WebSettings settings) throws IOException {
        try {
            return WebServer.start(settings);
        } catch (BindException e) {
            throw new UsageException("the port " + settings.port() + " cannot be used: " + e.getMessage());
        }
    }
}
