package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.Path;

/** A journal that is not as it was written; the message says where. */
final class DamagedJournalException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedJournalException(Path file, int line, long position, String why) {
        super(file + ":" + line + ": the journal is damaged at byte " + position + ": " + why
                + "; restore the file from a copy, or remove the run with 'sluice clean'");
    }
}
