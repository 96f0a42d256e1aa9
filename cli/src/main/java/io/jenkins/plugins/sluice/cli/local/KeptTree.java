package io.jenkins.plugins.sluice.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.report.Sizes;
import io.jenkins.plugins.sluice.run.KeptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A directory whose files are in the artifact store: a whole one, or what differs in it from another.
 *
 * @param files by path and digest
 * @param links where symbolic links lead to, by their path
 * @param directories those that are there although they may be empty
 * @param deleted what the other directory has, and this one has not
 */
record KeptTree(List<KeptFile> files, Map<String, String> links, List<String> directories, List<String> deleted) {

    /** How the text of every list begins. */
    static final String START = "{\"sluice-tree\":1,";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    KeptTree {
        files = List.copyOf(files);
        directories = List.copyOf(directories);
        deleted = List.copyOf(deleted);
    }

    /** Where files are kept, and how many bytes of them at most. */
    record Into(ArtifactStore store, long limit) {}

    /** Keeps all files of a tree. */
    static KeptTree of(SourceTree tree, Into into) throws IOException {
        return differing(tree, Set.of(), tree.root(), into);
    }

    /** Keeps what differs in a tree from another one. */
    static KeptTree changes(SourceTree tree, SourceTree base, Into into) throws IOException {
        Set<String> there = new TreeSet<>();
        for (Path path : base.files()) {
            there.add(path.toString());
        }
        return differing(tree, there, base.root(), into);
    }

    private static KeptTree differing(SourceTree tree, Set<String> base, Path baseRoot, Into into) throws IOException {
        List<KeptFile> files = new ArrayList<>();
        Map<String, String> links = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        long bytes = 0;
        for (Path path : tree.files()) {
            String name = path.toString();
            Path file = tree.root().resolve(path);
            seen.add(name);
            if (base.contains(name) && isSame(file, baseRoot.resolve(path))) {
                continue;
            }
            if (Files.isSymbolicLink(file)) {
                links.put(name, Files.readSymbolicLink(file).toString());
            } else {
                bytes += Files.size(file);
                if (bytes > into.limit()) {
                    throw new IOException(tree.root() + " has more than " + Sizes.words(into.limit())
                            + " to put aside; keep less there, or raise --carry-limit");
                }
                files.add(into.store().keepFile(file, name));
            }
        }
        List<String> directories = tree.directories().stream()
                .map(Path::toString)
                .filter(name -> !name.isEmpty())
                .toList();
        List<String> deleted =
                base.stream().filter(name -> !seen.contains(name)).toList();
        return new KeptTree(files, links, directories, deleted);
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        if (Files.isSymbolicLink(one) || Files.isSymbolicLink(other)) {
            return Files.isSymbolicLink(one)
                    && Files.isSymbolicLink(other)
                    && Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
        }
        return Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
                && Files.size(one) == Files.size(other)
                && Files.isExecutable(one) == Files.isExecutable(other)
                && Files.mismatch(one, other) < 0;
    }

    /** How large the files are together. */
    long bytes() {
        return files.stream().mapToLong(KeptFile::size).sum();
    }

    /** Makes a directory like this one, as far as they differ; every digest is verified. */
    void restore(Path directory, ArtifactStore store) throws IOException {
        for (String name : deleted) {
            Files.deleteIfExists(WorkspaceFiles.place(directory, name));
        }
        for (String name : directories) {
            WorkspaceFiles.place(directory, name + "/any"); // which makes the directories above the file
        }
        for (KeptFile file : files) {
            store.copyOut(file, directory);
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            Path place = WorkspaceFiles.place(directory, link.getKey());
            Files.deleteIfExists(place);
            Files.createSymbolicLink(place, Path.of(link.getValue()));
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
        return new KeptTree(files, links, texts(json.path("directories")), texts(json.path("deleted")));
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
