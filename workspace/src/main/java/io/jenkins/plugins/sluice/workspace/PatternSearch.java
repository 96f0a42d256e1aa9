package io.jenkins.plugins.sluice.workspace;

import io.jenkins.plugins.sluice.model.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Files of a workspace that some patterns ask for, and what to tell people if there are none. */
public final class PatternSearch {
    private static final int NEARBY = 10;

    private final Path workspace;
    private final List<PathPattern> patterns;

    /** @param patterns see {@link PathPattern} */
    public PatternSearch(Path workspace, List<String> patterns) {
        this.workspace = workspace;
        this.patterns = patterns.stream().map(PathPattern::parse).toList();
    }

    /** Whether one of the patterns asks for a path. */
    public boolean matches(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** The files that are asked for. */
    public List<WorkspaceFiles.Found> find() throws IOException {
        return WorkspaceFiles.find(workspace, this::matches);
    }

    /** The patterns that ask for none of some paths. */
    public List<String> unmatched(Collection<String> paths) {
        return patterns.stream()
                .filter(pattern -> paths.stream().noneMatch(pattern::matches))
                .map(PathPattern::toString)
                .toList();
    }

    /** What is in the directory where a pattern begins; in the nearest one above if that is not there. */
    public List<String> nearby(String pattern) throws IOException {
        Path directory = workspace;
        for (String step : pattern.split("/", -1)) {
            Path next = directory.resolve(step);
            if (step.matches(".*[*?{].*") || !Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                break;
            }
            directory = next;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> workspace.relativize(file).toString())
                    .filter(name -> !WorkspaceFiles.NOT_VISITED.contains(name))
                    .sorted()
                    .limit(NEARBY)
                    .toList();
        }
    }
}
