package io.jenkins.plugins.sluice.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How sources get into a workspace. */
final class Checkouts {
    private Checkouts() {}

    /**
     * The steps that leave a workspace with the sources and nothing else.
     *
     * @param source where they are if not where the job says: {@code url}, {@code ref}, {@code commit}, and the options
     *     {@code depth} (empty for all of the history), {@code submodules} and {@code tags}
     */
    static List<Call> of(Map<String, String> source) {
        if (source.isEmpty()) {
            return List.of(Call.of("deleteDir", Map.of()), Call.of("checkout", Map.of()));
        }
        String depth = source.getOrDefault("depth", "");
        boolean submodules = source.getOrDefault("submodules", "true").equals("true");
        boolean tags = source.getOrDefault("tags", "false").equals("true");
        List<Object> extensions = new ArrayList<>();
        extensions.add(Call.arguments("$class", "CleanBeforeCheckout"));
        extensions.add(Call.arguments(
                "$class",
                "CloneOption",
                "shallow",
                !depth.isEmpty(),
                "depth",
                depth.isEmpty() ? 0 : Integer.parseInt(depth),
                "noTags",
                !tags,
                "honorRefspec",
                true));
        extensions.add(Call.arguments(
                "$class", "SubmoduleOption", "disableSubmodules", !submodules, "recursiveSubmodules", submodules));
        Map<String, Object> scm = Call.arguments(
                "$class",
                "GitSCM",
                "branches",
                List.of(Call.arguments("name", source.getOrDefault("commit", "FETCH_HEAD"))),
                "userRemoteConfigs",
                List.of(Call.arguments(
                        "url", source.getOrDefault("url", ""), "refspec", source.getOrDefault("ref", ""))),
                "extensions",
                extensions);
        return List.of(Call.of("checkout", Call.arguments("scm", scm)));
    }
}
