package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.Path;

/** A stored file whose bytes are not those that were stored. */
final class DamagedBlobException extends IOException {

    private static final long serialVersionUID = 1;

    private final String path;
    private final String expected;
    private final String found;

    DamagedBlobException(String path, Path blob, String expected, String found) {
        super("the stored bytes of %s were changed: expected SHA-256 %s, found %s in %s"
                .formatted(path, expected, found, blob));
        this.path = path;
        this.expected = expected;
        this.found = found;
    }

    /** The path that the file was to have in the workspace. */
    String path() {
        return path;
    }

    String expected() {
        return expected;
    }

    String found() {
        return found;
    }
}
