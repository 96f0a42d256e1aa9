package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sluice.handle.StepNames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * A lock between the runs of Sluice in this Jenkins, for one without the plugin Lockable Resources: whoever asks first has it
 * first, across restarts of the controller too.
 */
@Restricted(NoExternalUse.class)
public final class LockStep extends Step {
    /** By name whoever holds the lock, and behind it those who wait. All access is synchronised on it. */
    private static final Map<String, Deque<Execution>> QUEUES = new HashMap<>();

    private final String resource;

    @DataBoundConstructor
    public LockStep(String resource) {
        this.resource = resource;
    }

    public String getResource() {
        return resource;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, resource);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        private final String resource;
        private BodyExecution body;

        Execution(StepContext context, String resource) {
            super(context);
            this.resource = resource;
        }

        @Override
        public boolean start() throws IOException, InterruptedException {
            boolean first;
            synchronized (QUEUES) {
                Deque<Execution> queue = QUEUES.computeIfAbsent(resource, name -> new ArrayDeque<>());
                queue.addLast(this);
                first = queue.peekFirst() == this;
            }
            if (first) {
                begin();
            } else {
                getContext().get(TaskListener.class).getLogger().println("waits for the lock '" + resource + "'");
            }
            return false;
        }

        private void begin() {
            body = getContext().newBodyInvoker().withCallback(new Release(this)).start();
            getContext().saveState();
        }

        /** Whoever held the lock before the restart comes before those who waited. */
        @Override
        public void onResume() {
            boolean first;
            synchronized (QUEUES) {
                Deque<Execution> queue = QUEUES.computeIfAbsent(resource, name -> new ArrayDeque<>());
                if (body != null) {
                    queue.addFirst(this);
                } else {
                    queue.addLast(this);
                }
                first = queue.peekFirst() == this;
            }
            if (first && body == null) {
                begin();
            }
        }

        private void release() {
            Execution next;
            synchronized (QUEUES) {
                Deque<Execution> queue = QUEUES.getOrDefault(resource, new ArrayDeque<>());
                boolean held = queue.peekFirst() == this;
                queue.remove(this);
                next = held ? queue.peekFirst() : null;
                if (queue.isEmpty()) {
                    QUEUES.remove(resource);
                }
            }
            if (next != null && next.body == null) {
                next.begin();
            }
        }

        @Override
        public void stop(Throwable cause) {
            if (body == null) {
                release();
                getContext().onFailure(cause);
            } else {
                body.cancel(cause);
            }
        }

        @Override
        public String getStatus() {
            return body == null ? "waits for the lock '" + resource + "'" : "holds the lock '" + resource + "'";
        }
    }

    private static final class Release extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;

        private final Execution execution;

        Release(Execution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) {
            execution.release();
        }
    }

    /** How scripts call it. */
    @Extension
    public static final class DescriptorImpl extends LibraryStepDescriptor {
        public DescriptorImpl() {
            super(StepNames.OWN_LOCK, "A lock between runs of Sluice");
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
