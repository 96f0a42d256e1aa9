package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Shell;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a host is told to do for a stage. The set is closed and small; a new feature is new Java that emits these.
 * Paths are relative to the top of the workspace, with {@code /}.
 */
public sealed interface Instruction {
    /** Put kept files where they were; the result is {@link InstructionResult.Done}. */
    record RestoreArtifacts(List<KeptFile> files) implements Instruction {
        public RestoreArtifacts {
            files = List.copyOf(files);
        }
    }

    /**
     * Run a script; the result is {@link InstructionResult.ScriptEnded} or {@link InstructionResult.TimedOut}.
     *
     * @param env variables beyond the host's own; values of references are among them, so the text holds none
     * @param credentials secrets to put into the environment, never on a command line
     * @param image the container image to run it in
     */
    record RunScript(
            Shell shell,
            String text,
            Map<String, String> env,
            List<Credential> credentials,
            Optional<String> image,
            String directory,
            Optional<Duration> timeout)
            implements Instruction {
        public RunScript {
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
            credentials = List.copyOf(credentials);
        }
    }

    /** Read a text file; the result is {@link InstructionResult.FileRead}. */
    record ReadFile(String path) implements Instruction {}

    /**
     * Keep the files that match; the result is {@link InstructionResult.Kept}.
     *
     * @param patterns see {@link io.jenkins.plugins.sluice.model.PathPattern}
     * @param lastUse whether nothing works in this workspace afterwards, so that files may be moved or linked
     */
    record KeepArtifacts(List<String> patterns, boolean lastUse) implements Instruction {
        public KeepArtifacts {
            patterns = List.copyOf(patterns);
        }
    }

    /** Read the JUnit reports that match and show them; the result is {@link InstructionResult.TestsRead}. */
    record PublishTests(List<String> patterns) implements Instruction {
        public PublishTests {
            patterns = List.copyOf(patterns);
        }
    }
}
