package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution.PlaceholderTask;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Keeps the queue from giving an agent to a {@code node} that is over. The controller writes its queue down only once a minute: one
 * that was killed reads some that have had their agent since, and they would break into whatever their branch does now, such as to
 * wait at a gate. When the build is over, Jenkins takes them out of the queue by itself.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class LeftoverTasks extends QueueTaskDispatcher {
    private static final Logger LOGGER = Logger.getLogger(LeftoverTasks.class.getName());
    private static final CauseOfBlockage OVER = new CauseOfBlockage() {
        @Override
        public String getShortDescription() {
            return Messages.LeftoverTasks_over();
        }
    };

    /** In milliseconds since the epoch. */
    private final long start = ManagementFactory.getRuntimeMXBean().getStartTime();

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        return item.getInQueueSince() < start && isOver(item.task) ? OVER : null;
    }

    /** Whether a task is for a {@code node} of a run of Sluice that has had its agent already; so it may be if that is unknown yet. */
    static boolean isOver(Queue.Task task) {
        if (!(task instanceof PlaceholderTask)) {
            return false;
        }
        PlaceholderTask placeholder = (PlaceholderTask) task;
        Run<?, ?> build = placeholder.runForDisplay();
        try {
            return build != null
                    && SluiceAction.runOf(build).isPresent()
                    && placeholder.getNode() instanceof BlockStartNode node
                    && node.getEndNode() != null;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "what " + task + " is for cannot be told yet", e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
