package io.jenkins.plugins.sluice.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with files on the machine where the workspace is. */
class FileInstructionsTest {
    @TempDir
    Path workspace;

    private Path file(String path, String text) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private InstructionResult run(Instruction instruction) {
        return FileInstructions.run(workspace, instruction).result();
    }

    @Test
    void filesAreKeptByPathAndDigestAlsoThroughLinks() throws IOException {
        Path script = file("out/run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        file("out/a.txt", "a");
        Files.createSymbolicLink(workspace.resolve("out/link.txt"), Path.of("a.txt"));
        file(".git/out/a.txt", "not visited");

        FileInstructions.Done done =
                FileInstructions.run(workspace, new Instruction.KeepArtifacts(List.of("out/*", "*.jar"), false));
        InstructionResult.Kept kept = (InstructionResult.Kept) done.result();
        assertThat(kept.files()).extracting(KeptFile::path).containsExactly("out/a.txt", "out/link.txt", "out/run.sh");
        assertThat(kept.files()).extracting(KeptFile::executable).containsExactly(false, false, true);
        assertThat(kept.files().get(0).digest()).isEqualTo(kept.files().get(1).digest());
        assertThat(kept.unmatched()).containsExactly("*.jar");
        assertThat(kept.nearby()).containsExactly("out");
        assertThat(done.sources()).containsEntry("out/link.txt", "out/a.txt");
    }

    @Test
    void aLinkThatLeadsOutIsNoArtifact() throws IOException {
        Files.createSymbolicLink(workspace.resolve("passwd"), Path.of("/etc/passwd"));
        assertThat(run(new Instruction.KeepArtifacts(List.of("passwd"), false)).toString())
                .contains("Broken")
                .contains("leads out of the workspace");
        Files.createSymbolicLink(workspace.resolve("nothing"), Path.of("nowhere"));
        assertThat(run(new Instruction.KeepArtifacts(List.of("nothing"), false)).toString())
                .contains("leads to nothing");
    }

    @Test
    void whatWasBroughtMustBeWhatWasKept() throws IOException {
        file("a.txt", "a");
        KeptFile kept = ((InstructionResult.Kept) run(new Instruction.KeepArtifacts(List.of("a.txt"), false)))
                .files()
                .get(0);
        KeptFile executable = new KeptFile("a.txt", kept.digest(), kept.size(), true);
        assertThat(run(new Instruction.RestoreArtifacts(List.of(executable)))).isEqualTo(new InstructionResult.Done());
        assertThat(workspace.resolve("a.txt")).isExecutable();

        file("a.txt", "b");
        assertThat(run(new Instruction.RestoreArtifacts(List.of(kept))).toString())
                .contains("is not what was kept");
        assertThat(workspace.resolve("a.txt")).doesNotExist();
        assertThat(run(new Instruction.RestoreArtifacts(List.of(kept))).toString())
                .contains("was not brought");
    }

    @Test
    void filesAreReadWrittenAndDeleted() throws IOException {
        assertThat(run(new Instruction.WriteFile("deep/er/a.txt", "text"))).isEqualTo(new InstructionResult.Done());
        assertThat(run(new Instruction.ReadFile("deep/er/a.txt")))
                .isEqualTo(new InstructionResult.FileRead(Optional.of("text")));
        assertThat(run(new Instruction.DeleteFiles("deep"))).isEqualTo(new InstructionResult.Done());
        assertThat(run(new Instruction.ReadFile("deep/er/a.txt")))
                .isEqualTo(new InstructionResult.FileRead(Optional.empty()));
        assertThat(run(new Instruction.WriteFile("../a.txt", "text")).toString())
                .contains("leaves the workspace");
        Files.createDirectory(workspace.resolve("directory"));
        assertThat(run(new Instruction.WriteFile("directory", "text")).toString())
                .contains("there is a directory");
        file("plain", "");
        assertThat(run(new Instruction.WriteFile("plain/a.txt", "text")).toString())
                .contains("is a file");
        Files.createSymbolicLink(workspace.resolve("link"), workspace.resolve("directory"));
        assertThat(run(new Instruction.WriteFile("link/a.txt", "text")).toString())
                .contains("symbolic link");
    }

    @Test
    void testReportsAreAddedUp() throws IOException {
        file("r/one.xml", "<testsuite><testcase classname='A' name='b'/></testsuite>");
        file("r/two.xml", "<testsuite><testcase classname='A' name='c'><failure/></testcase></testsuite>");
        InstructionResult.TestsRead read =
                (InstructionResult.TestsRead) run(new Instruction.PublishTests(List.of("r/*.xml", "none.xml")));
        assertThat(read.report().tests()).isEqualTo(2);
        assertThat(read.report().failed()).containsExactly("A.c");
        assertThat(read.unmatched()).containsExactly("none.xml");
        file("r/bad.xml", "<html/>");
        assertThat(run(new Instruction.PublishTests(List.of("r/*.xml"))).toString())
                .contains("no JUnit report");
    }

    @Test
    void whatIsNotAboutFilesIsRefused() {
        assertThatThrownBy(() -> run(new Instruction.SendMail(List.of("a"), "b", "c")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fileErrorsAreSaidInWords() {
        assertThat(FileErrors.words(new NoSuchFileException("a"))).isEqualTo("a: there is no such file");
        assertThat(FileErrors.words(new AccessDeniedException("a"))).isEqualTo("a: permission denied");
        assertThat(FileErrors.words(new FileSystemException("a", null, "full"))).isEqualTo("a: full");
        assertThat(FileErrors.words(new IOException("broken"))).isEqualTo("broken");
    }

    @Test
    void aFileIsHashedWhileItIsCopied() throws IOException {
        Path from = file("a", "text");
        Digests.Digest digest = Digests.copy(from, workspace.resolve("b"));
        assertThat(digest).isEqualTo(Digests.of(workspace.resolve("b")));
        assertThat(digest.hex()).isEqualTo(Digests.of("text"));
        assertThat(digest.size()).isEqualTo(4);
    }

    @Test
    void readOnlyDirectoriesAreDeletedToo() throws IOException {
        file("closed/deep/a", "");
        Files.setPosixFilePermissions(workspace.resolve("closed/deep"), PosixFilePermissions.fromString("r-xr-xr-x"));
        Deletion.of(workspace.resolve("closed"));
        assertThat(workspace.resolve("closed")).doesNotExist();
        Deletion.of(workspace.resolve("closed"));
    }
}
