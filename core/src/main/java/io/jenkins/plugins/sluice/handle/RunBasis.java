package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.model.Dialect;
import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.PolicyReader;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.SiteReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a run was started with: with it the same plan can be made again at any time.
 *
 * @param key by which the host finds its build
 * @param file how messages call the configuration
 * @param config the configuration itself
 * @param pipelines those that were chosen; empty means all
 * @param trigger what started the run; the changed files are not among it, as their effect is in {@code skips}
 * @param skips why stages are skipped, by their ids
 * @param setup values of {@code ${setup.…}}
 * @param run values of {@code ${run.…}}
 * @param parties who wrote the change and who started the run
 * @param source where the sources are if not where the job says: see {@link Checkouts}
 * @param site the settings of the site, as YAML or JSON; empty if there are none
 * @param policy what the repository may do, likewise
 * @param review what a change of the pipeline does, if someone has to look at it first
 */
public record RunBasis(
        String key,
        String file,
        String config,
        List<String> pipelines,
        Trigger trigger,
        Map<String, String> skips,
        Map<String, String> setup,
        Map<String, String> run,
        Parties parties,
        Map<String, String> source,
        String site,
        String policy,
        Optional<String> review) {
    public RunBasis {
        pipelines = List.copyOf(pipelines);
        skips = Collections.unmodifiableMap(new LinkedHashMap<>(skips));
        setup = Collections.unmodifiableMap(new LinkedHashMap<>(setup));
        source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
        run = Collections.unmodifiableMap(new LinkedHashMap<>(run));
    }

    /**
     * The basis of a run of which nothing else is known yet.
     *
     * @param key by which the host finds its build
     * @param file how messages call the configuration
     */
    public static Builder builder(String key, String file) {
        return new Builder(key, file);
    }

    /** The same, to be changed. */
    Builder toBuilder() {
        return new Builder(key, file)
                .config(config)
                .pipelines(pipelines)
                .trigger(trigger)
                .skips(skips)
                .setup(setup)
                .run(run)
                .parties(parties)
                .source(source)
                .site(site)
                .policy(policy)
                .review(review);
    }

    /** The same with what an earlier run was about: its author is the author; who starts is who starts this one. */
    RunBasis repeating(RunBasis earlier) {
        return toBuilder()
                .file(earlier.file)
                .config(earlier.config)
                .pipelines(earlier.pipelines)
                .trigger(earlier.trigger)
                .skips(earlier.skips)
                .parties(new Parties(earlier.parties.author(), parties.starter()))
                .source(earlier.source)
                .review(earlier.review)
                .build();
    }

    /**
     * The same with a configuration and what follows from it.
     *
     * @param looksUp the variables that the configuration looks up: the rest of an environment is not kept
     */
    RunBasis with(String text, Set<String> looksUp, Map<String, String> reasons, Optional<String> toReview) {
        Map<String, String> env = new LinkedHashMap<>(trigger.env());
        env.keySet().retainAll(looksUp);
        Trigger kept = new Trigger(trigger.facts(), Optional.empty(), env);
        return toBuilder()
                .config(text)
                .trigger(kept)
                .skips(reasons)
                .review(toReview)
                .build();
    }

    /**
     * The plan.
     *
     * @throws IllegalStateException if this version of Sluice does not read the configuration any more, and why
     */
    ExecutionPlan plan() {
        PipelineFile all = read("the configuration", problems -> ModelReader.read(file, bytes(config), problems)
                .orElse(new PipelineFile(file, Dialect.SLUICE, Map.of())));
        PipelineFile chosen = pipelines.isEmpty() ? all : Planner.select(all, pipelines);
        Policy rules = policyRules();
        return Planner.plan(rules.reviewed(Enforcement.of(chosen, rules), review), trigger)
                .withSkips(skips);
    }

    /** Where the sources are, if not where the job says, and which commit of them: a ref may move on meanwhile. */
    Map<String, String> sourceOfRun() {
        Map<String, String> pinned = new LinkedHashMap<>(source);
        if (!source.isEmpty() && !trigger.fact("commit").isEmpty()) {
            pinned.putIfAbsent("commit", trigger.fact("commit"));
        }
        return pinned;
    }

    /** The settings of the site. */
    Site siteSettings() {
        return site.isEmpty()
                ? Site.NONE
                : read("the settings of the site", problems -> SiteReader.read("the site", bytes(site), problems));
    }

    /** What the repository may do. */
    Policy policyRules() {
        return policy.isEmpty()
                ? Policy.OPEN
                : read("the policy", problems -> PolicyReader.read("the policy", bytes(policy), problems));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T read(String what, Function<Problems, T> reader) {
        Problems problems = new Problems();
        T read = reader.apply(problems);
        if (problems.hasErrors()) {
            Optional<String> first = problems.list().stream().findFirst().map(Object::toString);
            throw new IllegalStateException(
                    "this version of Sluice does not read " + what + " of the run any more: " + first.orElse(""));
        }
        return read;
    }

    /** Puts together what a run was started with; see there. Of what is not said nothing is known. */
    public static final class Builder {
        private final String key;
        private String file;
        private String config = "";
        private List<String> pipelines = List.of();
        private Trigger trigger = Trigger.unknown();
        private Map<String, String> skips = Map.of();
        private Map<String, String> setup = Map.of();
        private Map<String, String> run = Map.of();
        private Parties parties = new Parties(List.of(), List.of());
        private Map<String, String> source = Map.of();
        private String site = "";
        private String policy = "";
        private Optional<String> review = Optional.empty();

        private Builder(String key, String file) {
            this.key = key;
            this.file = file;
        }

        private Builder file(String given) {
            file = given;
            return this;
        }

        Builder config(String given) {
            config = given;
            return this;
        }

        public Builder pipelines(List<String> given) {
            pipelines = given;
            return this;
        }

        public Builder trigger(Trigger given) {
            trigger = given;
            return this;
        }

        Builder skips(Map<String, String> given) {
            skips = given;
            return this;
        }

        public Builder setup(Map<String, String> given) {
            setup = given;
            return this;
        }

        public Builder run(Map<String, String> given) {
            run = given;
            return this;
        }

        public Builder parties(Parties given) {
            parties = given;
            return this;
        }

        public Builder source(Map<String, String> given) {
            source = given;
            return this;
        }

        public Builder site(String given) {
            site = given;
            return this;
        }

        public Builder policy(String given) {
            policy = given;
            return this;
        }

        Builder review(Optional<String> given) {
            review = given;
            return this;
        }

        public RunBasis build() {
            return new RunBasis(
                    key, file, config, pipelines, trigger, skips, setup, run, parties, source, site, policy, review);
        }
    }
}
