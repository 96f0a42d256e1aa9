package io.jenkins.plugins.sluice.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of an {@link Instruction}. */
public sealed interface InstructionResult {
    /** It is done, and there is nothing to say. */
    record Done() implements InstructionResult {}

    /** The script ended by itself. */
    record ScriptEnded(int exitCode) implements InstructionResult {}

    /** The script took too long and was ended. */
    record TimedOut(Duration after) implements InstructionResult {}

    /** Someone stopped it. */
    record Aborted(String reason) implements InstructionResult {}

    /** The host could not do it, and does not know what the work would have said. */
    record Broken(String message) implements InstructionResult {}

    /** The agent is gone, and with it the workspace; nobody knows how far the work came. */
    record AgentLost(String reason) implements InstructionResult {}

    /** The text of the file; empty if there is no such file. */
    record FileRead(Optional<String> text) implements InstructionResult {}

    /**
     * The files that were kept.
     *
     * @param unmatched patterns without a file
     * @param nearby files that are there instead, a few of them
     */
    record Kept(List<KeptFile> files, List<String> unmatched, List<String> nearby) implements InstructionResult {
        public Kept {
            files = List.copyOf(files);
            unmatched = List.copyOf(unmatched);
            nearby = List.copyOf(nearby);
        }
    }

    /**
     * The reports that were read.
     *
     * @param unmatched patterns without a file
     */
    record TestsRead(TestReport report, List<String> unmatched) implements InstructionResult {
        public TestsRead {
            unmatched = List.copyOf(unmatched);
        }
    }

    /** The work said no, and why. */
    record WorkFailed(String why) implements InstructionResult {}

    /**
     * The image is there.
     *
     * @param id its id, with {@code sha256:}
     */
    record ImageBuilt(String id) implements InstructionResult {}

    /**
     * The container ended by itself.
     *
     * @param container its id or name, under which files can be copied out of it
     * @param output the last lines of standard output, as many as were wanted, joined by line breaks
     */
    record ContainerEnded(String container, int exitCode, String output) implements InstructionResult {}

    /**
     * The registry has the image.
     *
     * @param digest of its manifest, with {@code sha256:}
     */
    record ImagePushed(String digest) implements InstructionResult {}

    /**
     * The job was started.
     *
     * @param failure how it ended if that was waited for and was no success
     */
    record JobStarted(Optional<String> failure) implements InstructionResult {}
}
