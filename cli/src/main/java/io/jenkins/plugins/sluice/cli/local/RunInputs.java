package io.jenkins.plugins.sluice.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.gate.Parties;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a run was started with, kept beside its journal, so that it goes on with the same whatever has changed since.
 *
 * @param file how messages call the configuration
 * @param config the configuration itself
 * @param pipelines those that were chosen; empty means all
 * @param repository the tree that the run is about
 * @param source the sources as they were, by the digest of their list; empty if they are taken from the tree
 * @param facts of the trigger, by name
 * @param environment the variables of the environment that the configuration looks up
 * @param skips why stages are skipped, by their ids
 * @param setup values of {@code ${setup.…}}
 * @param run values of {@code ${run.…}}
 * @param parties who wrote the change and who started the run
 * @param token tells the processes of the run from all others
 * @param answerKey what the addresses are made of at which programs answer
 * @param inPlace whether stages work in the tree itself
 * @param site the settings of the site, if there were any
 * @param policy the policy, if there was one
 * @param review what a change of the pipeline does, if someone has to look at it first
 * @param again which run it repeats, and from where
 */
record RunInputs(
        String file,
        String config,
        List<String> pipelines,
        Path repository,
        Optional<String> source,
        Map<String, String> facts,
        Map<String, String> environment,
        Map<String, String> skips,
        Map<String, String> setup,
        Map<String, String> run,
        Parties parties,
        String token,
        String answerKey,
        boolean inPlace,
        Optional<SettingsFile> site,
        Optional<SettingsFile> policy,
        Optional<String> review,
        Optional<Again> again) {

    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    RunInputs {
        pipelines = List.copyOf(pipelines);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        skips = Collections.unmodifiableMap(new LinkedHashMap<>(skips));
        setup = Collections.unmodifiableMap(new LinkedHashMap<>(setup));
        run = Collections.unmodifiableMap(new LinkedHashMap<>(run));
    }

    /**
     * A run that is repeated.
     *
     * @param run its id
     * @param from the id of the stage from which on it is repeated
     */
    record Again(String run, String from) {}

    /** The inputs of a run that repeats this one. */
    RunInputs again(RunDirectory directory, String from, String starter) {
        String repeated = run.getOrDefault("id", "");
        // Whoever started what is taken over has an interest in it still.
        List<String> starters = new ArrayList<>(List.of(starter));
        parties.starter().stream().filter(name -> !name.equals(starter)).forEach(starters::add);
        return new RunInputs(
                file,
                config,
                pipelines,
                repository,
                source,
                facts,
                environment,
                skips,
                setup,
                facts(directory),
                new Parties(parties.author(), starters),
                newToken(),
                newToken(),
                inPlace,
                site,
                policy,
                review,
                Optional.of(new Again(repeated, from)));
    }

    /** 122 random bits. */
    static String newToken() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Values of {@code ${run.…}}. */
    static Map<String, String> facts(RunDirectory directory) {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("id", directory.id());
        run.put("number", directory.id());
        run.put("url", directory.root().toUri().toString());
        return run;
    }

    /** Writes them; a file is there whole or not at all. */
    void write(Path target) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT).put("file", file).put("repository", repository.toString());
        pipelines.forEach(json.putArray("pipelines")::add);
        source.ifPresent(digest -> json.put("source", digest));
        json.put("token", token).put("answerKey", answerKey).put("inPlace", inPlace);
        again.ifPresent(a -> json.putObject("again").put("run", a.run()).put("from", a.from()));
        put(json.putObject("trigger"), facts);
        put(json.putObject("environment"), environment);
        put(json.putObject("skips"), skips);
        put(json.putObject("setup"), setup);
        put(json.putObject("run"), run);
        parties.author().forEach(json.putArray("author")::add);
        parties.starter().forEach(json.putArray("starter")::add);
        site.ifPresent(settings -> put(json.putObject("site"), settings));
        policy.ifPresent(settings -> put(json.putObject("policy"), settings));
        review.ifPresent(text -> json.put("review", text));
        json.put("config", config);
        Path half = target.resolveSibling(target.getFileName() + ".half");
        Files.writeString(half, json.toPrettyString() + "\n");
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.READ)) {
            channel.force(true);
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(ObjectNode json, Map<String, String> values) {
        values.forEach(json::put);
    }

    private static void put(ObjectNode json, SettingsFile settings) {
        json.put("file", settings.name());
        json.put("directory", settings.directory().toString());
        json.put("text", settings.text());
    }

    static RunInputs read(Path source) throws IOException {
        JsonNode json = MAPPER.readTree(Files.readString(source));
        if (json.path("format").asInt() != FORMAT) {
            throw new IOException(source + ": was written by another version of Sluice (format "
                    + json.path("format").asText() + ")");
        }
        return new RunInputs(
                json.path("file").asText(),
                json.path("config").asText(),
                texts(json.path("pipelines")),
                Path.of(json.path("repository").asText()),
                optional(json, "source"),
                values(json.path("trigger")),
                values(json.path("environment")),
                values(json.path("skips")),
                values(json.path("setup")),
                values(json.path("run")),
                new Parties(texts(json.path("author")), texts(json.path("starter"))),
                json.path("token").asText(),
                json.path("answerKey").asText(),
                json.path("inPlace").asBoolean(),
                settings(json, "site"),
                settings(json, "policy"),
                optional(json, "review"),
                Optional.ofNullable(json.get("again"))
                        .map(a ->
                                new Again(a.path("run").asText(), a.path("from").asText())));
    }

    private static Optional<SettingsFile> settings(JsonNode json, String key) {
        return Optional.ofNullable(json.get(key))
                .map(s -> new SettingsFile(
                        s.path("file").asText(),
                        Path.of(s.path("directory").asText()),
                        s.path("text").asText()));
    }

    private static Optional<String> optional(JsonNode json, String key) {
        return Optional.ofNullable(json.get(key)).map(JsonNode::asText);
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, String> values(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.fields()
                .forEachRemaining(
                        field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }
}
