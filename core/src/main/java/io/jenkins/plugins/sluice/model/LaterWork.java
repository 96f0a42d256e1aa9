package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.problem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Something the file asks for that this version reads and checks but has no executor for.
 *
 * @param key the key of the file, such as {@code publish}
 * @param references the names of the references anywhere in its value
 * @param plugin the deployment plugin that it names, as written; empty text if it names none
 */
public record LaterWork(String key, Place place, List<String> references, String plugin) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9._-]+)");

    public LaterWork {
        references = List.copyOf(references);
    }

    /** Whether {@code deploy} asks for a deployment plugin, not for PipelineLib's rehearsal. */
    static boolean isPlugin(ConfigNode deploy) {
        return deploy.asMap().map(map -> map.get("plugin").isPresent()).orElse(false);
    }

    static LaterWork of(ConfigMap.Entry entry) {
        List<String> names = new ArrayList<>();
        collect(entry.value(), names);
        String plugin =
                entry.value().asMap().map(map -> map.textOr("plugin", "")).orElse("");
        return new LaterWork(entry.key(), entry.keyPlace(), names, plugin);
    }

    private static void collect(ConfigNode node, List<String> names) {
        node.asScalar()
                .ifPresent(s -> REFERENCE.matcher(s.text()).results().forEach(match -> names.add(match.group(1))));
        node.asList().ifPresent(list -> list.items().forEach(item -> collect(item, names)));
        node.asMap().ifPresent(map -> map.entries().forEach(e -> collect(e.value(), names)));
    }
}
