package io.jenkins.plugins.sluice.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.sluice.config.Words;
import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.model.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Charts, jobs and mail. */
final class DeliverySteps {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** PipelineLib's limit for a release, where the file gives none. */
    private static final Duration RELEASE_LIMIT = Duration.ofMinutes(2);

    private DeliverySteps() {}

    // deploy

    static Step deploy(Action action, StageContext context) {
        return Step.of(() -> {
            Resolved settings = context.settings(action);
            Resolved chart = settings.map("chart");
            String release = "sluice-" + context.values.uniqueName(context.stage);
            context.then(Step.of(
                    () -> new Instruction.InstallChart(
                            release,
                            chart.text("name"),
                            chart.text("version"),
                            chartValues(settings, context.site),
                            settings.flag("test"),
                            limit(settings.map().get("timeout"))),
                    result -> context.put("releaseName", release)));
        });
    }

    private static String chartValues(Resolved settings, Site site) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Site.Helm helm = site.helm();
        site.registry().ifPresent(registry -> {
            String prefix = registry.repository().isEmpty() ? "" : "/" + registry.repository();
            set(values, helm.registryKey(), registry.host() + prefix);
        });
        set(values, helm.imageKey(), settings.text("image"));
        set(values, helm.tagKey(), settings.text("tag"));
        Object overrides = settings.map().get("overrides");
        if (overrides instanceof Map<?, ?> map) {
            merge(values, map);
        }
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    /** Sets a value whose place is given with dots. */
    private static void set(Map<String, @Nullable Object> values, String key, String value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            values.put(key, value);
            return;
        }
        Map<String, @Nullable Object> below = new LinkedHashMap<>();
        if (values.get(key.substring(0, dot)) instanceof Map<?, ?> there) {
            there.forEach((name, old) -> below.put(String.valueOf(name), old));
        }
        set(below, key.substring(dot + 1), value);
        values.put(key.substring(0, dot), below);
    }

    private static void merge(Map<String, @Nullable Object> values, Map<?, ?> more) {
        more.forEach((name, value) -> {
            if (value instanceof Map<?, ?> map && values.get(String.valueOf(name)) instanceof Map<?, ?> there) {
                Map<String, @Nullable Object> both = new LinkedHashMap<>();
                there.forEach((key, old) -> both.put(String.valueOf(key), old));
                merge(both, map);
                values.put(String.valueOf(name), both);
            } else {
                values.put(String.valueOf(name), value);
            }
        });
    }

    /** A bare number is PipelineLib's number of seconds. */
    private static Duration limit(@Nullable Object written) {
        if (Value.isFalsy(written)) {
            return RELEASE_LIMIT;
        }
        String text = Value.text(written);
        return text.matches("[0-9]{1,9}")
                ? Duration.ofSeconds(Long.parseLong(text))
                : Words.duration(text).orElseThrow(() -> new UnfitValueException("'" + text + "' is no duration"));
    }

    // trigger

    static Step trigger(Action action, StageContext context) {
        return Step.of(() -> {
            Resolved settings = context.settings(action);
            String name = settings.text("name");
            context.checkAllowed(Policy.Kind.JOB, name);
            boolean awaited = settings.flag("wait");
            context.then(
                    Step.of(() -> new Instruction.StartJob(name, settings.textMap("parameters"), awaited), result -> {
                        Optional<String> failure = ((InstructionResult.JobStarted) result).failure();
                        if (settings.flag("propagate")) {
                            failure.ifPresent(why -> context.fail("job " + name + ": " + why));
                        }
                    }));
        });
    }

    // notify

    /** The mail about a failure. That it cannot be sent is said beside the failure, never instead of it. */
    static Step notice(Action action, StageContext context) {
        return new Step(
                () -> {
                    boolean due = context.outcome() == Outcome.FAILED || context.outcome() == Outcome.ERRORED;
                    return due && !context.values.isTriedAgain(context.stage, context.outcome(), context.cause())
                            ? mail(action, context)
                            : Optional.empty();
                },
                result -> {
                    if (result instanceof InstructionResult.Broken broken) {
                        context.remark("no mail was sent: " + broken.message());
                    }
                },
                Step.Due.AT_LAST);
    }

    private static Optional<Instruction> mail(Action action, StageContext context) {
        try {
            Resolved settings = context.settings(action);
            Instruction mail =
                    new Instruction.SendMail(settings.texts("to"), settings.text("subject"), settings.text("body"));
            Optional<String> lack = context.lack();
            lack.ifPresent(why -> context.remark("no mail was sent: " + why));
            return lack.isEmpty() ? Optional.of(mail) : Optional.empty();
        } catch (UnfitValueException e) {
            context.remark("no mail was sent: " + e.why());
            return Optional.empty();
        }
    }
}
