package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.sluice.handle.StepNames;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** A body that Sluice can stop, and nothing else with it: how {@code failFast} ends the other stages of a pipeline. */
@Restricted(NoExternalUse.class)
public final class StoppableStep extends Step {
    private static final Map<String, BodyExecution> BODIES = new ConcurrentHashMap<>();

    private final int stage;

    @DataBoundConstructor
    public StoppableStep(int stage) {
        this.stage = stage;
    }

    public int getStage() {
        return stage;
    }

    /**
     * Stops the body of a stage, if it is within such a step.
     *
     * @param run as {@link Run#getExternalizableId} has it
     */
    static void stop(String run, int stage) {
        BodyExecution body = BODIES.get(key(run, stage));
        if (body != null) {
            body.cancel(Interruption.stopped());
        }
    }

    private static String key(String run, int stage) {
        return run + "/" + stage;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new Execution(context, key(context.get(Run.class).getExternalizableId(), stage));
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        private final String key;
        private BodyExecution body;

        Execution(StepContext context, String key) {
            super(context);
            this.key = key;
        }

        @Override
        public boolean start() {
            body = getContext().newBodyInvoker().withCallback(new Forget(key)).start();
            BODIES.put(key, body);
            return false;
        }

        @Override
        public void onResume() {
            if (body != null) {
                BODIES.put(key, body);
            }
        }

        @Override
        public void stop(Throwable cause) {
            if (body != null) {
                body.cancel(cause);
            }
        }
    }

    private static final class Forget extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final String key;

        Forget(String key) {
            this.key = key;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            BODIES.remove(key);
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable trouble) {
            BODIES.remove(key);
            context.onFailure(trouble);
        }
    }

    /** How scripts call it. */
    @Extension
    public static final class DescriptorImpl extends LibraryStepDescriptor {
        public DescriptorImpl() {
            super(StepNames.STOPPABLE, "A stage that Sluice can stop");
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class);
        }
    }
}
