package io.jenkins.plugins.sluice.jenkins;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.sluice.handle.RunHandle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The page of a build with what its run is doing. The run itself is in the program of the build; what people see after that is
 * gone, or before it is loaded, is a file beside it.
 */
@Restricted(NoExternalUse.class)
public final class SluiceAction implements RunAction2, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(SluiceAction.class.getName());
    /** Between two times that the run is written down, as long as it is busy. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String FILE = "sluice.json";

    private transient volatile Run<?, ?> build;
    private transient RunHandle live;
    private transient Instant written;

    /** The action of a build, added now if it has none. */
    static synchronized SluiceAction of(Run<?, ?> build) {
        SluiceAction action = build.getAction(SluiceAction.class);
        if (action == null) {
            action = new SluiceAction();
            build.addAction(action);
        }
        return action;
    }

    /** The run of a build, if it has one. */
    static Optional<RunHandle> runOf(Run<?, ?> build) {
        return Optional.ofNullable(build.getAction(SluiceAction.class)).flatMap(SluiceAction::run);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        build = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        build = owner;
    }

    /** Takes note that something has happened; not all of it is written down at once. */
    synchronized void changed(RunHandle run) {
        live = run;
        Instant now = Instant.now();
        boolean soon = written != null && Duration.between(written, now).compareTo(PAUSE) < 0;
        if (!soon || run.isOver() || run.isWaiting()) {
            written = now;
            write(run);
        }
        if (run.isOver()) {
            Audit.archive(build, run);
            describe(run);
        }
    }

    /** Says in the list of builds what went wrong, unless somebody has said something already. */
    private void describe(RunHandle run) {
        Optional<String> ending = ShortWords.ending(run);
        if (ending.isPresent() && Util.fixEmptyAndTrim(build.getDescription()) == null) {
            try {
                build.setDescription(ending.get());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the description of " + run.key() + " cannot be written", e);
            }
        }
    }

    private void write(RunHandle run) {
        Path file = build.getRootDir().toPath().resolve(FILE);
        try {
            Path half = file.resolveSibling(FILE + ".half");
            Files.writeString(half, run.json());
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the page of " + run.key() + " cannot be brought up to date", e);
        }
    }

    /** The run as it is, or as it was last written down. */
    public synchronized Optional<RunHandle> run() {
        if (live == null && build != null) {
            Path file = build.getRootDir().toPath().resolve(FILE);
            try {
                live = Files.exists(file) ? RunHandle.view(Files.readString(file)) : null;
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "the run of " + build + " cannot be read", e);
            }
        }
        return Optional.ofNullable(live);
    }

    public Run<?, ?> getBuild() {
        return build;
    }

    /** What the page shows; null if there is nothing. */
    public RunPage getPage() {
        return run().map(run -> RunPage.of(run, Instant.now())).orElse(null);
    }

    /** The run in a line; null if there is none. */
    public String getProgress() {
        return run().map(ShortWords::progress).orElse(null);
    }

    /** Whoever may not read the build gets nothing of this. */
    @Override
    public Object getTarget() {
        build.checkPermission(Item.READ);
        return this;
    }

    /** Programs get the same as {@code api/json}. */
    public JsonApi getApi() {
        return new JsonApi();
    }

    /** The run as JSON, for whoever may read the build. */
    @Restricted(NoExternalUse.class)
    public final class JsonApi {
        public HttpResponse doIndex() {
            return HttpResponses.redirectTo("json");
        }

        public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            build.checkPermission(Item.READ);
            Optional<RunHandle> run = run();
            if (run.isEmpty()) {
                response.sendError(404);
                return;
            }
            response.setContentType("application/json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter().print(run.get().report());
        }
    }

    @Override
    public String getIconFileName() {
        return "symbol-sluice plugin-sluice";
    }

    @Override
    public String getDisplayName() {
        return Messages.SluiceAction_name();
    }

    @Override
    public String getUrlName() {
        return "sluice";
    }
}
