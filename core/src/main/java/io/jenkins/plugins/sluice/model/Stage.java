package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.ArrayList;
import java.util.List;

/** One stage of a pipeline, validated. */
public record Stage(String name, Place place, Work work, Settings settings, Flow flow, Keeps keeps) {
    Stage withAgent(String label) {
        return new Stage(name, place, work, settings.withAgent(label), flow, keeps);
    }

    Stage withSettings(Settings other) {
        return new Stage(name, place, work, other, flow, keeps);
    }

    /** The same stage after more than before. */
    Stage withMoreNeeds(List<Need> more) {
        List<Need> all = new ArrayList<>(flow.needs());
        all.addAll(more);
        return more.isEmpty() ? this : withFlow(flow.withNeeds(all));
    }

    Stage withFlow(Flow other) {
        return new Stage(name, place, work, settings, other, keeps);
    }

    /** Every text of the stage that may hold references. */
    public List<Template> templates() {
        List<Template> all = new ArrayList<>(ownTemplates());
        work.actions().forEach(action -> all.addAll(action.templates()));
        all.addAll(keeps.outputs().values());
        return all;
    }

    /** Those that are resolved before the stage has values of its own. */
    List<Template> ownTemplates() {
        List<Template> all = new ArrayList<>();
        work.steps().ifPresent(steps -> {
            steps.script().ifPresent(script -> all.addAll(script.commands()));
            steps.image().ifPresent(all::add);
        });
        work.gate().ifPresent(gate -> {
            all.add(gate.message());
            all.addAll(gate.show());
        });
        all.addAll(settings.env().values());
        settings.lock().ifPresent(all::add);
        all.addAll(keeps.artifacts());
        all.addAll(keeps.junit());
        return all;
    }
}
