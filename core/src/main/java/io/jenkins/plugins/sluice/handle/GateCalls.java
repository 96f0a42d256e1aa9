package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.GateRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gate as Jenkins' {@code input}, asked anew for each vote. */
final class GateCalls {
    /** How votes come that are cast in Jenkins. */
    static final String VIA = "jenkins";

    private static final String VOTER = "voter";
    private static final String DECISION = "decision";
    private static final String COMMENT = "comment";
    private static final String INPUT = "input.";

    private GateCalls() {}

    /** The question, as long as there is time. */
    static Call of(PlannedStage stage, GateView view, Instant now) {
        Gate gate = stage.stage().work().gate().orElseThrow();
        List<Map<String, Object>> parameters = new ArrayList<>();
        parameters.add(Call.arguments(
                "$class",
                "ChoiceParameterDefinition",
                "name",
                DECISION,
                "choices",
                "approve\nreject",
                "description",
                view.headline()));
        if (gate.comment() != Gate.CommentRule.NONE) {
            String needed = gate.comment() == Gate.CommentRule.REQUIRED ? "why; must be given" : "why";
            parameters.add(Call.arguments(
                    "$class", "TextParameterDefinition", "name", COMMENT, "defaultValue", "", "description", needed));
        }
        view.toEnter().forEach(input -> parameters.add(parameter(input)));
        Map<String, Object> arguments = Call.arguments(
                "id",
                id(stage),
                "message",
                view.question(),
                "ok",
                "Vote",
                "submitterParameter",
                VOTER,
                "parameters",
                parameters);
        Gate.Approvers who = gate.approvers();
        if (!who.isAnyone()) {
            arguments.put(
                    "submitter",
                    String.join(
                            ",",
                            Stream.concat(who.users().stream(), who.groups().stream())
                                    .toList()));
        }
        Call call = Call.of("input", arguments);
        Optional<Duration> left = view.left(now);
        return left.isPresent() ? call.within(ScriptCalls.timeout(left.get())) : call;
    }

    /** The id of the question of a gate. */
    static String id(PlannedStage stage) {
        return "Sluice-" + stage.number();
    }

    private static Map<String, Object> parameter(GateInput input) {
        Map<String, Object> parameter =
                switch (input.type()) {
                    case TEXT, NUMBER ->
                        Call.arguments(
                                "$class",
                                "StringParameterDefinition",
                                "defaultValue",
                                input.fallback().orElse(""));
                    case FLAG ->
                        Call.arguments(
                                "$class",
                                "BooleanParameterDefinition",
                                "defaultValue",
                                input.fallback().orElse("false").equals("true"));
                    case CHOICE ->
                        Call.arguments(
                                "$class", "ChoiceParameterDefinition", "choices", String.join("\n", choices(input)));
                };
        parameter.put("name", INPUT + input.name());
        parameter.put(
                "description",
                input.description().isEmpty() ? input.name() + ": " + input.expected() : input.description());
        return parameter;
    }

    /** The first one is what Jenkins offers. */
    private static List<String> choices(GateInput input) {
        List<String> choices = new ArrayList<>(input.choices());
        input.fallback().filter(choices::remove).ifPresent(fallback -> choices.add(0, fallback));
        return choices;
    }

    /** What somebody said at a gate, and whom the host says it was. */
    private record Said(String voter, boolean approve, String comment, Map<String, String> inputs) {}

    /** The vote that was cast in the form; without a name it cannot count, and the ballot says so. */
    static Vote vote(PlannedStage stage, GateRun gate, @Nullable Object answer, Controller controller) {
        Map<?, ?> form = answer instanceof Map<?, ?> map ? map : Map.of();
        boolean approve = text(form, DECISION).equals("approve");
        Map<String, String> inputs = new LinkedHashMap<>();
        form.forEach((name, value) -> {
            String key = String.valueOf(name);
            if (key.startsWith(INPUT) && approve && value != null) {
                inputs.put(key.substring(INPUT.length()), String.valueOf(value));
            }
        });
        return vote(stage, gate, new Said(text(form, VOTER), approve, text(form, COMMENT), inputs), controller);
    }

    /** A no that was said without the form. */
    static Vote rejection(PlannedStage stage, GateRun gate, String voter, Controller controller) {
        return vote(stage, gate, new Said(voter, false, "", Map.of()), controller);
    }

    private static Vote vote(PlannedStage stage, GateRun gate, Said said, Controller controller) {
        String voter = said.voter();
        List<String> asked =
                stage.stage().work().gate().orElseThrow().approvers().groups();
        List<String> groups = asked.isEmpty() || voter.isBlank() ? List.of() : controller.groups(voter, asked);
        String id = stage.id() + "#" + (gate.ballots().size() + 1);
        return new Vote(id, voter, groups, said.approve(), said.comment().strip(), said.inputs(), VIA);
    }

    private static String text(Map<?, ?> form, String name) {
        Object value = form.get(name);
        return value == null ? "" : String.valueOf(value);
    }
}
