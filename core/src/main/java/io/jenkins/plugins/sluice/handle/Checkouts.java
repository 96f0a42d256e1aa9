package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Fetch;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How sources get into a workspace. */
public final class Checkouts {
    private static final String SCM = "scm";
    private static final Map<String, Object> QUIETLY = Call.arguments("changelog", false, "poll", false);

    private Checkouts() {}

    /** The steps for the agent of a stage, as its pipeline wants them. What has changed is told by the planning checkout. */
    static List<Call> of(Map<String, String> source, ExecutionPlan plan, PlannedStage stage) {
        List<Call> calls = of(source, plan.pipelineOf(stage).fetch());
        calls.forEach(call -> {
            if (call.arguments().containsKey(SCM)) {
                call.arguments().putAll(QUIETLY);
            }
        });
        return calls;
    }

    /**
     * The steps that leave a workspace with the sources and nothing else. Where the job says where these are, the step
     * {@code checkout} has what the pipeline says of them as its arguments, see {@link #arguments}; else it has an {@code scm}.
     *
     * <p>Nothing of an earlier checkout is kept: it may have other tags and submodules, and settings of Git that a foreign
     * change has left there.
     *
     * @param source where they are if not where the job says: {@code url}, {@code ref}, {@code commit}
     */
    static List<Call> of(Map<String, String> source, Fetch fetch) {
        Map<String, Object> arguments = source.isEmpty() ? fetch.said() : Call.arguments(SCM, git(source, fetch));
        return List.of(Call.of("deleteDir", Map.of()), Call.of("checkout", arguments));
    }

    /** As PipelineLib does it; the ref of a change never moves, so few commits are enough to find the wanted one. */
    private static Map<String, Object> git(Map<String, String> source, Fetch fetch) {
        Map<String, Object> remote =
                Call.arguments("url", source.getOrDefault("url", ""), "refspec", source.getOrDefault("ref", ""));
        return Call.arguments(
                "$class",
                "GitSCM",
                "branches",
                List.of(Call.arguments("name", source.getOrDefault("commit", "FETCH_HEAD"))),
                "userRemoteConfigs",
                List.of(remote),
                "extensions",
                List.of(clone(fetch), submodules(fetch)));
    }

    private static Map<String, Object> clone(Fetch fetch) {
        Map<String, Object> clone = depth("CloneOption", fetch);
        clone.put("noTags", !fetch.hasTags());
        clone.put("honorRefspec", true);
        return clone;
    }

    private static Map<String, Object> submodules(Fetch fetch) {
        if (!fetch.hasSubmodules()) {
            return Call.arguments("$class", "SubmoduleOption", "disableSubmodules", true);
        }
        Map<String, Object> submodules = depth("SubmoduleOption", fetch);
        submodules.put("recursiveSubmodules", true);
        return submodules;
    }

    private static Map<String, Object> depth(String option, Fetch fetch) {
        return Call.arguments(
                "$class", option, "shallow", fetch.isShallow(), "depth", fetch.isShallow() ? fetch.commits() : 0);
    }

    /**
     * The arguments of the step {@code checkout} if the job says where the sources are.
     *
     * @param run whose step it is; null if that is only to be planned
     * @param scm what the job has
     * @param options what the pipeline says of it
     */
    public static Map<String, Object> arguments(@Nullable RunHandle run, Object scm, Map<String, Object> options) {
        if (run == null) {
            return Call.arguments(SCM, scm);
        }
        Map<String, Object> arguments = Call.arguments(SCM, Controller.find().sources(run, scm, options));
        arguments.putAll(QUIETLY);
        return arguments;
    }
}
