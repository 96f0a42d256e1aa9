package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.sluice.run.KeptFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArtifactStoreTest {

    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    private Path directory;

    private Path workspace;
    private Path other;
    private ArtifactStore store;

    @BeforeEach
    void makeWorkspaces() throws IOException {
        workspace = Files.createDirectory(directory.resolve("workspace"));
        other = Files.createDirectory(directory.resolve("other"));
        store = new ArtifactStore(directory.resolve("store"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesComeBackAsTheyWere(boolean mayLink) throws IOException {
        write("b/tool.sh", "#!/bin/sh\n", "rwxr--r--");
        write("a.txt", "hello", "rw-r-----");
        write("not/this", "x", "rw-r--r--");
        List<KeptFile> kept = store.keep(workspace, path -> !path.startsWith("not/"), mayLink);
        assertThat(kept).extracting(KeptFile::path).containsExactly("a.txt", "b/tool.sh");
        assertThat(kept.get(0)).isEqualTo(new KeptFile("a.txt", HELLO, 5, false));
        assertThat(kept.get(1).executable()).isTrue();
        for (KeptFile file : kept) {
            store.restore(file, other);
        }
        assertThat(other.resolve("a.txt")).hasContent("hello").isRegularFile();
        assertThat(Files.isExecutable(other.resolve("a.txt"))).isFalse();
        assertThat(other.resolve("b/tool.sh")).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(mode(other.resolve("b/tool.sh"))).isEqualTo("r-xr-xr-x");
        assertThat(directory.resolve("store/tmp")).isEmptyDirectory();
    }

    @Test
    void sameBytesAreStoredOncePerPermission() throws IOException {
        write("1", "hello", "rw-r--r--");
        write("2", "hello", "rw-r--r--");
        write("3", "hello", "rwxr-xr-x");
        store.keep(workspace, path -> true, true);
        assertThat(blobs())
                .extracting(blob -> blob.getFileName().toString())
                .containsExactly(HELLO.substring(2), HELLO.substring(2) + "-x");
    }

    @Test
    void copiedFileStaysTheStagesOwn() throws IOException {
        write("a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, false).get(0);
        Files.writeString(workspace.resolve("a"), "changed");
        store.restore(kept, other);
        assertThat(other.resolve("a")).hasContent("hello");
    }

    @Test
    void linkedFileIsNotCopied() throws IOException {
        write("a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, true).get(0);
        store.restore(kept, other);
        assertThat(Files.isSameFile(workspace.resolve("a"), other.resolve("a"))).isTrue();
    }

    @Test
    void fileWithOtherLinksIsCopied() throws IOException {
        write("a", "hello", "rw-r--r--");
        Path cache = Files.createLink(directory.resolve("cache"), workspace.resolve("a"));
        store.keep(workspace, path -> true, true);
        assertThat(mode(cache)).isEqualTo("rw-r--r--");
        assertThat(Files.isSameFile(cache, blobs().get(0))).isFalse();
    }

    @Test
    void restoredFileCanBeKeptAgain() throws IOException {
        write("a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, true).get(0);
        store.restore(kept, other);
        assertThat(store.keep(other, path -> true, true)).containsExactly(kept);
    }

    @Test
    void existingFileOrLinkIsReplaced() throws IOException {
        write("a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, true).get(0);
        Path precious = Files.writeString(directory.resolve("precious"), "mine");
        Files.createSymbolicLink(other.resolve("a"), precious);
        store.restore(kept, other);
        store.restore(kept, other);
        assertThat(precious).hasContent("mine");
        assertThat(other.resolve("a")).hasContent("hello");
    }

    @Test
    void changedBlobIsFoundOut() throws IOException {
        write("a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, false).get(0);
        Path blob = blobs().get(0);
        Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(blob, "hellO");
        assertThatThrownBy(() -> store.restore(kept, other))
                .isInstanceOfSatisfying(DamagedBlobException.class, damaged -> {
                    assertThat(damaged.path()).isEqualTo("a");
                    assertThat(damaged.expected()).isEqualTo(HELLO);
                    assertThat(damaged.found()).isNotEqualTo(HELLO).hasSize(64);
                });
        assertThat(other).isEmptyDirectory();
        store.keep(workspace, path -> true, false);
        store.restore(kept, other);
        assertThat(other.resolve("a")).hasContent("hello");
    }

    @Test
    void missingBlobIsNamed() {
        assertThatThrownBy(() -> store.restore(new KeptFile("a", HELLO, 5, false), other))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("a: its bytes are not in the store");
    }

    @Test
    void linkToAFileInsideIsThatFile() throws IOException {
        write("real/a", "hello", "rw-r--r--");
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("real/a"));
        List<KeptFile> kept = store.keep(workspace, path -> path.equals("link"), true);
        assertThat(kept).containsExactly(new KeptFile("link", HELLO, 5, false));
        assertThat(mode(workspace.resolve("real/a"))).isEqualTo("rw-r--r--");
    }

    @Test
    void linkToTheOutsideIsRefused() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "x");
        Files.createSymbolicLink(workspace.resolve("link"), secret);
        assertThatThrownBy(() -> store.keep(workspace, path -> true, true))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("link: the symbolic link leads out of the workspace: link -> " + secret);
        assertThat(store.keep(workspace, path -> false, true)).isEmpty();
    }

    @Test
    void brokenLinkIsRefused() throws IOException {
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("nowhere"));
        assertThatThrownBy(() -> store.keep(workspace, path -> true, true))
                .hasMessage("link: the symbolic link leads to nothing: link -> nowhere");
    }

    @Test
    void directoriesBehindLinksAndOfToolsAreNotVisited() throws IOException {
        write("real/a", "hello", "rw-r--r--");
        write(".git/config", "x", "rw-r--r--");
        write("sub/.sluice/b", "x", "rw-r--r--");
        Files.createSymbolicLink(workspace.resolve("again"), Path.of("real"));
        assertThat(store.keep(workspace, path -> true, true))
                .extracting(KeptFile::path)
                .containsExactly("real/a");
    }

    @Test
    void restoreDoesNotFollowLinkedParents() throws IOException {
        write("sub/a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, false).get(0);
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(other.resolve("sub"), outside);
        assertThatThrownBy(() -> store.restore(kept, other)).hasMessageContaining("is a symbolic link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void restoreDoesNotReplaceDirectoriesOrFilesAbove() throws IOException {
        write("sub/a", "hello", "rw-r--r--");
        KeptFile kept = store.keep(workspace, path -> true, false).get(0);
        Files.createDirectories(other.resolve("sub/a"));
        assertThatThrownBy(() -> store.restore(kept, other)).hasMessageContaining("there is a directory in place");
        Path third = Files.createDirectory(directory.resolve("third"));
        Files.writeString(third.resolve("sub"), "");
        assertThatThrownBy(() -> store.restore(kept, third)).hasMessageContaining("sub is a file");
    }

    @Test
    void anotherFileSystemIsCopiedTo() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeThat(memory).isWritable();
        assumeThat(Files.getFileStore(memory)).isNotEqualTo(Files.getFileStore(directory));
        Path far = Files.createTempDirectory(memory, "sluice");
        try {
            write("a", "hello", "rwxr-xr-x");
            KeptFile kept = store.keep(workspace, path -> true, true).get(0);
            store.restore(kept, far);
            assertThat(far.resolve("a")).hasContent("hello").isExecutable();
            ArtifactStore farStore = new ArtifactStore(far.resolve("store"));
            assertThat(farStore.keep(workspace, path -> true, true)).containsExactly(kept);
        } finally {
            Workspaces.delete(far);
        }
    }

    @Test
    void manyKeepersOfTheSameBytesDoNotMeet() throws IOException {
        write("a", "hello", "rw-r--r--");
        List<KeptFile> kept = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> keepUnchecked())
                .distinct()
                .toList();
        assertThat(kept).hasSize(1);
        store.restore(kept.get(0), other);
        assertThat(blobs()).hasSize(1);
    }

    @Test
    void largeAndEmptyFilesHaveTheRightDigest() throws IOException {
        Files.write(workspace.resolve("empty"), new byte[0]);
        Files.write(workspace.resolve("large"), new byte[3_000_001]);
        List<KeptFile> kept = store.keep(workspace, path -> true, false);
        assertThat(kept.get(0).digest()).startsWith("e3b0c44298fc1c14");
        assertThat(kept.get(1).size()).isEqualTo(3_000_001);
        store.restore(kept.get(1), other);
        assertThat(other.resolve("large")).hasSameBinaryContentAs(workspace.resolve("large"));
    }

    private KeptFile keepUnchecked() {
        try {
            return store.keep(workspace, path -> true, false).get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String path, String text, String mode) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("store/sha256"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
