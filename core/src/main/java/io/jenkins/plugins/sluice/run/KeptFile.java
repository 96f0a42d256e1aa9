package io.jenkins.plugins.sluice.run;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of an artifact: where it belongs and what its bytes are.
 *
 * @param path below the workspace, with {@code /} on every system
 * @param digest SHA-256 of the bytes, as 64 lower-case hexadecimal digits
 * @param size in bytes
 * @param executable whether the file may be executed; no other permission is kept
 */
public record KeptFile(String path, String digest, long size, boolean executable) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Refuses a path that leaves the workspace, and a digest or size that cannot be one. */
    public KeptFile {
        if (path.indexOf('\0') >= 0 || List.of(path.split("/", -1)).stream().anyMatch(KeptFile::isNoName)) {
            throw new IllegalArgumentException("'" + path + "' is no path of a file below the workspace");
        }
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("'" + digest + "' of " + path + " is no SHA-256 digest");
        }
        if (size < 0) {
            throw new IllegalArgumentException("the size of " + path + " is negative: " + size);
        }
    }

    /** An empty name is what an absolute path, a doubled and a trailing slash have in common. */
    private static boolean isNoName(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..");
    }
}
