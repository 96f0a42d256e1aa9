package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.workspace.Deletion;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directories in which agent groups work: each a copy of the source tree as it was at the start of the run. */
final class Workspaces {

    private final SourceTree source;
    private final Path root;
    private final TreeCopy copy;

    /** For tests, which hand in a copy that fails. */
    Workspaces(SourceTree source, Path root, TreeCopy copy) {
        this.source = source;
        this.root = root;
        this.copy = copy;
    }

    /** Workspaces below {@code root}, made from the files that are in {@code tree} now. */
    static Workspaces of(Path tree, Path root) throws IOException {
        return of(tree, root, tree.resolve(StateDirectory.NAME));
    }

    /** The same without the files of a directory in the tree: that in which runs are kept. */
    static Workspaces of(Path tree, Path root, Path state) throws IOException {
        Files.createDirectories(root);
        SourceTree source = SourceTree.read(tree.toRealPath(), state);
        return new Workspaces(source, root, TreeCopy.bestFor(source, root));
    }

    /** Workspaces made from a directory that holds nothing but the sources. */
    static Workspaces ofCopy(Path copy, Path root) throws IOException {
        Files.createDirectories(root);
        SourceTree source = SourceTree.walked(copy.toRealPath());
        return new Workspaces(source, root, TreeCopy.bestFor(source, root));
    }

    /** What the workspaces are made from. */
    SourceTree source() {
        return source;
    }

    /** What the user should know about the files that were taken, e.g. that Git refused to list them. */
    Optional<String> warning() {
        return source.warning();
    }

    /** Where the workspace of that name is, or would be. */
    Path directory(String name) {
        return root.resolve(SafeName.of(name));
    }

    /** What a workspace that was just made looks like, to tell later whether anything in it was touched. */
    Snapshot snapshot(Path workspace) throws IOException {
        return Snapshot.of(workspace, source.root());
    }

    /** A clean workspace for the group of that name, in place of an earlier one. */
    Path create(String name) throws IOException {
        return create(name, made -> {});
    }

    /** What is done to a workspace before anyone sees it. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Path workspace) throws IOException;
    }

    /** A clean workspace as above, to which something was done. */
    Path create(String name, Preparation preparation) throws IOException {
        Path workspace = directory(name);
        Path half = workspace.resolveSibling("." + workspace.getFileName() + ".half");
        delete(workspace);
        delete(half);
        Files.createDirectories(half);
        try {
            copy.copy(source, half);
            preparation.prepare(half);
            // At once: whoever finds a workspace after this process was killed finds a whole one.
            return Files.move(half, workspace);
        } catch (IOException e) {
            delete(half); // half a workspace on a full disk helps nobody
            throw new IOException("the workspace " + workspace + " cannot be made: " + FileErrors.words(e), e);
        }
    }

    /** Deletes a workspace if it is there, also what is read-only; what links lead to stays. */
    static void delete(Path workspace) throws IOException {
        Deletion.of(workspace);
    }
}
