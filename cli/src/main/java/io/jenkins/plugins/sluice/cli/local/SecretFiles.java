package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of one script: variables with values, and files outside of the workspace that are gone afterwards. */
final class SecretFiles implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<Credential, Path> files = new LinkedHashMap<>();
    private @Nullable Path own;
    private boolean stays;

    private SecretFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes what the credentials ask for.
     *
     * @param directory where files go; if this process is killed, they stay there until the run goes on
     */
    static SecretFiles of(List<Credential> credentials, Secrets secrets, Path directory) throws IOException {
        SecretFiles made = new SecretFiles(directory);
        try {
            for (Credential credential : credentials) {
                for (Map.Entry<Credential.Part, String> variable :
                        credential.variables().entrySet()) {
                    made.add(credential, variable.getKey(), variable.getValue(), secrets);
                }
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    private void add(Credential credential, Credential.Part part, String variable, Secrets secrets) throws IOException {
        String value = secrets.value(credential, part).orElse("");
        if (part == Credential.Part.FILE) {
            Path parent = own == null ? Files.createTempDirectory(directory, "sluice-") : own;
            own = parent;
            Path file = Files.createFile(
                    parent.resolve("file-" + (files.size() + 1)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            files.put(credential, file);
            Files.writeString(file, value);
            variables.put(variable, file.toString());
        } else {
            variables.put(variable, value);
        }
    }

    Map<String, String> variables() {
        return variables;
    }

    List<Path> files() {
        return List.copyOf(files.values());
    }

    /**
     * The directory of the files, if there is any, for a container that stays when it has ended: the engine wants to find
     * there what it has mounted once. The files are gone then all the same.
     */
    Optional<Path> stayingDirectory() {
        stays = true;
        return Optional.ofNullable(own);
    }

    @Override
    public void close() throws IOException {
        for (Path file : files.values()) {
            Files.deleteIfExists(file);
        }
        if (own != null && !stays) {
            Files.deleteIfExists(own);
        }
    }
}
