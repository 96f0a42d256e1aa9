package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.Target;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.Value;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.HashSet;
import java.util.Set;

/** Values that name an image or a container which a run has made. They mean nothing any more when the run is over. */
final class EphemeralValues {
    private static final Set<String> KEYS = Set.of("imageID", "imageLocalName", "container");

    private final PipelineFile file;

    EphemeralValues(PipelineFile file) {
        this.file = file;
    }

    /** Whether one stage uses such a value of another. */
    boolean pass(PlannedStage from, PlannedStage to) {
        Set<String> keys = keys(from.stage());
        if (keys.isEmpty()) {
            return false;
        }
        Pipeline home = file.pipeline(to.ref().pipeline()).orElseThrow();
        return to.stage().templates().stream()
                .flatMap(template -> template.references().stream())
                .flatMap(reference -> Target.of(reference, home, file).stream())
                .anyMatch(target -> target instanceof Target.Output output
                        && output.stage().equals(from.ref())
                        && keys.contains(output.key()));
    }

    /** Those that a stage has, also under names of its own. */
    private static Set<String> keys(Stage stage) {
        Set<String> keys = new HashSet<>();
        for (Action action : stage.work().actions()) {
            action.kind().outputs().stream().filter(KEYS::contains).forEach(keys::add);
            if (action.kind() == Action.Kind.EXPORTS && action.settings() instanceof Value.Entries exports) {
                exports.values().forEach((name, value) -> {
                    if (value instanceof Value.Text text && isEphemeral(text.template())) {
                        keys.add(name.toString());
                    }
                });
            }
        }
        stage.keeps().outputs().forEach((name, template) -> {
            if (isEphemeral(template)) {
                keys.add(name);
            }
        });
        return keys;
    }

    private static boolean isEphemeral(Template template) {
        return template.references().stream().anyMatch(EphemeralValues::isEphemeral);
    }

    private static boolean isEphemeral(Reference reference) {
        return KEYS.contains(reference.name().substring(reference.name().lastIndexOf('.') + 1));
    }
}
