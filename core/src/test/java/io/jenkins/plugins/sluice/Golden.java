package io.jenkins.plugins.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that say what is expected. With {@code -Dsluice.golden.write=true} the tests write them anew instead of comparing;
 * the difference is then for a person to read.
 */
public final class Golden {
    private static final boolean WRITE = Boolean.getBoolean("sluice.golden.write");

    private Golden() {}

    /** Holds a text against a file. */
    public static void check(Path file, String actual) throws IOException {
        if (WRITE) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, actual);
        }
        assertThat(file).as("write it with -Dsluice.golden.write=true").exists();
        assertThat(actual).as("%s", file).isEqualTo(Files.readString(file));
    }

    /** The files of a folder of test resources with an ending, sorted. */
    public static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> found = Files.list(Path.of("src/test/resources", folder))) {
            return found.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** A file beside another, with another ending. */
    public static Path beside(Path file, String ending) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
    }

    /** The top of the repository. */
    public static Path repository() {
        return Path.of("..");
    }
}
