package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.cli.process.Ending;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.cli.process.Patience;
import io.jenkins.plugins.sluice.cli.process.ProcessGroup;
import io.jenkins.plugins.sluice.cli.process.RecordedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspacesTest {

    @TempDir
    private Path directory;

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
    }

    @Test
    void takesWhatGitTracksAndWhatIsNewButNotIgnored() throws IOException {
        git(tree, "init", "-q");
        write(".gitignore", "*.log\n/out/\n");
        write("tracked", "1");
        write("ö ü\n", "name with everything");
        write("deleted", "1");
        git(tree, "add", ".");
        Files.delete(tree.resolve("deleted"));
        write("new", "2");
        write("noise.log", "3");
        write("out/x", "4");
        write(".sluice/work/y", "5");
        assertThat(paths(copy())).containsExactlyInAnyOrder(".gitignore", "tracked", "ö ü\n", "new");
    }

    @Test
    void takesASubdirectoryOfARepository() throws IOException {
        git(directory, "init", "-q");
        Files.writeString(directory.resolve("outside"), "");
        write("sub/inside", "1");
        assertThat(paths(copy())).containsExactlyInAnyOrder("sub", "sub/inside");
    }

    @Test
    void takesADirectoryThatTheRepositoryIgnores() throws IOException {
        git(directory, "init", "-q");
        Files.writeString(directory.resolve(".gitignore"), "tree\n");
        write("inside", "1");
        assertThat(paths(copy())).containsExactly("inside");
    }

    @Test
    void takesSubmodulesByTheirOwnRules() throws IOException {
        Path library = Files.createDirectory(directory.resolve("library"));
        git(library, "init", "-q");
        Files.writeString(library.resolve("lib.c"), "int x;");
        Files.writeString(library.resolve(".gitignore"), "*.o");
        git(library, "add", ".");
        git(library, "commit", "-qm", "x");
        git(tree, "init", "-q");
        git(tree, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.toString(), "libs/c");
        write("libs/c/lib.o", "object");
        assertThat(paths(copy()))
                .containsExactlyInAnyOrder(".gitmodules", "libs", "libs/c", "libs/c/lib.c", "libs/c/.gitignore");
        git(tree, "submodule", "--quiet", "deinit", "-f", "libs/c");
        assertThat(paths(copy())).containsExactlyInAnyOrder(".gitmodules", "libs", "libs/c");
    }

    @Test
    void takesEverythingWithoutGit() throws IOException {
        write("a/b", "1");
        write("a/.git/config", "2");
        write(".sluice/work/y", "3");
        Files.createDirectory(tree.resolve("empty"));
        Workspaces workspaces = Workspaces.of(tree, directory.resolve("work"));
        assertThat(paths(workspaces.create("x"))).containsExactlyInAnyOrder("a", "a/b", "empty");
        assertThat(workspaces.warning()).isEmpty();
    }

    @Test
    void saysWhatGitSaidIfItRefuses() throws IOException {
        git(tree, "init", "-q");
        Files.writeString(tree.resolve(".git/config"), "[broken");
        write("a", "1");
        Workspaces workspaces = Workspaces.of(tree, directory.resolve("work"));
        assertThat(workspaces.warning())
                .hasValueSatisfying(text -> assertThat(text).contains("bad config"));
        assertThat(paths(workspaces.create("x"))).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void modesTimesAndLinksAreKept(boolean byCommand) throws IOException {
        write("-tool.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(tree.resolve("-tool.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(tree.resolve("-tool.sh"), FileTime.fromMillis(1_000_000_000_000L));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("-tool.sh"));
        Files.createSymbolicLink(tree.resolve("broken"), Path.of("/nowhere"));
        write("deep/er/x", "");
        TreeCopy copy = byCommand ? new ReflinkCopy(failing()) : new PlainCopy();
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        copy.copy(SourceTree.read(tree), workspace);
        Path tool = workspace.resolve("-tool.sh");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tool)))
                .isEqualTo("rwxr-x--x");
        assertThat(Files.getLastModifiedTime(tool).toMillis()).isEqualTo(1_000_000_000_000L);
        assertThat(Files.readSymbolicLink(workspace.resolve("link"))).isEqualTo(Path.of("-tool.sh"));
        assertThat(Files.readSymbolicLink(workspace.resolve("broken"))).isEqualTo(Path.of("/nowhere"));
        assertThat(workspace.resolve("deep/er/x")).exists();
        assertThat(Files.getAttribute(tool, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void commandThatFailsGivesWayToThePlainCopy() throws IOException {
        write("a", "1");
        write("b", "2");
        SourceTree source = SourceTree.read(tree);
        Files.delete(tree.resolve("a"));
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        new ReflinkCopy(new PlainCopy()).copy(source, workspace);
        assertThat(paths(workspace)).containsExactly("b");
    }

    @Test
    void workspaceIsCleanEachTime() throws IOException {
        write("a", "1");
        Workspaces workspaces = Workspaces.of(tree, directory.resolve("work"));
        Path first = workspaces.create("api/unit [1]");
        Files.writeString(first.resolve("left over"), "");
        Path again = workspaces.create("api/unit [1]");
        assertThat(again).isEqualTo(first).hasParent(directory.resolve("work"));
        assertThat(paths(again)).containsExactly("a");
        Path other = workspaces.create("api-unit-1-");
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void directoryInPlaceOfAFileIsCopiedAsAnEmptyOne() throws IOException {
        write("a", "1");
        Workspaces workspaces = Workspaces.of(tree, directory.resolve("work"));
        Files.delete(tree.resolve("a"));
        Files.createDirectories(tree.resolve("a/b"));
        assertThat(workspaces.create("x").resolve("a")).isEmptyDirectory();
    }

    @Test
    void noHalfWorkspaceIsLeft() throws IOException {
        TreeCopy fullDisk = (source, workspace) -> {
            Files.writeString(workspace.resolve("half"), "");
            throw new IOException("no space left on device");
        };
        Path root = Files.createDirectory(directory.resolve("work"));
        Workspaces workspaces = new Workspaces(SourceTree.read(tree), root, fullDisk);
        assertThatThrownBy(() -> workspaces.create("x")).hasMessageContaining("no space left");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void deletesReadOnlyDirectoriesButNotWhatLinksLeadTo() throws IOException {
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Files.writeString(precious.resolve("mine"), "");
        write("a/b/c", "");
        Files.createSymbolicLink(tree.resolve("a/link"), precious);
        for (String closed : List.of("a/b", "a")) {
            Files.setPosixFilePermissions(tree.resolve(closed), PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        Files.createDirectory(tree.resolve("shut"));
        Files.writeString(tree.resolve("shut/x"), "");
        Files.setPosixFilePermissions(tree.resolve("shut"), PosixFilePermissions.fromString("---------"));
        Workspaces.delete(tree);
        Workspaces.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(precious.resolve("mine")).exists();
    }

    @ParameterizedTest
    @CsvSource({"unit, unit", "api-1.2_x, api-1.2_x", "api/unit, api-unit_", "../.., _", ".git, git_", "ü, _", "a., a-_"
    })
    void namesAreSafe(String name, String expected) {
        assertThat(SafeName.of(name)).startsWith(expected).matches("[A-Za-z0-9_][A-Za-z0-9._-]*");
    }

    @Test
    void differentNamesStayDifferent() {
        assertThat(SafeName.of("a/b")).isNotEqualTo(SafeName.of("a:b"));
        assertThat(SafeName.of("x".repeat(300))).hasSizeLessThan(100).isNotEqualTo(SafeName.of("x".repeat(301)));
    }

    private Path copy() throws IOException {
        return Workspaces.of(tree, directory.resolve("work")).create("copy");
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(tree.resolve(path).getParent());
        Files.writeString(tree.resolve(path), text);
    }

    private static TreeCopy failing() {
        return (source, workspace) -> {
            throw new AssertionError("cp did not do it");
        };
    }

    private static List<String> paths(Path workspace) throws IOException {
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(path -> !path.equals(workspace))
                    .map(path -> workspace.relativize(path).toString())
                    .toList();
        }
    }

    private static void git(Path directory, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.org"));
        argv.addAll(List.of(arguments));
        RecordedOutput output = new RecordedOutput();
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "HOME", directory.toString());
        Ending ending = ProcessGroup.start(new Invocation(argv, directory, environment))
                .await(Patience.UNLIMITED.withTimeout(Duration.ofMinutes(1)), output);
        assertThat(ending.isSuccess()).as(() -> argv + ": " + output.lines).isTrue();
    }
}
