package io.jenkins.plugins.sluice.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.report.Sizes;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A directory whose files are in the artifact store: a whole one, or what differs in it from another.
 *
 * @param files by path and digest
 * @param modes the permissions of files and directories that have unusual ones, as {@code rw-------}
 * @param links where symbolic links lead to, by their path
 * @param directories those that are there although they may be empty
 * @param deleted what the other directory has, and this one has not
 */
record KeptTree(
        List<KeptFile> files,
        Map<String, String> modes,
        Map<String, String> links,
        List<String> directories,
        List<String> deleted) {

    /** How the text of every list begins. */
    static final String START = "{\"sluice-tree\":1,";

    private static final Set<String> USUAL_FILES = Set.of("rw-r--r--", "rwxr-xr-x");
    private static final Set<String> USUAL_DIRECTORIES = Set.of("rwxr-xr-x");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    KeptTree {
        files = List.copyOf(files);
        directories = List.copyOf(directories);
        deleted = List.copyOf(deleted);
    }

    /** Where files are kept, and how many bytes of them at most. */
    record Into(ArtifactStore store, long limit) {
        private void check(long bytes, Path root) throws IOException {
            if (bytes > limit) {
                throw new IOException(root + " has more than " + Sizes.words(limit)
                        + " to put aside; keep less there, or raise --carry-limit");
            }
        }
    }

    /** Keeps all files of a tree. */
    static KeptTree of(SourceTree tree, Into into) throws IOException {
        return differing(tree, new Base(tree.root(), Set.of(), Set.of()), into);
    }

    /** Keeps what differs in a tree from another one. */
    static KeptTree changes(SourceTree tree, SourceTree base, Into into) throws IOException {
        return differing(tree, new Base(base.root(), names(base.files()), names(base.directories())), into);
    }

    /** What a tree is compared with. */
    private record Base(Path root, Set<String> files, Set<String> directories) {}

    private static Set<String> names(List<Path> paths) {
        Set<String> names = new HashSet<>();
        paths.forEach(path -> names.add(path.toString()));
        names.remove("");
        return names;
    }

    private static KeptTree differing(SourceTree tree, Base base, Into into) throws IOException {
        Gathering gathering = new Gathering(tree.root(), base, into);
        for (Path path : tree.files()) {
            gathering.addIfThere(path);
        }
        for (Path path : tree.directories()) {
            gathering.addDirectory(path);
        }
        return gathering.tree();
    }

    /** Collects what differs. */
    private static final class Gathering {
        private final Path root;
        private final Base base;
        private final Into into;
        private final List<KeptFile> files = new ArrayList<>();
        private final Map<String, String> modes = new LinkedHashMap<>();
        private final Map<String, String> links = new LinkedHashMap<>();
        private final List<String> directories = new ArrayList<>();
        private final Set<String> deleted = new TreeSet<>(Comparator.reverseOrder()); // first what is in a directory
        private long bytes;

        Gathering(Path root, Base base, Into into) {
            this.root = root;
            this.base = base;
            this.into = into;
            deleted.addAll(base.files());
            deleted.addAll(base.directories());
        }

        void addIfThere(Path path) throws IOException {
            try {
                add(path.toString(), root.resolve(path));
            } catch (NoSuchFileException e) {
                // somebody works there, and has deleted it a moment ago
            }
        }

        private void add(String name, Path file) throws IOException {
            if (base.files().contains(name) && isSame(file, base.root().resolve(name))) {
                deleted.remove(name);
            } else if (Files.isSymbolicLink(file)) {
                links.put(name, Files.readSymbolicLink(file).toString());
            } else {
                bytes += Files.size(file);
                into.check(bytes, root);
                files.add(into.store().keepFile(file, name));
                mode(file, USUAL_FILES).ifPresent(mode -> modes.put(name, mode));
            }
        }

        void addDirectory(Path path) throws IOException {
            String name = path.toString();
            Path directory = root.resolve(path);
            if (!name.isEmpty() && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                directories.add(name);
                mode(directory, USUAL_DIRECTORIES).ifPresent(mode -> modes.put(name, mode));
                if (base.directories().contains(name)) {
                    deleted.remove(name);
                }
            }
        }

        KeptTree tree() {
            return new KeptTree(files, modes, links, directories, List.copyOf(deleted));
        }
    }

    private static Optional<String> mode(Path file, Set<String> usual) throws IOException {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        return usual.contains(mode) ? Optional.empty() : Optional.of(mode);
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        if (Files.isSymbolicLink(one) || Files.isSymbolicLink(other)) {
            return Files.isSymbolicLink(one)
                    && Files.isSymbolicLink(other)
                    && Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
        }
        return Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
                && Files.size(one) == Files.size(other)
                && Files.getPosixFilePermissions(one).equals(Files.getPosixFilePermissions(other))
                && Files.mismatch(one, other) < 0;
    }

    /** How large the files are together. */
    long bytes() {
        return files.stream().mapToLong(KeptFile::size).sum();
    }

    /** Makes a directory like this one, as far as they differ; every digest is verified. */
    void restore(Path directory, ArtifactStore store) throws IOException {
        for (String name : deleted) {
            Files.deleteIfExists(inside(directory, name));
        }
        for (String name : directories) {
            WorkspaceFiles.place(directory, name + "/any"); // which makes the directories above the file
        }
        for (KeptFile file : files) {
            makeRoom(directory, file.path());
            store.copyOut(file, directory);
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            makeRoom(directory, link.getKey());
            Path place = WorkspaceFiles.place(directory, link.getKey());
            Files.deleteIfExists(place);
            Files.createSymbolicLink(place, Path.of(link.getValue()));
        }
        for (Map.Entry<String, String> mode : modes.entrySet()) {
            Files.setPosixFilePermissions(
                    inside(directory, mode.getKey()), PosixFilePermissions.fromString(mode.getValue()));
        }
    }

    private static Path inside(Path directory, String name) throws IOException {
        Path place = directory.resolve(name).normalize();
        if (!place.startsWith(directory) || place.equals(directory)) {
            throw new FileSystemException(name, null, "the path leaves the workspace");
        }
        return place;
    }

    /** A file or a link may have taken the place of a directory. */
    private static void makeRoom(Path directory, String name) throws IOException {
        if (Files.isDirectory(inside(directory, name), LinkOption.NOFOLLOW_LINKS)) {
            Workspaces.delete(inside(directory, name));
        }
    }

    /** As text, to be kept itself. */
    String json() {
        ObjectNode json = MAPPER.createObjectNode().put("sluice-tree", 1);
        ArrayNode all = json.putArray("files");
        files.forEach(file -> all.addObject()
                .put("path", file.path())
                .put("digest", file.digest())
                .put("size", file.size())
                .put("executable", file.executable()));
        ObjectNode unusual = json.putObject("modes");
        modes.forEach(unusual::put);
        ObjectNode targets = json.putObject("links");
        links.forEach(targets::put);
        directories.forEach(json.putArray("directories")::add);
        deleted.forEach(json.putArray("deleted")::add);
        return json.toString();
    }

    /** The tree that such a text describes. */
    static KeptTree parse(String text) throws IOException {
        JsonNode json = MAPPER.readTree(text);
        List<KeptFile> files = new ArrayList<>();
        json.path("files")
                .forEach(file -> files.add(new KeptFile(
                        file.path("path").asText(),
                        file.path("digest").asText(),
                        file.path("size").asLong(),
                        file.path("executable").asBoolean())));
        Map<String, String> links = new LinkedHashMap<>();
        json.path("links")
                .fields()
                .forEachRemaining(e -> links.put(e.getKey(), e.getValue().asText()));
        Map<String, String> modes = new LinkedHashMap<>();
        json.path("modes")
                .fields()
                .forEachRemaining(e -> modes.put(e.getKey(), e.getValue().asText()));
        return new KeptTree(files, modes, links, texts(json.path("directories")), texts(json.path("deleted")));
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
