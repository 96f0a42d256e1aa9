package io.jenkins.plugins.sluice.workspace;

import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does in a workspace, on the machine where it is, what an instruction says that is about files alone. The bytes of artifacts
 * are brought and fetched by the host.
 */
public final class FileInstructions {
    private FileInstructions() {}

    /**
     * What came of an instruction.
     *
     * @param sources for each file to keep the path below the workspace where its bytes are, which differs behind a link
     */
    public record Done(InstructionResult result, Map<String, String> sources) {}

    /** Does it. What gets in the way is a result, not an exception. */
    public static Done run(Path workspace, Instruction instruction) {
        try {
            return instruction instanceof Instruction.KeepArtifacts keep
                    ? keep(workspace, keep)
                    : new Done(result(workspace, instruction), Map.of());
        } catch (IOException e) {
            return new Done(new InstructionResult.Broken(FileErrors.words(e)), Map.of());
        }
    }

    private static InstructionResult result(Path workspace, Instruction instruction) throws IOException {
        FileWork files = new FileWork(workspace);
        if (instruction instanceof Instruction.ReadFile read) {
            return files.read(read.path());
        }
        if (instruction instanceof Instruction.WriteFile write) {
            return files.write(write.path(), write.text());
        }
        if (instruction instanceof Instruction.DeleteFiles delete) {
            return files.delete(delete.path());
        }
        if (instruction instanceof Instruction.PublishTests tests) {
            return TestReports.read(workspace, tests.patterns());
        }
        if (instruction instanceof Instruction.RestoreArtifacts restore) {
            return verify(workspace, restore.files());
        }
        throw new IllegalArgumentException("that is not about files alone: " + instruction);
    }

    private static Done keep(Path workspace, Instruction.KeepArtifacts keep) throws IOException {
        PatternSearch search = new PatternSearch(workspace, keep.patterns());
        Path top = workspace.toRealPath();
        List<KeptFile> kept = new ArrayList<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (WorkspaceFiles.Found found : search.find()) {
            Digests.Digest digest = Digests.of(found.file());
            boolean executable = Files.isExecutable(found.file());
            kept.add(new KeptFile(found.path(), digest.hex(), digest.size(), executable));
            sources.put(found.path(), top.relativize(found.file()).toString().replace('\\', '/'));
        }
        kept.sort((one, other) -> one.path().compareTo(other.path()));
        List<String> unmatched =
                search.unmatched(kept.stream().map(KeptFile::path).toList());
        List<String> nearby = unmatched.isEmpty() ? List.of() : search.nearby(unmatched.get(0));
        return new Done(new InstructionResult.Kept(kept, unmatched, nearby), sources);
    }

    /** The files were brought: they must be what was kept. */
    private static InstructionResult verify(Path workspace, List<KeptFile> files) throws IOException {
        for (KeptFile file : files) {
            Path place = WorkspaceFiles.place(workspace, file.path());
            if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(file.path(), null, "the artifact was not brought");
            }
            if (!Digests.of(place).hex().equals(file.digest())) {
                Files.delete(place);
                throw new FileSystemException(file.path(), null, "the artifact is not what was kept");
            }
            setExecutable(place, file.executable());
        }
        return new InstructionResult.Done();
    }

    private static void setExecutable(Path file, boolean executable) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> all = Set.of(
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_EXECUTE);
        boolean changed = executable ? permissions.addAll(all) : permissions.removeAll(all);
        if (changed) {
            Files.setPosixFilePermissions(file, permissions);
        }
    }
}
