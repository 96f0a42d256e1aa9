package io.jenkins.plugins.sluice.cli.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * User name and password for a registry. They go into a file that the engines read, never into arguments.
 *
 * @param host of the registry, with its port
 */
public record Login(String host, String user, String password) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Writes a file with nothing but this login. */
    void write(Path file) throws IOException {
        write(file, MAPPER.createObjectNode());
    }

    /** Writes a file with this login beside other settings: whatever they say about this registry does not count. */
    void write(Path file, Path settings) throws IOException {
        write(
                file,
                Files.exists(settings) ? (ObjectNode) MAPPER.readTree(settings.toFile()) : MAPPER.createObjectNode());
    }

    private void write(Path file, ObjectNode settings) throws IOException {
        settings.remove("credsStore"); // it would be asked instead
        settings.withObject("/credHelpers").remove(host);
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        settings.withObject("/auths")
                .putObject(host)
                .put("auth", Base64.getEncoder().encodeToString(both));
        Files.writeString(file, settings.toString());
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return user + "@" + host;
    }
}
