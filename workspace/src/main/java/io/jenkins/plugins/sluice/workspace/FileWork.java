package io.jenkins.plugins.sluice.workspace;

import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads, writes and deletes single files of a workspace, and nothing outside of it. */
public record FileWork(Path workspace) {

    private static final long LARGEST = 1 << 20;

    /** The text of a file, which a link may lead to as long as it stays in the workspace. */
    public InstructionResult read(String path) throws IOException {
        Path file = workspace.resolve(path);
        if (!Files.exists(file)) {
            return new InstructionResult.FileRead(Optional.empty());
        }
        if (!file.toRealPath().startsWith(workspace.toRealPath())) {
            return new InstructionResult.Broken(path + " leads out of the workspace");
        }
        if (!Files.isRegularFile(file)) {
            return new InstructionResult.Broken(path + " is no regular file");
        }
        if (Files.size(file) > LARGEST) {
            return new InstructionResult.Broken(path + " is larger than " + LARGEST + " bytes");
        }
        return new InstructionResult.FileRead(
                Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
    }

    /** A new file in place of an old one, whose bytes may be shared with the store or lie behind a link. */
    public InstructionResult write(String path, String text) throws IOException {
        Path file = WorkspaceFiles.place(workspace, path);
        Files.deleteIfExists(file);
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new InstructionResult.Done();
    }

    /** Deletes a file or directory; one that is not there is no error. */
    public InstructionResult delete(String path) throws IOException {
        Path relative = Path.of(path).normalize();
        if (relative.isAbsolute()
                || relative.startsWith("..")
                || relative.toString().isEmpty()) {
            return new InstructionResult.Broken(path + " is nothing in the workspace that could be deleted");
        }
        Path place = workspace.toRealPath();
        for (Path name : relative) {
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                return new InstructionResult.Done(); // it may be there behind a link, but then not in this place
            }
            place = place.resolve(name);
        }
        Deletion.of(place);
        return new InstructionResult.Done();
    }
}
