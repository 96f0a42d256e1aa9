package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.files.CopiedTree;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Copies out of a container of the run: first into a private directory and, once it is known what came, into the workspace.
 */
record ContainerCopy(Session session, Path workspace) {

    private static final Pattern CONTAINER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    InstructionResult copy(Instruction.CopyFromContainer copy, Scratch scratch) throws IOException {
        Optional<InstructionResult> refusal = refusal(copy.container());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean content = copy.source().endsWith("/");
        String source = (copy.source().startsWith("/") ? "" : "/") + copy.source() + (content ? "." : "");
        Path copied = scratch.file("copied");
        if (content) {
            Files.createDirectory(copied);
        }
        Answer answer = session.tellQuietly(session.engine().copy(copy.container(), source, copied));
        if (!answer.isYes()) {
            return session.failure("'" + copy.source() + "' could not be copied", answer);
        }
        try {
            CopiedTree.of(copied).moveTo(workspace, destination(copy, Files.isDirectory(copied)));
        } catch (FileSystemException e) {
            return new InstructionResult.WorkFailed(
                    "'" + copy.source() + "' is not taken from the container: " + FileErrors.words(e));
        }
        return new InstructionResult.Done();
    }

    private Optional<InstructionResult> refusal(String container) throws IOException {
        if (!CONTAINER.matcher(container).matches()) {
            return Optional.of(new InstructionResult.WorkFailed("'" + container + "' is no name of a container"));
        }
        Answer known = session.ask(session.engine().program().call(Session.labelQuestion("container", container)));
        if (!known.isYes()) {
            return Optional.of(session.failure("there is no container " + container, known));
        }
        boolean ours = known.value().orElse("").endsWith(" " + session.token());
        return ours
                ? Optional.empty()
                : Optional.of(
                        new InstructionResult.WorkFailed("the container " + container + " is not one of this run"));
    }

    /**
     * A file goes into a directory that is there, as with {@code cp}. A directory does not, else where it ends up would depend on
     * whether the stage is tried for the first time.
     */
    private String destination(Instruction.CopyFromContainer copy, boolean directory) {
        boolean into = !directory && Files.isDirectory(workspace.resolve(copy.destination()));
        return into
                ? copy.destination() + "/" + Path.of(copy.source()).normalize().getFileName()
                : copy.destination();
    }
}
