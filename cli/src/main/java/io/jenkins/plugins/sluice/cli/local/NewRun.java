package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the directory of a run with everything that it needs to begin, and to go on whatever happens. */
final class NewRun {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final RunOptions options;

    NewRun(RunOptions options) {
        this.options = options;
    }

    /** What is done with the run as long as it is marked as in use. */
    @FunctionalInterface
    interface Work<T> {
        T with(StoredRun run) throws IOException;
    }

    /** Says that this process works at a run. */
    static RunDirectory.InUse mark(RunDirectory directory) throws IOException {
        try {
            return directory
                    .markInUse()
                    .orElseThrow(() -> new IOException("run " + directory.id() + " is at work in another process"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A run of a plan. */
    <T> T begin(RunRequest request, Work<T> work) throws IOException {
        StateDirectory state = StateDirectory.open(options.state());
        RunDirectory directory = state.newRun();
        RunDirectory.InUse mark = mark(directory);
        try {
            inputs(request, directory, state).write(directory.inputs());
            return work.with(StoredRun.of(state, directory));
        } finally {
            mark.close();
        }
    }

    /** A run that takes results over from an earlier one. */
    <T> T again(StoredRun earlier, String from, Work<T> work) throws IOException {
        TakenResults.check(earlier, from);
        StateDirectory state = StateDirectory.open(options.state());
        RunDirectory directory = state.newRun();
        RunDirectory.InUse mark = mark(directory);
        try {
            earlier.inputs().again(directory, from, options.starter()).write(directory.inputs());
            return work.with(StoredRun.of(state, directory));
        } finally {
            mark.close();
        }
    }

    private RunInputs inputs(RunRequest request, RunDirectory directory, StateDirectory state) throws IOException {
        boolean gated = !request.inPlace()
                && request.plan().stages().stream()
                        .anyMatch(
                                s -> !s.stage().work().holdsAgent() && s.skip().isEmpty());
        Optional<String> source = gated ? Optional.of(keepSource(request, directory, state)) : Optional.empty();
        ExecutionPlan plan = request.plan();
        return new RunInputs(
                plan.file().file(),
                request.config(),
                request.pipelines(),
                request.repository(),
                source,
                request.trigger().facts(),
                environment(request),
                plan.skips(),
                setup(request, directory),
                RunInputs.facts(directory),
                request.parties(),
                RunInputs.newToken(),
                RunInputs.newToken(),
                request.inPlace(),
                request.settings().siteFile(),
                request.settings().policyFile(),
                request.review(),
                Optional.empty());
    }

    /** Only what is looked up: the rest of an environment is nobody's business a week later. */
    private static Map<String, String> environment(RunRequest request) {
        Map<String, String> environment = new LinkedHashMap<>(request.trigger().env());
        environment.keySet().retainAll(request.plan().file().environmentNames());
        return environment;
    }

    /**
     * Copies the sources, and keeps the copy in the store: whoever goes on with the run after a gate, be it in a week, gets
     * what was there when it began.
     */
    private String keepSource(RunRequest request, RunDirectory directory, StateDirectory state) throws IOException {
        SourceTree tree = SourceTree.read(request.repository().toRealPath(), state.root());
        Files.createDirectories(directory.source());
        TreeCopy.bestFor(tree, directory.source()).copy(tree, directory.source());
        SourceTree copy = SourceTree.walked(directory.source());
        ArtifactStore store = state.store();
        KeptTree kept = KeptTree.of(copy, new KeptTree.Into(store, options.carryLimit()));
        String digest = store.keepText(kept.json());
        store.flush();
        return digest;
    }

    private Map<String, String> setup(RunRequest request, RunDirectory directory) {
        Map<String, String> setup = new LinkedHashMap<>();
        setup.put("timestamp", TIMESTAMP.format(Instant.now()));
        setup.put("commit", request.trigger().fact("commit"));
        setup.put("branch", request.trigger().fact("branch"));
        setup.put("tag", request.trigger().fact("tag"));
        setup.put("remote", request.remote().orElse(""));
        String project = project(request);
        setup.put("project", project);
        setup.put("projectShortName", project.substring(project.lastIndexOf('/') + 1));
        setup.put("logURL", directory.root().resolve("logs").toUri().toString());
        setup.put("imageLabels", "");
        setup.put("httpProxy", options.environment().getOrDefault("http_proxy", ""));
        request.parameters().forEach((name, value) -> setup.put("params." + name, value));
        return setup;
    }

    /** The path in the remote's address; the name of the directory if there is no remote. */
    private static String project(RunRequest request) {
        String path = request.remote().map(ProjectName::of).orElse("");
        return path.isEmpty() ? String.valueOf(request.repository().getFileName()) : path;
    }
}
