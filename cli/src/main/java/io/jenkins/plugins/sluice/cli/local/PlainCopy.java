package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;

/** Copies a tree file by file, with modes and times; links stay links. */
final class PlainCopy implements TreeCopy {

    private static final CopyOption[] FAITHFUL = {
        StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS
    };

    @Override
    public void copy(SourceTree source, Path workspace) throws IOException {
        makeDirectories(source, workspace);
        for (Path file : source.files()) {
            try {
                Files.copy(source.root().resolve(file), workspace.resolve(file), FAITHFUL);
            } catch (NoSuchFileException e) {
                if (Files.exists(source.root().resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                } // else it was deleted since the tree was read, as editors do all the time
            }
        }
    }

    /** All of them first, and each once: a tree has far fewer directories than files. */
    static void makeDirectories(SourceTree source, Path workspace) throws IOException {
        Set<Path> directories = new LinkedHashSet<>(source.directories());
        for (Path file : source.files()) {
            if (file.getParent() != null) {
                directories.add(file.getParent());
            }
        }
        for (Path directory : directories) {
            Files.createDirectories(workspace.resolve(directory));
        }
    }
}
