package io.jenkins.plugins.sluice.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.plan.Block;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Builds the JSON tree of a plan. */
final class PlanTree implements Block.Visitor<ObjectNode> {
    private static final int FORMAT = 1;

    private final ExecutionPlan plan;

    PlanTree(ExecutionPlan plan) {
        this.plan = plan;
    }

    ObjectNode tree() {
        ObjectNode json = Json.object();
        json.put("format", FORMAT);
        json.put("file", plan.file().file());
        json.put("dialect", plan.file().dialect().name().toLowerCase(Locale.ROOT));
        ArrayNode stages = json.putArray("stages");
        int[][] needs = plan.shortestNeeds();
        int[] groups = plan.groups();
        plan.stages().forEach(s -> stages.add(stage(s, needs[s.number()], groups[s.number()])));
        plan.root().ifPresent(root -> json.set("root", root.accept(this)));
        return json;
    }

    private ObjectNode stage(PlannedStage stage, int[] needs, int group) {
        ObjectNode json = Json.object();
        json.put("id", stage.id());
        json.put("pipeline", stage.pipeline());
        json.put("name", stage.stage().name());
        json.put("line", stage.stage().place().location().line());
        json.put("kind", stage.stage().work().holdsAgent() ? "steps" : "gate");
        texts(
                json,
                "needs",
                Arrays.stream(needs).mapToObj(n -> plan.stage(n).id()).toList());
        if (group >= 0) {
            json.put("group", group);
        }
        json.put("agent", stage.stage().settings().agent());
        json.put("directory", stage.stage().settings().directory());
        json.put("runs", stage.stage().flow().runs().word());
        json.put("allowFailure", stage.stage().flow().allowFailure());
        if (!stage.matrix().isEmpty()) {
            ObjectNode matrix = json.putObject("matrix");
            stage.matrix().forEach(matrix::put);
        }
        optional(stage, json);
        return json;
    }

    private void optional(PlannedStage stage, ObjectNode json) {
        stage.stage().work().steps().flatMap(s -> s.image()).ifPresent(i -> json.put("image", stage.shown(i)));
        stage.stage().settings().timeout().ifPresent(t -> json.put("timeoutSeconds", t.toSeconds()));
        stage.stage().settings().lock().ifPresent(lock -> json.put("lock", stage.shown(lock)));
        List<Template> kept = stage.stage().keeps().artifacts();
        texts(json, "artifacts", kept.stream().map(stage::shown).toList());
        texts(
                json,
                "carries",
                plan.carriesInto(stage).stream().map(PlannedStage::id).toList());
        stage.stage().work().actions().forEach(a -> json.withObject("/actions")
                .set(a.kind().key(), Json.tree(a.settings().written())));
        stage.stage().work().rule().ifPresent(rule -> json.put("policy", rule));
        stage.skip().ifPresent(reason -> json.put("skip", reason));
    }

    private static void texts(ObjectNode json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = json.putArray(key);
            texts.forEach(array::add);
        }
    }

    private ObjectNode block(String kind, List<Block> parts) {
        ObjectNode json = Json.object();
        json.put("block", kind);
        ArrayNode array = json.putArray("parts");
        parts.forEach(part -> array.add(part.accept(this)));
        return json;
    }

    @Override
    public ObjectNode single(Block.Single block) {
        return Json.object()
                .put("block", "stage")
                .put("stage", plan.stage(block.stage()).id());
    }

    @Override
    public ObjectNode sequence(Block.Sequence block) {
        return block("sequence", block.parts());
    }

    @Override
    public ObjectNode parallel(Block.Parallel block) {
        return block("parallel", block.parts());
    }

    @Override
    public ObjectNode mesh(Block.Mesh block) {
        ObjectNode json = block("mesh", block.parts());
        ArrayNode needs = json.putArray("needs");
        block.needs().forEach(positions -> {
            ArrayNode array = needs.addArray();
            positions.forEach(array::add);
        });
        return json;
    }

    @Override
    public ObjectNode group(Block.Group block) {
        ObjectNode json = Json.object();
        json.put("block", "group").put("group", block.number()).put("agent", block.agent());
        json.set("body", block.body().accept(this));
        return json;
    }
}
