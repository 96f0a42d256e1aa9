package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.Path;

/** A way to copy a source tree; the copy shares nothing with the tree that a stage could change. */
@FunctionalInterface
interface TreeCopy {

    void copy(SourceTree source, Path workspace) throws IOException;

    /** Copies that share their blocks until one is written, if the file system can do that; else ordinary ones. */
    static TreeCopy bestFor(SourceTree source, Path target) throws IOException {
        return ReflinkCopy.isPossible(source, target) ? new ReflinkCopy(new PlainCopy()) : new PlainCopy();
    }
}
