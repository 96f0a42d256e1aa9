package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.Sluice.Said;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.cli.web.WebServer;
import io.jenkins.plugins.sluice.cli.web.WebSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/** A repository with a run that waits at a gate, and its web page. */
final class WebSample implements AutoCloseable {

    static final String CONFIG =
            """
            version: 1
            pipelines:
              api:
                stages:
                  - name: plan
                    script: |
                      echo planning
                      printf 'Plan: 2 to add.\\n  + instance "api-7"\\n' > plan.txt
                    artifacts: [plan.txt]
                  - name: approve
                    gate:
                      message: Apply this plan to production?
                      show: [plan.txt]
                      approvers: {users: [ada, bob], count: 1}
                      inputs:
                        - {name: window, choices: [now, tonight], description: When the change is made}
                        - {name: instances, type: number, default: 2}
                        - {name: announce, type: flag, default: true}
                        - {name: ticket, required: false}
                      comment: required
                  - name: apply
                    script: echo applied ${gate.inputs.window} ${gate.inputs.instances} ${gate.inputs.announce}
            """;

    final Path repository;
    final Sluice sluice;
    final WebServer server;

    private WebSample(Path repository, Sluice sluice, WebServer server) {
        this.repository = repository;
        this.sluice = sluice;
        this.server = server;
    }

    /** With one run of that configuration, as {@code ada} and as far as it goes without a decision. */
    static WebSample of(Path repository, String config) throws IOException {
        return of(repository, config, Map.of());
    }

    static WebSample of(Path repository, String config, Map<String, String> secrets) throws IOException {
        Sluice sluice = new Sluice(repository).config(config);
        secrets.forEach(sluice::with);
        Said said = sluice.call("run", "--at-gates", "leave", "--as", "zoe", "--quiet");
        if (said.exitCode() == ExitCode.BAD_INPUT) {
            throw new IllegalArgumentException(said.err());
        }
        return served(repository, sluice, secrets);
    }

    /** Without any run. */
    static WebSample served(Path repository, Sluice sluice, Map<String, String> secrets) throws IOException {
        ParseResult arguments = CommandTree.parser(new ServeCommand())
                .parseArgs("--state", repository.resolve(".sluice").toString(), "--as", "ada");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(secrets);
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), out, out, environment, repository);
        WebSettings settings = ServeCommand.settings(arguments, console);
        return new WebSample(repository, sluice, WebServer.start(settings));
    }

    String address() {
        return server.address("/");
    }

    /** The start of every address. */
    String origin() {
        return address().substring(0, address().indexOf("/?"));
    }

    StoredRun run(int number) throws IOException {
        StateDirectory state = new StateDirectory(repository.resolve(".sluice").toRealPath());
        return StoredRun.read(state, state.run(String.valueOf(number)));
    }

    /** Waits until a run is over, whoever works at it. */
    StoredRun over(int number) throws Exception {
        for (int i = 0; i < 300; i++) {
            StoredRun run = run(number);
            if (run.state().outcome().isPresent() && !run.isLive()) {
                return run;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("run " + number + " is not over");
    }

    @Override
    public void close() {
        server.close();
    }
}
