package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.List;

/** Says before a run which settings of the site its stages need that are not there. */
public final class SiteChecks {
    private final Site site;
    private final Problems problems;

    private SiteChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    /** Reports every action of a stage that would run whose setting is missing. */
    public static void check(ExecutionPlan plan, Site site, Problems problems) {
        SiteChecks checks = new SiteChecks(site, problems);
        plan.stages().stream()
                .filter(s -> s.skip().isEmpty())
                .forEach(s -> s.stage().work().actions().forEach(checks::check));
    }

    private void check(Action action) {
        switch (action.kind()) {
            case PUBLISH -> {
                if (site.registry().isEmpty()) {
                    problems.add(missing(action, "registry", "registry: {host: HOST}"));
                }
            }
            case PROMOTE -> {
                if (site.charts().isEmpty()) {
                    problems.add(missing(action, "charts", "charts: {repository: ADDRESS}"));
                }
            }
            case NOTIFY -> {
                if (site.mail().isEmpty()) {
                    // A run without mail is still a run: the result says so where a mail is due.
                    problems.add(missing(action, "mail", "mail: {host: HOST, from: ADDRESS}")
                            .asWarning());
                }
            }
            case TRIGGER -> job(action);
            case BUILD, RUN, COPY, DEPLOY, EXPORTS -> {}
        }
    }

    /** A name with references is known only when its turn comes. */
    private void job(Action action) {
        List<Template> names = PolicyChecks.named(action.settings(), "name");
        for (Template name : names) {
            if (name.references().isEmpty() && !site.jobs().containsKey(name.toString())) {
                problems.add(missing(name.place(), action, "jobs." + name, "jobs: {" + name + ": COMMAND}"));
            }
        }
    }

    private static Problem missing(Action action, String setting, String example) {
        return missing(action.place(), action, setting, example);
    }

    private static Problem missing(Place place, Action action, String setting, String example) {
        return ProblemCode.MISSING_SETTING.at(place, action.kind().key(), setting, example);
    }
}
