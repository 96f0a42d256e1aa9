package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Dialect;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Building, running, copying from and publishing images. */
final class ImageSteps {
    /** PipelineLib's limit for a container, where the file gives none. */
    private static final Duration PIPELINELIB_LIMIT = Duration.ofMinutes(20);

    private ImageSteps() {}

    // build

    static Step build(Action action, StageContext context) {
        return Step.of(() -> {
            Resolved settings = context.settings(action);
            Object blubber = settings.map().get("blubberfile");
            if (blubber instanceof Map<?, ?> inline) {
                context.then(image(settings, BlubberFile.of(inline, context.site.blubberFrontend()), context));
                return;
            }
            boolean plain = blubber == null;
            String path = plain
                    ? context.checkedPath("dockerfile", settings.text("dockerfile"))
                    : ".pipeline/" + Value.text(blubber);
            context.then(Step.of(() -> new Instruction.ReadFile(path), result -> {
                String text = ((InstructionResult.FileRead) result)
                        .text()
                        .orElseThrow(() -> new UnfitValueException("there is no file " + path + " to build from"));
                String dockerfile = plain ? text : BlubberFile.of(text, path, context.site.blubberFrontend());
                context.then(image(settings, dockerfile, context));
            }));
        });
    }

    private static Step image(Resolved settings, String dockerfile, StageContext context) {
        Frontends.check(dockerfile, settings.textMap("args"), context);
        String localName = "localhost/sluice-image-" + context.values.uniqueName(context.stage);
        return Step.of(
                () -> new Instruction.BuildImage(
                        dockerfile,
                        contextOf(settings.text("context"), context),
                        settings.text("variant"),
                        settings.textMap("args"),
                        context.values.imageLabels(context.stage),
                        settings.texts("excludes"),
                        settings.text("imagePullPolicy").equals("always"),
                        localName,
                        context.stage.stage().settings().timeout()),
                result -> {
                    context.put(
                            "imageID",
                            ((InstructionResult.ImageBuilt) result).id().replaceFirst("^sha256:", ""));
                    context.put("imageLocalName", localName);
                });
    }

    private static String contextOf(String written, StageContext context) {
        boolean elsewhere = written.matches("(https?|git|ssh)://.*|git@.*");
        return elsewhere ? written : context.checkedPath("context", written);
    }

    // run

    static Step run(Action action, StageContext context) {
        return Step.of(
                () -> {
                    Resolved settings = context.settings(action);
                    Resolved withEnvironment = Resolved.of(context.dataWithEnvironment(action.settings()));
                    Optional<Duration> limit = context.stage.stage().settings().timeout();
                    boolean pipelineLib = context.values.plan().file().dialect() == Dialect.PIPELINELIB;
                    return new Instruction.RunImage(
                            imageId(settings.text("image")),
                            settings.texts("arguments"),
                            withEnvironment.textMap("env"),
                            action.credentials(),
                            Integer.parseInt(settings.text("tail")),
                            limit.or(() -> pipelineLib ? Optional.of(PIPELINELIB_LIMIT) : Optional.empty()));
                },
                result -> {
                    InstructionResult.ContainerEnded ended = (InstructionResult.ContainerEnded) result;
                    context.put("container", ended.container());
                    context.put("output", ended.output());
                    if (ended.exitCode() != 0) {
                        context.end(Outcome.FAILED, "exit code " + ended.exitCode(), String.valueOf(ended.exitCode()));
                    }
                });
    }

    /** An image that was built before, and never just any name: what runs is what was built. */
    private static String imageId(String id) {
        String digits = id.replaceFirst("^sha256:", "");
        if (!digits.matches("[0-9a-f]{12,64}")) {
            throw new UnfitValueException("'" + id + "' is no image that a stage has built; refer to its imageID");
        }
        return "sha256:" + digits;
    }

    // copy

    static Step copy(Action action, StageContext context) {
        return Step.of(() -> {
            List<Step> steps = new ArrayList<>();
            List<String> addresses = new ArrayList<>();
            for (Resolved item : items(action, context)) {
                String source = item.text("source");
                String destination = ImageNames.inside(item.text("destination"));
                String target = context.inDirectory(destination.isEmpty() ? "." : destination);
                steps.add(Step.of(
                        () -> new Instruction.CopyFromContainer(item.text("from"), source, target), result -> {}));
                if (item.flag("archive")) {
                    List<String> patterns = target.equals(".") ? List.of("**") : List.of(target, target + "/**");
                    steps.add(Step.of(
                            () -> new Instruction.KeepArtifacts(patterns, false),
                            result -> addresses.add(archived((InstructionResult.Kept) result, context))));
                } else {
                    steps.add(Step.of(() -> addresses.add("")));
                }
            }
            steps.add(Step.of(() -> context.put("artifactURLs", String.join("\n", addresses))));
            context.then(steps.toArray(Step[]::new));
        });
    }

    private static String archived(InstructionResult.Kept kept, StageContext context) {
        context.kept.addAll(kept.files());
        return kept.files().isEmpty()
                ? ""
                : context.values.artifactAddress(context.stage, kept.files().get(0));
    }

    private static List<Resolved> items(Action action, StageContext context) {
        Object data = context.data(action.settings());
        return data instanceof List<?> list ? list.stream().map(Resolved::of).toList() : List.of(Resolved.of(data));
    }

    // publish

    static Step publish(Action action, StageContext context) {
        return Step.of(() -> {
            Resolved settings = context.settings(action);
            Site.Registry registry = context.site
                    .registry()
                    .orElseThrow(() -> new UnfitValueException("there is no registry to publish to"));
            boolean strict = context.values.plan().file().dialect() == Dialect.PIPELINELIB;
            String name = strict
                    ? ImageNames.ofProject(settings.text("name"), context.values.setup("project"))
                    : ImageNames.checked(settings.text("name"));
            List<String> tags = new ArrayList<>(List.of(settings.text("tag")));
            tags.addAll(settings.texts("tags"));
            List<String> usable = ImageNames.tags(tags, strict);
            String prefix = registry.repository().isEmpty() ? "" : registry.repository() + "/";
            String repository = registry.host() + "/" + prefix + name;
            context.then(Step.of(
                    () -> new Instruction.PushImage(imageId(settings.text("id")), repository, usable), result -> {
                        Map<String, Object> outputs = new LinkedHashMap<>();
                        outputs.put("imageName", name);
                        outputs.put("imageFullName", repository);
                        outputs.put("imageTag", usable.get(0));
                        outputs.put("imageTags", usable);
                        outputs.put("publishedImage", repository + ":" + usable.get(0));
                        outputs.put(
                                "imageDigest", repository + "@" + ((InstructionResult.ImagePushed) result).digest());
                        outputs.forEach(context::put);
                    }));
        });
    }
}
