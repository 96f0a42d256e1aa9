package io.jenkins.plugins.sluice.jenkins;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sluice.handle.Change;
import io.jenkins.plugins.sluice.handle.Preparation;
import io.jenkins.plugins.sluice.handle.RunBasis;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.handle.StepNames;
import io.jenkins.plugins.sluice.model.RepoPath;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.report.PlanText;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.MasterToSlaveFileCallable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Reads and checks the configuration in a workspace, shows the plan, and begins the run; see {@code vars/sluice.txt}. */
@Restricted(NoExternalUse.class)
public final class PlanStep extends Step {
    /** A configuration is read into memory as a whole: 4 MiB. */
    private static final int MOST_BYTES = 4 << 20;

    private static final String DEFAULT_CONFIG = ".pipeline/config.yaml";

    private Object pipeline;
    private String config = DEFAULT_CONFIG;
    private boolean dryRun;
    private String from = "";
    private String agent = "";

    @DataBoundConstructor
    public PlanStep() {}

    public Object getPipeline() {
        return pipeline;
    }

    /** The name of a pipeline, or a list of names. */
    @DataBoundSetter
    public void setPipeline(Object pipeline) {
        this.pipeline = pipeline;
    }

    public String getConfig() {
        return config;
    }

    @DataBoundSetter
    public void setConfig(String config) {
        this.config = Util.fixNull(config, DEFAULT_CONFIG);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public String getFrom() {
        return from;
    }

    /** The number of an earlier build and the stage to begin with: {@code 12/deploy}. */
    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixNull(from);
    }

    public String getAgent() {
        return agent;
    }

    /** Where the configuration is read; for the library, which has asked for that agent already. */
    @DataBoundSetter
    public void setAgent(String agent) {
        this.agent = Util.fixNull(agent);
    }

    private List<String> pipelines() {
        if (pipeline == null) {
            return List.of();
        }
        return pipeline instanceof Collection<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(pipeline));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<RunHandle> {
        private static final long serialVersionUID = 1L;

        private final transient PlanStep step;

        Execution(StepContext context, PlanStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected RunHandle run() throws Exception {
            Run<?, ?> build = getContext().get(Run.class);
            FilePath workspace = getContext().get(FilePath.class);
            TaskListener listener = getContext().get(TaskListener.class);
            BuildFacts facts = new BuildFacts(
                    build, workspace, getContext().get(Launcher.class), getContext().get(EnvVars.class));
            Trigger trigger = facts.trigger();
            String config = RepoPath.resolve("", step.config)
                    .orElseThrow(() -> new AbortException("'" + step.config + "' is not in the repository"));
            SluiceConfiguration settings = SluiceConfiguration.get();
            RunBasis draft = RunBasis.builder(build.getExternalizableId(), config)
                    .pipelines(step.pipelines())
                    .trigger(trigger)
                    .setup(facts.setup(trigger))
                    .run(facts.run())
                    .parties(facts.parties(trigger))
                    .source(facts.source())
                    .site(settings.getSite())
                    .policy(settings.policyFor(build.getParent().getFullName()))
                    .build();
            String from = step.from.isEmpty() ? facts.parameters().getOrDefault("from", "") : step.from;
            RunHandle run = from.isEmpty()
                    ? begin(draft, bytes(workspace, config), facts.change(config), listener)
                    : repeat(draft, build, from, listener);
            // Whoever repeats a run takes nobody's place.
            if (run != null && from.isEmpty()) {
                NewerRuns.supersede(build, run);
            }
            return run;
        }

        private static byte[] bytes(FilePath workspace, String config) throws IOException, InterruptedException {
            byte[] bytes = workspace.act(new Content(config));
            if (bytes == null) {
                throw new AbortException("there is no " + config + " in the repository, as a file and without links");
            }
            if (bytes.length > MOST_BYTES) {
                throw new AbortException(config + " is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }

        private RunHandle begin(RunBasis draft, byte[] bytes, Change change, TaskListener listener)
                throws AbortException {
            Preparation preparation;
            try {
                preparation = Preparation.of(bytes, draft, change, steps());
            } catch (IllegalArgumentException e) {
                throw new AbortException(e.getMessage());
            }
            preparation.plan().ifPresent(plan -> listener.getLogger().print(PlanText.of(plan)));
            listener.getLogger().print(ProblemReport.text(preparation.problems().list()));
            Optional<RunBasis> basis = preparation.basis();
            if (basis.isEmpty()) {
                throw new AbortException(draft.file() + " cannot be run: see above");
            }
            return step.dryRun ? null : RunHandle.begin(basis.get());
        }

        private static Set<String> steps() {
            Set<String> names = new LinkedHashSet<>();
            for (StepDescriptor descriptor : StepDescriptor.all()) {
                names.add(descriptor.getFunctionName());
            }
            return names;
        }

        private RunHandle repeat(RunBasis draft, Run<?, ?> build, String from, TaskListener listener)
                throws AbortException {
            int slash = from.indexOf('/');
            if (slash < 0 || !from.substring(0, slash).matches("\\d{1,9}")) {
                throw new AbortException("'" + from + "' is not BUILD/STAGE, such as 12/deploy");
            }
            Run<?, ?> earlier = build.getParent().getBuildByNumber(Integer.parseInt(from.substring(0, slash)));
            Optional<RunHandle> run = earlier == null ? Optional.empty() : SluiceAction.runOf(earlier);
            if (run.isEmpty()) {
                throw new AbortException("there is no run of Sluice in build " + from.substring(0, slash));
            }
            try {
                listener.getLogger().print(PlanText.of(run.get().state().plan()));
                RunHandle repeated = RunHandle.repeat(draft, run.get(), from.substring(slash + 1), step.dryRun);
                listener.getLogger().println("repeats build " + from);
                return step.dryRun ? null : repeated;
            } catch (IllegalArgumentException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }

    /** The bytes of a file, and no more than show that it is too large; null if it is none, or a link is on the way to it. */
    private static final class Content extends MasterToSlaveFileCallable<byte[]> {
        private static final long serialVersionUID = 1L;

        private final String path;

        Content(String path) {
            this.path = path;
        }

        @Override
        public byte[] invoke(File workspace, VirtualChannel channel) throws IOException {
            Path file = workspace.toPath().toRealPath().resolve(path);
            if (!Files.isRegularFile(file) || !file.toRealPath().equals(file)) {
                return null;
            }
            try (InputStream content = Files.newInputStream(file)) {
                return content.readNBytes(MOST_BYTES + 1);
            }
        }
    }

    /** How scripts call it. */
    @Extension
    public static final class DescriptorImpl extends LibraryStepDescriptor {
        public DescriptorImpl() {
            super(StepNames.PLAN, "Plan a run of Sluice");
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, TaskListener.class, EnvVars.class);
        }
    }
}
