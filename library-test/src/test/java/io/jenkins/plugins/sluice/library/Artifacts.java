package io.jenkins.plugins.sluice.library;

import io.jenkins.plugins.sluice.handle.KeptSecrets;
import io.jenkins.plugins.sluice.library.Program.Request;
import io.jenkins.plugins.sluice.run.FileInstructionJson;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import io.jenkins.plugins.sluice.workspace.FileInstructions;
import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The artifacts of the build, and the step {@code sluiceFiles}, which keeps and brings them. */
final class Artifacts {
    private final Path directory;

    Artifacts(Path directory) {
        this.directory = directory;
    }

    /** Does what the step is asked for in a workspace, and gives its answer. */
    String files(Request request, Path workspace, Map<String, String> env) throws IOException {
        Instruction instruction = FileInstructionJson.read(request.text("instruction"));
        if (instruction instanceof Instruction.RestoreArtifacts) {
            bring((Map<?, ?>) request.args().get("sources"), workspace);
        }
        FileInstructions.Done done = FileInstructions.run(workspace, instruction);
        if (done.result() instanceof InstructionResult.Kept) {
            keep(done.sources(), workspace, directory.resolve(request.text("place")));
        }
        List<String> secrets = ((List<?>) request.args().getOrDefault("secrets", List.of()))
                .stream().map(String::valueOf).toList();
        return ResultJson.write(KeptSecrets.without(done.result(), secrets, env));
    }

    /** @param sources by the path in the workspace where the artifact is: those of another build are not there */
    private void bring(Map<?, ?> sources, Path workspace) throws IOException {
        for (Map.Entry<?, ?> source : sources.entrySet()) {
            String artifact = String.valueOf(source.getValue()).replaceFirst("^/", "");
            Path target = WorkspaceFiles.place(workspace, String.valueOf(source.getKey()));
            Files.copy(directory.resolve(artifact), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void keep(Map<String, String> sources, Path workspace, Path place) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path target = place.resolve(source.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(workspace.resolve(source.getValue()), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
