package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secrets of one script: variables with values, and files outside of the workspace that are gone afterwards. */
final class SecretFiles implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<Credential, Path> files = new LinkedHashMap<>();

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
            Path file = Files.createTempFile(
                    directory,
                    "sluice-",
                    "",
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

    @Override
    public void close() throws IOException {
        for (Path file : files.values()) {
            Files.deleteIfExists(file);
        }
    }
}
