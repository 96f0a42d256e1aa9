package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.StageRef;
import io.jenkins.plugins.sluice.model.Target;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Values that name an image or a container which a run has made. They mean nothing any more when the run is over. */
public final class EphemeralValues {
    private static final Set<String> KEYS = Set.of("imageID", "imageLocalName", "container");

    private final PipelineFile file;
    private final Map<StageRef, Map<StageRef, Template>> users = new HashMap<>();

    public EphemeralValues(PipelineFile file) {
        this.file = file;
    }

    /** The stages of which a stage uses such a value, each with the text that says so. */
    public Map<StageRef, Template> usedBy(StageRef user) {
        return users.computeIfAbsent(user, this::find);
    }

    private Map<StageRef, Template> find(StageRef user) {
        Pipeline home = file.pipeline(user.pipeline()).orElseThrow();
        Map<StageRef, Template> found = new LinkedHashMap<>();
        for (Template template : home.stage(user.stage()).orElseThrow().templates()) {
            for (Reference reference : template.references()) {
                Target.of(reference, home, file).ifPresent(target -> {
                    if (target instanceof Target.Output output && isEphemeral(output)) {
                        found.putIfAbsent(output.stage(), template);
                    }
                });
            }
        }
        return found;
    }

    private boolean isEphemeral(Target.Output output) {
        return file.stage(output.stage())
                .map(stage -> keys(stage).contains(output.key()))
                .orElse(false);
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
