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

        /** The same with other variables. */
        RunScript with(Map<String, String> other) {
            return new RunScript(shell, text, other, credentials, image, directory, timeout);
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

    /** Write a text file, making the directories above it; the result is {@link InstructionResult.Done}. */
    record WriteFile(String path, String text) implements Instruction {}

    /**
     * Build a container image; the result is {@link InstructionResult.ImageBuilt}, {@link InstructionResult.WorkFailed} or
     * {@link InstructionResult.TimedOut}.
     *
     * @param dockerfile the text of the Dockerfile; it is never written into the workspace
     * @param context a directory below the workspace, or the URL of one elsewhere
     * @param target the stage of the Dockerfile to build; empty for the last one
     * @param excludes what stays out of a context in the workspace, as lines of a {@code .dockerignore}, instead of those of
     *     its own such file; empty to leave that in force
     * @param pull whether base images are looked up in their registry even if they are here
     * @param localName a name that the image gets here, so that later builds can use it as their base
     */
    record BuildImage(
            String dockerfile,
            String context,
            String target,
            Map<String, String> arguments,
            Map<String, String> labels,
            List<String> excludes,
            boolean pull,
            String localName,
            Optional<Duration> timeout)
            implements Instruction {
        public BuildImage {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            excludes = List.copyOf(excludes);
        }
    }

    /**
     * Run an image with the entry point that it has, in a container that stays until the run is over; the result is
     * {@link InstructionResult.ContainerEnded} or {@link InstructionResult.TimedOut}.
     *
     * @param image the id of an image that is here
     * @param env variables beyond those of the image; never on a command line
     * @param tail how many of the last lines of standard output are wanted
     */
    record RunImage(
            String image,
            List<String> arguments,
            Map<String, String> env,
            List<Credential> credentials,
            int tail,
            Optional<Duration> timeout)
            implements Instruction {
        public RunImage {
            arguments = List.copyOf(arguments);
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
            credentials = List.copyOf(credentials);
        }
    }

    /**
     * Copy a file or a directory out of a container, which may have ended; the result is {@link InstructionResult.Done} or
     * {@link InstructionResult.WorkFailed}.
     *
     * @param source a path in the container; with a slash at its end, what is in that directory
     * @param destination a path below the workspace, whose parents are made
     */
    record CopyFromContainer(String container, String source, String destination) implements Instruction {}

    /**
     * Push an image that is here under each tag, and read it back from the registry by digest; the result is
     * {@link InstructionResult.ImagePushed} or {@link InstructionResult.WorkFailed}.
     *
     * @param image the id of an image
     * @param repository the registry's host and port with the name of the repository, such as {@code host:5000/shop/api}
     * @param tags at least one
     */
    record PushImage(String image, String repository, List<String> tags) implements Instruction {
        public PushImage {
            tags = List.copyOf(tags);
        }
    }

    /** Remove what an earlier instruction has written; a path that is not there is no error. The result is Done. */
    record DeleteFiles(String path) implements Instruction {}

    /**
     * Install a Helm chart as a release that is removed when the run is over, and wait for it; the result is
     * {@link InstructionResult.Done}, {@link InstructionResult.WorkFailed} or {@link InstructionResult.TimedOut}.
     *
     * @param release the name of the release
     * @param chart the name of the chart, a path below the workspace or an address
     * @param version the version of the chart; empty for the newest
     * @param values for the chart: JSON text of one object
     * @param test whether the chart's tests are run then
     */
    record InstallChart(String release, String chart, String version, String values, boolean test, Duration timeout)
            implements Instruction {}

    /**
     * Start a job of the host; the result is {@link InstructionResult.JobStarted}.
     *
     * @param awaited whether its end is waited for
     */
    record StartJob(String name, Map<String, String> parameters, boolean awaited) implements Instruction {
        public StartJob {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Send a mail; the result is {@link InstructionResult.Done}. */
    record SendMail(List<String> to, String subject, String body) implements Instruction {
        public SendMail {
            to = List.copyOf(to);
        }
    }
}
