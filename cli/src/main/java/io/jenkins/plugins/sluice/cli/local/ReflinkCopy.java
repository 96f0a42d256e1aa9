package io.jenkins.plugins.sluice.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies a tree by GNU {@code cp --reflink} (Btrfs, XFS, bcachefs …), since Java cannot ask for that; all files with
 * one or a few calls.
 */
final class ReflinkCopy implements TreeCopy {

    private static final File NOTHING = new File("/dev/null");
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final List<String> CP = List.of(
            "xargs", "-0", "cp", "--reflink=auto", "--no-dereference", "--preserve=mode,timestamps", "--parents");

    private final TreeCopy otherwise;

    ReflinkCopy(TreeCopy otherwise) {
        this.otherwise = otherwise;
    }

    /** Tries it with one file of the tree. */
    static boolean isPossible(SourceTree source, Path target) throws IOException {
        Optional<Path> file = source.files().stream()
                .map(source.root()::resolve)
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
        if (file.isEmpty()) {
            return false;
        }
        Path probe = target.resolve("reflink-" + ProcessHandle.current().pid());
        try {
            return run(
                    source.root(),
                    "",
                    List.of("cp", "--reflink=always", "--", file.get().toString(), probe.toString()));
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    @Override
    public void copy(SourceTree source, Path workspace) throws IOException {
        PlainCopy.makeDirectories(source, workspace);
        StringBuilder names = new StringBuilder();
        source.files().forEach(file -> names.append(file).append('\0'));
        List<String> argv = new ArrayList<>(CP);
        argv.addAll(List.of("-t", workspace.toAbsolutePath().toString(), "--"));
        boolean copied = run(source.root(), names.toString(), argv);
        if (!copied) {
            otherwise.copy(source, workspace); // which knows what may go wrong, and says what does
        }
    }

    private static boolean run(Path directory, String input, List<String> argv) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.redirectErrorStream(true).redirectOutput(NOTHING);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return false; // no such program
        }
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(NAMES));
        } catch (IOException e) {
            process.destroy(); // it ended before it read everything; its exit code tells
        }
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while copying " + directory, e);
        }
    }
}
