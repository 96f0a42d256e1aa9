package io.jenkins.plugins.sluice.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The written form of the instructions that are about files of a workspace, for whoever does them on an agent. */
public final class FileInstructionJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FileInstructionJson() {}

    /** The text for an instruction, without line breaks; empty if it is not about files alone. */
    public static Optional<String> write(Instruction instruction) {
        ObjectNode json = MAPPER.createObjectNode();
        Optional<String> kind = fill(instruction, json);
        kind.ifPresent(word -> json.put("do", word));
        return kind.map(word -> json.toString());
    }

    private static Optional<String> fill(Instruction instruction, ObjectNode json) {
        if (instruction instanceof Instruction.RestoreArtifacts restore) {
            JsonFields.files(restore.files(), json.putArray("files"));
            return Optional.of("restore");
        }
        if (instruction instanceof Instruction.KeepArtifacts keep) {
            JsonFields.texts(keep.patterns(), json.putArray("patterns"));
            return Optional.of("keep");
        }
        if (instruction instanceof Instruction.PublishTests tests) {
            JsonFields.texts(tests.patterns(), json.putArray("patterns"));
            return Optional.of("tests");
        }
        if (instruction instanceof Instruction.ReadFile read) {
            json.put("path", read.path());
            return Optional.of("read");
        }
        if (instruction instanceof Instruction.WriteFile write) {
            json.put("path", write.path()).put("text", write.text());
            return Optional.of("write");
        }
        if (instruction instanceof Instruction.DeleteFiles delete) {
            json.put("path", delete.path());
            return Optional.of("delete");
        }
        return Optional.empty();
    }

    /**
     * The instruction that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none, with a reason for people
     */
    public static Instruction read(String text) {
        return read(JsonFields.parse(MAPPER, text));
    }

    private static Instruction read(JsonNode json) {
        String kind = JsonFields.text(json, "do");
        return switch (kind) {
            case "restore" -> new Instruction.RestoreArtifacts(JsonFields.readFiles(json, "files"));
            case "keep" -> new Instruction.KeepArtifacts(JsonFields.readTexts(json, "patterns"), false);
            case "tests" -> new Instruction.PublishTests(JsonFields.readTexts(json, "patterns"));
            case "read" -> new Instruction.ReadFile(JsonFields.text(json, "path"));
            case "write" -> new Instruction.WriteFile(JsonFields.text(json, "path"), JsonFields.text(json, "text"));
            case "delete" -> new Instruction.DeleteFiles(JsonFields.text(json, "path"));
            default -> throw new IllegalArgumentException("'" + kind + "' is nothing that is done with files");
        };
    }
}
