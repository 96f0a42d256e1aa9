package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Ending;
import io.jenkins.plugins.sluice.cli.process.Patience;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a container to its end. */
record ContainerRun(Session session, Scratch scratch) {

    /** What the programs end with if the command of a container cannot be started. */
    private static final Set<Integer> NO_SUCH_COMMAND = Set.of(126, 127);

    private static final Pattern ROOT = Pattern.compile("((root|0)(:.*)?)?");

    private interface Result {
        InstructionResult of(int exitCode) throws IOException;
    }

    InstructionResult image(Instruction.RunImage run, String name, ContainerWork.Grants grants) throws IOException {
        Optional<InstructionResult> foreign = session.foreign(run.image());
        if (foreign.isPresent()) {
            return foreign.get();
        }
        letRead(grants.readable(), run.image());
        // What runs is what is here under that id; it is never looked for elsewhere.
        ContainerOrder order = new ContainerOrder(
                name, run.image(), List.of("--pull=never"), run.arguments(), grants.variables(), grants.readable());
        return await(
                order, run.timeout(), code -> new InstructionResult.ContainerEnded(name, code, tail(name, run.tail())));
    }

    InstructionResult script(ScriptOrder script, String name, ContainerWork.Grants grants) throws IOException {
        ContainerOrder order = script.container(name, grants);
        try {
            return await(order, script.run().timeout(), InstructionResult.ScriptEnded::new);
        } finally {
            session.tidy("rm", "--force", "--volumes", name);
        }
    }

    /**
     * An image may have a user of its own, who could not read what only the user of Sluice can. On this machine the files stay
     * private, because the directory above them is.
     */
    private void letRead(List<Path> readable, String image) throws IOException {
        if (readable.isEmpty()) {
            return;
        }
        Answer user = session.ask("image", "inspect", "--format=" + Session.wanted("{{.Config.User}}"), image);
        if (!ROOT.matcher(user.value().orElse("")).matches()) {
            for (Path directory : readable) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                try (Stream<Path> files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
                    }
                }
            }
        }
    }

    private InstructionResult await(ContainerOrder order, Optional<Duration> limit, Result result) throws IOException {
        Answer answer =
                session.tell(order.call(session.engine().program(), session.token(), scratch.file("variables")), limit);
        Optional<InstructionResult> cutOff = session.cutOff(answer);
        if (cutOff.isPresent()) {
            session.tidy("kill", order.name());
            return cutOff.get();
        }
        OptionalInt code = exitCode(order.name(), answer);
        return code.isPresent() ? result.of(code.getAsInt()) : lost(order.name(), answer);
    }

    /**
     * What the container ended with; empty if it did not end. The program's own exit code can mean either: 125 is that of a
     * failure of the engine, but a container may end with it, too.
     */
    private OptionalInt exitCode(String name, Answer answer) throws IOException {
        if (answer.isYes()) {
            return OptionalInt.of(0);
        }
        Optional<String> state = session.ask(
                        "container",
                        "inspect",
                        "--format=" + Session.wanted("{{.State.Status}} {{.State.ExitCode}}"),
                        name)
                .value();
        if (state.isEmpty() || !(answer.ending() instanceof Ending.Exited exited)) {
            return OptionalInt.empty();
        }
        String[] words = state.get().split(" ", -1);
        if (words[0].equals("exited")) {
            return OptionalInt.of(Integer.parseInt(words[1]));
        }
        boolean notStarted = !words[0].equals("running") && NO_SUCH_COMMAND.contains(exited.code());
        return notStarted ? OptionalInt.of(exited.code()) : OptionalInt.empty();
    }

    private InstructionResult lost(String name, Answer answer) throws IOException {
        session.tidy("kill", name);
        if (session.runner().isStopped()) {
            return new InstructionResult.Aborted(session.runner().reason());
        }
        Optional<InstructionResult> broken = session.broken(session.engine().check(), "does not work");
        return broken.orElseGet(
                () -> new InstructionResult.Broken("the container could not be run: " + answer.words()));
    }

    /** The output is asked for again, because only the engine can tell its two streams apart without mixing up the log. */
    private String tail(String name, int lines) throws IOException {
        if (lines <= 0) {
            return "";
        }
        LastLines last = new LastLines(lines);
        Ending ending = session.runner()
                .run(session.engine().program().call("logs", name).withoutErrors(), Patience.UNLIMITED, last);
        if (!ending.isSuccess() && !session.runner().isStopped()) {
            throw new IOException(session.engine().program().name() + " does not give the output of " + name);
        }
        return String.join("\n", last.lines());
    }
}
