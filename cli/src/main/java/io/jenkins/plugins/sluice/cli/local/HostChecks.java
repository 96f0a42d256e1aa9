package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.engine.ContainerEngine;
import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out before a run what this machine lacks for a plan. */
public final class HostChecks {

    private static final Set<Action.Kind> WITH_IMAGES =
            EnumSet.of(Action.Kind.BUILD, Action.Kind.RUN, Action.Kind.COPY, Action.Kind.PUBLISH);

    private HostChecks() {}

    /** Reports every credential of a stage that would run and that is not there. */
    public static void secrets(ExecutionPlan plan, Secrets secrets, Problems problems) {
        for (PlannedStage stage : plan.stages()) {
            if (stage.skip().isEmpty()) {
                credentials(stage).forEach(credential -> check(credential, secrets, problems));
            }
        }
    }

    /** Reports every credential of the site that a stage which would run uses, and that is not there. */
    public static void secrets(ExecutionPlan plan, Site site, Secrets secrets, Problems problems) {
        plan.stages().stream()
                .filter(s -> s.skip().isEmpty())
                .flatMap(s -> s.stage().work().actions().stream())
                .map(action -> credential(action.kind(), site))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(credential -> check(credential, secrets, problems));
    }

    private static Optional<Credential> credential(Action.Kind kind, Site site) {
        return switch (kind) {
            case PUBLISH -> site.registry().flatMap(Site.Registry::credential);
            case PROMOTE -> site.charts().flatMap(Site.Charts::credential);
            case NOTIFY -> site.mail().flatMap(Site.Mail::credential);
            case BUILD, RUN, COPY, DEPLOY, EXPORTS, TRIGGER -> Optional.empty();
        };
    }

    private static void check(Credential credential, Secrets secrets, Problems problems) {
        List<String> missing = secrets.missing(credential);
        if (!missing.isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_SECRET.at(credential.place(), credential.id(), String.join(" and ", missing)));
        }
    }

    private static List<Credential> credentials(PlannedStage stage) {
        List<Credential> all = new ArrayList<>(stage.stage().settings().credentials());
        stage.stage().work().actions().forEach(action -> all.addAll(action.credentials()));
        stage.stage().work().gate().flatMap(Gate::ask).map(Gate.Ask::credential).ifPresent(all::add);
        return all;
    }

    /** The container engine, if a stage that would run needs one; reports each such stage if there is none. */
    public static Optional<ContainerEngine> engine(
            ExecutionPlan plan, Map<String, String> environment, Problems problems) {
        List<PlannedStage> contained = plan.stages().stream()
                .filter(s -> s.skip().isEmpty() && !needs(s).isEmpty())
                .toList();
        if (contained.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> harmless = new LinkedHashMap<>(environment);
        harmless.keySet().removeIf(name -> name.startsWith(Secrets.PREFIX));
        ContainerEngine.Search search = ContainerEngine.find(harmless);
        if (search.engine().isEmpty()) {
            for (PlannedStage stage : contained) {
                needs(stage)
                        .forEach((what, place) ->
                                problems.add(ProblemCode.NO_CONTAINER_ENGINE.at(place, what, search.reasons())));
            }
        }
        return search.engine();
    }

    /** What of a stage needs an engine, and where the file asks for it. */
    private static Map<String, Place> needs(PlannedStage stage) {
        Map<String, Place> needs = new LinkedHashMap<>();
        stage.stage()
                .work()
                .steps()
                .flatMap(s -> s.image())
                .ifPresent(image -> needs.put("the image '" + stage.shown(image) + "'", image.place()));
        stage.stage().work().actions().stream()
                .filter(action -> WITH_IMAGES.contains(action.kind()))
                .forEach(action -> needs.put("'" + action.kind().key() + "'", action.place()));
        return needs;
    }
}
