package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * One of PipelineLib's actions as a stage asks for it.
 *
 * @param place where the file asks for it; the stage itself if it follows from the defaults
 * @param settings a map (or for {@code copy} and {@code promote} a list of maps) with the names of the file, every default
 *     filled in
 * @param credentials the secrets that it is given
 */
public record Action(Kind kind, Place place, Value settings, List<Credential> credentials) {
    public Action {
        credentials = List.copyOf(credentials);
    }

    /** The actions, in the order in which a stage does them whatever the order of its keys. */
    public enum Kind {
        BUILD("build", "imageID imageLocalName"),
        RUN("run", "container output"),
        COPY("copy", "artifactURLs"),
        PUBLISH("publish", "imageName imageFullName imageTag imageTags publishedImage imageDigest"),
        PROMOTE("promote", ""),
        DEPLOY("deploy", "releaseName"),
        EXPORTS("exports", ""),
        TRIGGER("trigger", ""),
        /** Done only if the stage has failed. */
        NOTIFY("notify", "");

        private final String key;
        private final String outputs;

        Kind(String key, String outputs) {
            this.key = key;
            this.outputs = outputs;
        }

        /** The key of the file. */
        public String key() {
            return key;
        }

        /** The values that it leaves for later actions and stages. */
        public List<String> outputs() {
            return outputs.isEmpty() ? List.of() : List.of(outputs.split(" "));
        }

        /** Whether it changes something outside of the run. */
        public boolean isOutward() {
            return this == PUBLISH || this == PROMOTE || this == DEPLOY || this == TRIGGER;
        }
    }

    /** Every text in its settings. */
    public List<Template> templates() {
        List<Template> all = new ArrayList<>();
        settings.visit(new Value.Collector(all));
        return all;
    }

    /** The names that {@code exports} gives to values; empty for other actions. */
    public List<String> exported() {
        return kind == Kind.EXPORTS && settings instanceof Value.Entries entries
                ? entries.values().keySet().stream().map(Template::toString).toList()
                : List.of();
    }
}
