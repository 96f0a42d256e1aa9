package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage does and gets, in the words of a policy.
 *
 * @param actions the keys that make it do something (see {@link io.jenkins.plugins.sluice.config.PolicyFormat#ACTIONS}), with the
 *     place of each
 * @param credentials the secrets that it is given, its actions and its gate included
 */
public record StageUses(Map<String, Place> actions, List<Credential> credentials) {
    public StageUses {
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
        credentials = List.copyOf(credentials);
    }

    /** What a stage does and gets. */
    public static StageUses of(Stage stage) {
        Map<String, Place> actions = new LinkedHashMap<>();
        List<Credential> credentials = new ArrayList<>();
        stage.work()
                .steps()
                .flatMap(Work.Steps::script)
                .ifPresent(
                        script -> actions.put("script", script.commands().get(0).place()));
        for (Action action : stage.work().actions()) {
            actions.put(action.kind().key(), action.place());
            if (action.kind() == Action.Kind.BUILD) {
                ownBlubberFile(action, stage).ifPresent(place -> actions.put("blubberfile", place));
            }
            credentials.addAll(action.credentials());
        }
        stage.work().laterWork().stream()
                .filter(work -> work.key().equals(Action.Kind.DEPLOY.key()))
                .forEach(work -> actions.put(work.key(), work.place()));
        credentials.addAll(stage.settings().credentials());
        stage.work().gate().flatMap(Gate::ask).map(Gate.Ask::credential).ifPresent(credentials::add);
        return new StageUses(actions, credentials);
    }

    /** Where the stage has a Blubber file of its own, not that of its pipeline. */
    private static Optional<Place> ownBlubberFile(Action build, Stage stage) {
        String path = stage.place().path() + ".blubberfile";
        return build.templates().stream()
                .map(Template::place)
                .filter(place -> place.path().equals(path) || place.path().startsWith(path + "."))
                .findFirst();
    }
}
