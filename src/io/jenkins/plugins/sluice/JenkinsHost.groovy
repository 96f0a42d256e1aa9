package io.jenkins.plugins.sluice

import io.jenkins.plugins.sluice.handle.BuildVariables
import io.jenkins.plugins.sluice.handle.Checkouts
import io.jenkins.plugins.sluice.handle.HostSteps
import io.jenkins.plugins.sluice.handle.NamedStep
import io.jenkins.plugins.sluice.handle.RunHandle

/**
 * Walks the tree of a run and takes the steps that it names. What they are, and what follows from them, is decided in Java;
 * between steps nothing is kept but texts, numbers, maps, lists and the handle of the run.
 *
 * <p>A script in the sandbox may call every method here, with any arguments, and what is done here is not in the sandbox: so
 * nothing is called but steps, by the host's own object for them. The script is only asked for what it has; it may be anything.
 */
final class JenkinsHost implements Serializable {
    private static final long serialVersionUID = 1L

    private final Script script
    private final Object steps
    private RunHandle run

    JenkinsHost(Script script) {
        this.script = script
        this.steps = HostSteps.of(script)
    }

    /** Reads the configuration on an agent, which is given back then, and runs it. */
    void start(Map options) {
        List sources = new BuildVariables(new LinkedHashMap(script.params)).checkout()
        steps.node(options.agent ?: '') {
            take(sources)
            run = steps.sluicePlan(options)
        }
        if (run != null && !run.isEmpty()) {
            walk(0)
            script.currentBuild.result = run.result()
        }
    }

    void walk(int number) {
        Map block = run.block(number)
        if (block.kind == 'stage') {
            stage(block.stage)
        } else if (block.kind == 'group') {
            group(block)
        } else if (block.kind == 'sequence') {
            for (int i = 0; i < block.parts.size(); i++) {
                walk(block.parts[i])
            }
        } else {
            fork(block.kind == 'mesh' ? number : -1, block.branches)
        }
    }

    /** Parts side by side; those of a mesh are followed by whatever needs no more than what is done. */
    private void fork(int mesh, Map parts) {
        List names = new ArrayList(parts.keySet())
        if (names.size() == 1) {
            follow(mesh, parts[names[0]])
        } else if (names.size() > 1) {
            Map branches = [:]
            for (int i = 0; i < names.size(); i++) {
                int part = parts[names[i]]
                branches[names[i]] = { follow(mesh, part) }
            }
            steps.parallel(branches)
        }
    }

    private void follow(int mesh, int part) {
        walk(part)
        if (mesh >= 0) {
            fork(mesh, run.finish(mesh, part))
        }
    }

    /** An agent for the stages of a group, and another one if it is lost, as long as one is needed. */
    private void group(Map block) {
        while (!run.isSettled(block.group)) {
            try {
                within(run.around(block.group), 0) {
                    steps.node(block.agent) {
                        take(run.enter(block.group))
                        walk(block.parts[0])
                        take(run.leave(block.group))
                        run.left(block.group)
                    }
                }
            } catch (Exception e) {
                if (!run.groupFailed(block.group, e)) {
                    throw e
                }
            }
        }
        walk(block.parts[0])
    }

    private void stage(int number) {
        Map shown = run.open(number)
        if (shown == null) {
            return
        }
        steps.stage(shown.name) {
            within(shown.around, 0) { work(number) }
            Map ending = run.close(number)
            if (ending != null) {
                perform(ending)
            }
        }
    }

    private void work(int number) {
        Map step = run.next(number)
        while (step != null) {
            try {
                run.take(number, perform(step))
            } catch (Exception e) {
                run.fail(number, e)
            }
            step = run.next(number)
        }
    }

    private void take(List named) {
        for (int i = 0; i < named.size(); i++) {
            perform(named[i])
        }
    }

    private Object perform(Object named) {
        Map step = NamedStep.of(named)
        within(step.around, 0) {
            boolean scm = step.step == 'checkout' && !step.args.scm
            steps."${step.step}"(scm ? Checkouts.arguments(run, script.scm, step.args) : step.args)
        }
    }

    private Object within(List around, int from, Closure body) {
        if (from == around.size()) {
            return body.call()
        }
        Map outer = NamedStep.of(around[from])
        return steps."${outer.step}"(outer.args) { within(around, from + 1, body) }
    }
}
