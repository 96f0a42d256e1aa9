package io.jenkins.plugins.sluice.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The files which Git knows in a directory or would take in.
 *
 * @param paths relative to the directory; a nested repository is one path
 * @param warning what Git said if it knows the directory but gives no list
 */
record GitListing(List<String> paths, Optional<String> warning) {

    private static final int NO_GIT = -1;
    private static final File NOTHING = new File("/dev/null");

    /** How Java turns names of files into text; Git gives the bytes of the names. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    static GitListing of(Path directory) throws IOException {
        Answer listed = git(directory, false, "ls-files", "-z", "-c", "-o", "--exclude-standard");
        if (listed.code() == 0) {
            List<String> paths = Arrays.stream(listed.output().split("\0"))
                    .filter(path -> !path.isEmpty())
                    .toList();
            return new GitListing(paths, Optional.empty());
        }
        Answer why = git(directory, true, "rev-parse", "--git-dir");
        boolean unknown = why.code() == NO_GIT || why.output().contains("not a git repository");
        return new GitListing(
                List.of(), unknown ? Optional.empty() : Optional.of(why.output().strip()));
    }

    private static Answer git(Path directory, boolean withErrors, String... arguments) throws IOException {
        ProcessBuilder git = new ProcessBuilder("git");
        git.command().addAll(List.of(arguments));
        // whoever runs Sluice from a Git hook has variables set that mean another repository or index
        git.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        git.environment().put("LC_ALL", "C");
        git.directory(directory.toFile()).redirectInput(NOTHING).redirectErrorStream(withErrors);
        if (!withErrors) {
            git.redirectError(NOTHING);
        }
        Process process;
        try {
            process = git.start();
        } catch (IOException e) {
            return new Answer(NO_GIT, "");
        }
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), NAMES); // first: it may be more than a pipe holds
            return new Answer(process.waitFor(), text);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Git listed " + directory, e);
        }
    }

    private record Answer(int code, String output) {}
}
