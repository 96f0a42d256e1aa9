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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values that name an image or a container which a run has made. They mean nothing any more when the run is over. */
public final class EphemeralValues {
    private static final Set<String> KEYS = Set.of("imageID", "imageLocalName", "container");

    private final PipelineFile file;
    private final Map<StageRef, Map<StageRef, Template>> users = new HashMap<>();
    private final Map<StageRef, Set<String>> keys = new HashMap<>();

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
                    if (target instanceof Target.Output output
                            && keys(output.stage()).contains(output.key())) {
                        found.putIfAbsent(output.stage(), template);
                    }
                });
            }
        }
        return found;
    }

    /** The names of those that a stage has, also of those that it hands on under another name. */
    private Set<String> keys(StageRef ref) {
        Set<String> known = keys.get(ref);
        if (known == null) {
            known = new HashSet<>();
            keys.put(ref, known);
            Pipeline home = file.pipeline(ref.pipeline()).orElseThrow();
            Optional<Stage> stage = home.stage(ref.stage());
            if (stage.isPresent()) {
                collect(stage.get(), home, known);
            }
        }
        return known;
    }

    private void collect(Stage stage, Pipeline home, Set<String> found) {
        for (Action action : stage.work().actions()) {
            action.kind().outputs().stream().filter(KEYS::contains).forEach(found::add);
            if (action.kind() == Action.Kind.EXPORTS && action.settings() instanceof Value.Entries exports) {
                exports.values().forEach((name, value) -> {
                    List<Template> texts = new ArrayList<>();
                    value.visit(new Value.Collector(texts));
                    if (texts.stream().anyMatch(text -> handsOn(text, home, found))) {
                        found.add(name.toString());
                    }
                });
            }
        }
        stage.keeps().outputs().forEach((name, text) -> {
            if (handsOn(text, home, found)) {
                found.add(name);
            }
        });
    }

    private boolean handsOn(Template text, Pipeline home, Set<String> own) {
        return text.references().stream()
                .flatMap(reference -> Target.of(reference, home, file).stream())
                .anyMatch(target -> target instanceof Target.Own value
                        ? own.contains(value.key())
                        : target instanceof Target.Output output
                                && keys(output.stage()).contains(output.key()));
    }
}
