package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.StageRef;
import io.jenkins.plugins.sluice.model.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage, or a copy of one, that a plan will run or skip.
 *
 * @param number its position in {@link ExecutionPlan#stages()}
 * @param id unique in the plan and the same in every plan of the file: {@code api/unit}, {@code web[node=18]/test}
 * @param pipeline the pipeline, or the copy of one: {@code web[node=18]}
 * @param ref which stage of the file it is
 * @param matrix the values of this copy
 * @param needs the numbers of the stages that it directly waits for
 * @param skip why it will not run, if it will not
 */
public record PlannedStage(
        int number,
        String id,
        String pipeline,
        StageRef ref,
        Stage stage,
        Map<String, String> matrix,
        List<Integer> needs,
        Optional<String> skip) {
    public PlannedStage {
        matrix = Collections.unmodifiableMap(new LinkedHashMap<>(matrix));
        needs = List.copyOf(needs);
    }

    /** The id without the pipeline: how the stage is called where the pipeline is clear. */
    public String shortName() {
        return id.substring(pipeline.length() + 1);
    }

    /** A text of the stage with what is known before the run: the values of its matrix. Other references stay as written. */
    public String shown(Template text) {
        return text.resolve(reference -> reference.name().startsWith("matrix.")
                ? matrix.getOrDefault(reference.name().substring("matrix.".length()), reference.toString())
                : reference.toString());
    }

    PlannedStage skippedBecause(String reason) {
        return skipped(reason);
    }

    PlannedStage skipped(@Nullable String reason) {
        return new PlannedStage(number, id, pipeline, ref, stage, matrix, needs, Optional.ofNullable(reason));
    }
}
