package io.jenkins.plugins.sluice.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWorkTest {
    @TempDir
    Path directory;

    private Path workspace;
    private Path outside;
    private FileWork files;

    @BeforeEach
    void makeDirectories() throws IOException {
        workspace = Files.createDirectories(directory.resolve("workspace"));
        outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("theirs"), "theirs");
        Files.createSymbolicLink(workspace.resolve("link"), outside);
        files = new FileWork(workspace);
    }

    @Test
    void whatIsWrittenCanBeReadAndDeleted() throws IOException {
        assertThat(files.write("a/b.txt", "text")).isEqualTo(new InstructionResult.Done());
        assertThat(files.write("a/b.txt", "other")).isEqualTo(new InstructionResult.Done());
        assertThat(workspace.resolve("a/b.txt")).hasContent("other");
        assertThat(files.delete("a")).isEqualTo(new InstructionResult.Done());
        assertThat(workspace.resolve("a")).doesNotExist();
        assertThat(files.delete("a/b.txt")).isEqualTo(new InstructionResult.Done());
    }

    @Test
    void nothingIsWrittenOrDeletedThroughALink() throws IOException {
        assertThatThrownBy(() -> files.write("link/theirs", "mine")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> files.write("../outside/theirs", "mine")).isInstanceOf(FileSystemException.class);
        files.delete("link/theirs");
        assertThat(files.delete("../outside")).isInstanceOf(InstructionResult.Broken.class);
        assertThat(files.delete(".")).isInstanceOf(InstructionResult.Broken.class);
        assertThat(files.read("link/theirs")).isInstanceOf(InstructionResult.Broken.class);
        files.delete("link");
        assertThat(outside.resolve("theirs")).hasContent("theirs");
    }

    @Test
    void aFileThatSharesItsBytesIsReplaced() throws IOException {
        Path shared = Files.createLink(workspace.resolve("shared"), outside.resolve("theirs"));
        files.write("shared", "mine");
        assertThat(shared).hasContent("mine");
        assertThat(outside.resolve("theirs")).hasContent("theirs");
    }
}
