package io.jenkins.plugins.sluice.jenkins;

import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.sluice.handle.Controller;
import io.jenkins.plugins.sluice.handle.Failure;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.handle.StartedJob;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsThread;
import org.jenkinsci.plugins.workflow.cps.DSL;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;

/** What runs ask of Jenkins outside of its steps. */
public final class JenkinsController implements Controller {
    private static final Logger LOGGER = Logger.getLogger(JenkinsController.class.getName());

    @Override
    public Object steps(Object script) {
        return new DSL(CpsThread.current().getExecution().getOwner());
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean hasStep(String name) {
        return StepDescriptor.byFunctionName(name) != null;
    }

    @Override
    public Failure failure(Throwable trouble) {
        return Failures.of(trouble);
    }

    /** The build of a run; empty if it was deleted meanwhile. */
    static Optional<Run<?, ?>> build(RunHandle run) {
        return Optional.ofNullable(Run.fromExternalizableId(run.key()));
    }

    @Override
    public void changed(RunHandle run) {
        build(run).ifPresent(build -> SluiceAction.of(build).changed(run));
    }

    @Override
    public void note(RunHandle run, String line) {
        try {
            Optional<Run<?, ?>> build = build(run);
            if (build.isPresent() && build.get() instanceof FlowExecutionOwner.Executable executable) {
                FlowExecutionOwner owner = executable.asFlowExecutionOwner();
                if (owner != null) {
                    owner.getListener().getLogger().println(line);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the log of " + run.key() + " cannot be written", e);
        }
    }

    @Override
    public void stop(RunHandle run, int stage) {
        StoppableStep.stop(run.key(), stage);
    }

    @Override
    public List<String> groups(String person, List<String> among) {
        User user = User.getById(person, false);
        if (user == null) {
            return List.of();
        }
        try {
            Authentication authentication = user.impersonate2();
            List<String> all = authentication.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .toList();
            return among.stream().filter(all::contains).toList();
        } catch (AuthenticationException e) {
            LOGGER.log(Level.FINE, "the groups of " + person + " are not known", e);
            return List.of();
        }
    }

    @Override
    public Optional<String> newer(RunHandle run) {
        return build(run).flatMap(build -> NewerRuns.after(build, run));
    }

    @Override
    public Object sources(RunHandle run, Object scm, Map<String, ?> options) {
        boolean git = Jenkins.get().getPlugin("git") != null && GitSources.isGit(scm);
        if (!git && !options.isEmpty()) {
            String kind = scm.getClass().getSimpleName();
            note(run, "'fetch' is not followed: the sources of this job come from " + kind + ", not from plain Git");
        }
        String commit = run.basis().trigger().fact("commit");
        return git ? GitSources.with(scm, options, commit, run.isRepetition(), line -> note(run, line)) : scm;
    }

    @Override
    public StartedJob job(Object answer) {
        if (!(answer instanceof RunWrapper job)) {
            return StartedJob.UNKNOWN;
        }
        try {
            String result = job.getResult();
            return new StartedJob(result == null ? "" : result, job.getAbsoluteUrl());
        } catch (IOException | RuntimeException e) {
            return new StartedJob("NOT_BUILT", Failures.words(e));
        }
    }
}
