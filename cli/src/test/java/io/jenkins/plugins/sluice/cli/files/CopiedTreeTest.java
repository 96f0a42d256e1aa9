package io.jenkins.plugins.sluice.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedTreeTest {
    @TempDir
    Path directory;

    private Path copied;
    private Path workspace;

    @BeforeEach
    void makeDirectories() throws IOException {
        copied = Files.createDirectories(directory.resolve("copied"));
        workspace = Files.createDirectories(directory.resolve("workspace"));
    }

    private void link(String path, String target) throws IOException {
        Path link = copied.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    @Test
    void filesAndHarmlessLinksGoBesideWhatIsThere() throws IOException {
        Files.createDirectories(copied.resolve("deep"));
        Files.writeString(copied.resolve("answer"), "42");
        Files.setPosixFilePermissions(copied.resolve("answer"), PosixFilePermissions.fromString("r-x---r--"));
        link("deep/link", "../answer");
        link("dangling", "deep/none");
        Files.createDirectories(workspace.resolve("out"));
        Files.writeString(workspace.resolve("out/other"), "stays");
        Files.writeString(workspace.resolve("out/answer"), "old");
        CopiedTree.of(copied).moveTo(workspace, "out");
        assertThat(workspace.resolve("out/answer")).hasContent("42").isExecutable();
        assertThat(workspace.resolve("out/deep/link")).isSymbolicLink().hasContent("42");
        assertThat(Files.isSymbolicLink(workspace.resolve("out/dangling"))).isTrue();
        assertThat(workspace.resolve("out/other")).hasContent("stays");
    }

    @Test
    void aFileAloneGoesWhereItIsWanted() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "42");
        CopiedTree.of(file).moveTo(workspace, "a/b/c.txt");
        assertThat(workspace.resolve("a/b/c.txt")).hasContent("42");
    }

    @Test
    void linksThatLeadOutAreRefused() throws IOException {
        refused("absolute", "/etc/passwd");
        refused("upwards", "..");
        refused("deep/upwards", "../../x");
        refused("circle", "circle");
    }

    private void refused(String path, String target) throws IOException {
        link(path, target);
        assertThatThrownBy(() -> CopiedTree.of(copied))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(path)
                .hasMessageContaining("leads out");
        Files.delete(copied.resolve(path));
    }

    @Test
    void linksThatLeadOutOnlyThroughOtherLinksAreRefused() throws IOException {
        link("x/a", "..");
        link("x/c", "a/..");
        assertThatThrownBy(() -> CopiedTree.of(copied)).hasMessageContaining("x/c");
    }

    @Test
    void aLinkAloneIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("copied"));
        assertThatThrownBy(() -> CopiedTree.of(link)).isInstanceOf(FileSystemException.class);
    }

    @Test
    void linksOfTheWorkspaceAreNotFollowed() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve("out"), outside);
        Files.writeString(copied.resolve("answer"), "42");
        CopiedTree tree = CopiedTree.of(copied);
        assertThatThrownBy(() -> tree.moveTo(workspace, "out")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> tree.moveTo(workspace, "../outside")).isInstanceOf(FileSystemException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkInPlaceOfAFileIsReplacedAndNotWrittenThrough() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "theirs");
        Files.createSymbolicLink(workspace.resolve("answer"), outside);
        Files.writeString(copied.resolve("answer"), "42");
        CopiedTree.of(copied).moveTo(workspace, ".");
        assertThat(outside).hasContent("theirs");
        assertThat(Files.isRegularFile(workspace.resolve("answer"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void closedDirectoriesAreOpened() throws IOException {
        Path closed = Files.createDirectories(copied.resolve("closed"));
        Files.writeString(closed.resolve("answer"), "42");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        CopiedTree.of(copied).moveTo(workspace, "out");
        assertThat(workspace.resolve("out/closed/answer")).hasContent("42");
    }
}
