package io.jenkins.plugins.sluice.cli.local;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes names of directories out of any names. */
final class SafeName {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,79}");
    private static final int READABLE = 60;

    private SafeName() {}

    /** The name of what belongs to a stage, such as its log: {@code api.unit}. Different stages never have the same. */
    static String ofStage(String id) {
        String name = id.replace('/', '.');
        // With more dots nobody could tell where the pipeline ends and the stage begins.
        return of(id.indexOf('.') < 0 ? name : id);
    }

    /**
     * The name itself if it is safe on every file system; else what is safe of it with a mark made from the whole, so
     * that different names stay different.
     */
    static String of(String name) {
        if (SAFE.matcher(name).matches() && !name.endsWith(".")) {
            return name;
        }
        String safe = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+", "");
        String mark = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        return safe.substring(0, Math.min(safe.length(), READABLE)) + "_" + mark;
    }
}
