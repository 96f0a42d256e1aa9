package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds an image. Nothing is written into the workspace. */
record ImageBuild(Session session, Path workspace) {

    private static final Pattern ADDRESS = Pattern.compile("(https?|git|ssh)://.*|git@.*");

    InstructionResult build(Instruction.BuildImage image, Scratch scratch) throws IOException {
        BuildOrder order = new BuildOrder(image, session.token(), context(image.context()), scratch.directory());
        order.write();
        Answer answer = session.tell(session.engine().build(order), image.timeout());
        if (!answer.isYes()) {
            return failure(answer);
        }
        String id = Files.readString(order.idFile()).strip();
        return new InstructionResult.ImageBuilt(id.startsWith("sha256:") ? id : "sha256:" + id);
    }

    private String context(String written) throws IOException {
        if (ADDRESS.matcher(written).matches()) {
            return written;
        }
        Path directory = workspace.resolve(written).normalize();
        if (!Files.isDirectory(directory)) {
            throw new UnfitValueException("there is no directory " + written + " to build from");
        }
        if (!directory.toRealPath().startsWith(workspace.toRealPath())) {
            throw new UnfitValueException("the directory " + written + " leads out of the workspace");
        }
        return directory.toRealPath().toString();
    }

    private InstructionResult failure(Answer answer) throws IOException {
        InstructionResult failure = session.failure("the build failed with " + Session.exitCode(answer), answer);
        Optional<Invocation> check = session.engine().buildCheck();
        return failure instanceof InstructionResult.WorkFailed && check.isPresent()
                ? session.broken(check.get(), "cannot build without its plugin buildx")
                        .orElse(failure)
                : failure;
    }
}
