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
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.sluice.handle.KeptSecrets;
import io.jenkins.plugins.sluice.handle.StepNames;
import io.jenkins.plugins.sluice.model.RepoPath;
import io.jenkins.plugins.sluice.run.FileInstructionJson;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import io.jenkins.plugins.sluice.workspace.FileInstructions;
import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.ArtifactManager;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Does with files of the workspace what one instruction says, on the agent. What is to be kept becomes an artifact of the build,
 * with a fingerprint; what is to be restored is brought from there and checked by its digest.
 */
@Restricted(NoExternalUse.class)
public final class FilesStep extends Step {
    private final String instruction;
    private String place = "";
    private Map<String, String> sources = new LinkedHashMap<>();
    private List<String> secrets = new ArrayList<>();

    @DataBoundConstructor
    public FilesStep(String instruction) {
        this.instruction = instruction;
    }

    public String getInstruction() {
        return instruction;
    }

    public String getPlace() {
        return place;
    }

    /** Where among the artifacts of the build files are kept. */
    @DataBoundSetter
    public void setPlace(String place) {
        this.place = Util.fixNull(place);
    }

    public Map<String, String> getSources() {
        return sources;
    }

    /** Where files come from, by their paths: the number of the build, which is empty for this one, and the artifact. */
    @DataBoundSetter
    public void setSources(Map<String, String> sources) {
        this.sources = new LinkedHashMap<>(sources);
    }

    public List<String> getSecrets() {
        return secrets;
    }

    /** The variables of the environment that hold secrets: what is read must not hold one. */
    @DataBoundSetter
    public void setSecrets(List<String> secrets) {
        this.secrets = new ArrayList<>(secrets);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final String instruction;
        private final String place;
        private final LinkedHashMap<String, String> sources;
        private final ArrayList<String> secrets;

        Execution(StepContext context, FilesStep step) {
            super(context);
            this.instruction = step.instruction;
            this.place = step.place;
            this.sources = new LinkedHashMap<>(step.sources);
            this.secrets = new ArrayList<>(step.secrets);
        }

        @Override
        protected String run() throws Exception {
            if (!place.isEmpty() && !RepoPath.resolve("", place).equals(Optional.of(place))) {
                throw new AbortException("'" + place + "' is no place for artifacts");
            }
            FilePath workspace = getContext().get(FilePath.class);
            Run<?, ?> build = getContext().get(Run.class);
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Optional<String> problem = bring(build, source.getValue(), workspace, source.getKey());
                if (problem.isPresent()) {
                    return ResultJson.write(new InstructionResult.Broken(problem.get()));
                }
            }
            Outcome outcome = workspace.act(new OnAgent(instruction));
            if (!outcome.sources.isEmpty()) {
                keep(build, workspace, outcome);
            }
            return secrets.isEmpty()
                    ? outcome.result
                    : ResultJson.write(KeptSecrets.without(
                            ResultJson.read(outcome.result), secrets, getContext().get(EnvVars.class)));
        }

        /** Brings the bytes of a file; what they are is checked on the agent. */
        private static Optional<String> bring(Run<?, ?> build, String source, FilePath workspace, String path)
                throws IOException, InterruptedException {
            int slash = source.indexOf('/');
            String number = slash < 0 ? "" : source.substring(0, slash);
            Run<?, ?> owner = number.isEmpty() ? build : build.getParent().getBuildByNumber(Integer.parseInt(number));
            if (owner == null) {
                return Optional.of("the artifact " + path + " is gone with build " + number);
            }
            VirtualFile file = owner.getArtifactManager().root().child(source.substring(slash + 1));
            if (!file.isFile()) {
                return Optional.of("the artifact " + path + " is not there any more: " + source.substring(slash + 1));
            }
            String target = workspace.act(new Place(path));
            try (InputStream content = file.open()) {
                new FilePath(workspace.getChannel(), target).copyFrom(content);
            }
            return Optional.empty();
        }

        private void keep(Run<?, ?> build, FilePath workspace, Outcome outcome) throws IOException, InterruptedException {
            TaskListener listener = getContext().get(TaskListener.class);
            Map<String, String> artifacts = new LinkedHashMap<>();
            outcome.sources.forEach((path, source) -> artifacts.put(place + "/" + path, source));
            ArtifactManager manager = build.pickArtifactManager();
            manager.archive(workspace, getContext().get(Launcher.class), BuildListenerAdapter.wrap(listener), artifacts);
            Map<String, String> fingerprints = new LinkedHashMap<>();
            for (Map.Entry<String, String> file : outcome.md5.entrySet()) {
                String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
                Jenkins.get().getFingerprintMap().getOrCreate(build, name, file.getValue()).addFor(build);
                fingerprints.put(place + "/" + file.getKey(), file.getValue());
            }
            Fingerprinter.FingerprintAction known = build.getAction(Fingerprinter.FingerprintAction.class);
            if (known == null) {
                build.addAction(new Fingerprinter.FingerprintAction(build, fingerprints));
            } else {
                known.add(fingerprints);
            }
        }
    }

    /** What an agent answers. */
    private static final class Outcome implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String result;
        private final LinkedHashMap<String, String> sources = new LinkedHashMap<>();
        private final LinkedHashMap<String, String> md5 = new LinkedHashMap<>();

        Outcome(String result) {
            this.result = result;
        }
    }

    private static final class OnAgent extends MasterToSlaveFileCallable<Outcome> {
        private static final long serialVersionUID = 1L;

        private final String instruction;

        OnAgent(String instruction) {
            this.instruction = instruction;
        }

        @Override
        public Outcome invoke(File workspace, VirtualChannel channel) throws IOException {
            Instruction what = FileInstructionJson.read(instruction);
            FileInstructions.Done done = FileInstructions.run(workspace.toPath(), what);
            Outcome outcome = new Outcome(ResultJson.write(done.result()));
            outcome.sources.putAll(done.sources());
            for (Map.Entry<String, String> source : done.sources().entrySet()) {
                try (InputStream content = Files.newInputStream(workspace.toPath().resolve(source.getValue()))) {
                    outcome.md5.put(source.getKey(), Util.getDigestOf(content));
                }
            }
            return outcome;
        }
    }

    /** Makes the place for a file, and nothing outside of the workspace. */
    private static final class Place extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final String path;

        Place(String path) {
            this.path = path;
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            Path place = WorkspaceFiles.place(workspace.toPath(), path);
            Files.deleteIfExists(place);
            return place.toString();
        }
    }

    /** How scripts call it. */
    @Extension
    public static final class DescriptorImpl extends LibraryStepDescriptor {
        public DescriptorImpl() {
            super(StepNames.FILES, "Files of a stage");
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, TaskListener.class);
        }
    }
}
