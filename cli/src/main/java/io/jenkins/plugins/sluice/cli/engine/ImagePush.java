package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pushes an image of the run, and reads it back by its digest. */
record ImagePush(Session session) {

    private static final Pattern NO_REGISTRY = Pattern.compile(
            "connection refused|no such host|i/o timeout|handshake timeout|x509:|no basic auth|unauthorized"
                    + "|authentication required|incorrect username or password",
            Pattern.CASE_INSENSITIVE);

    InstructionResult push(Instruction.PushImage push, Scratch scratch) throws IOException {
        Optional<InstructionResult> foreign = session.foreign(push.image());
        if (foreign.isPresent()) {
            return foreign.get();
        }
        Map<String, String> digests = new LinkedHashMap<>();
        for (String tag : push.tags()) {
            String name = push.repository() + ":" + tag;
            Path digestFile = scratch.file("digest-" + digests.size());
            Optional<InstructionResult> failure = name(push.image(), name);
            if (failure.isPresent()) {
                return failure.get();
            }
            Answer pushed = session.tell(session.engine().push(name, digestFile), Optional.empty());
            if (!pushed.isYes()) {
                return refusal("the image could not be pushed to " + name, pushed);
            }
            Optional<String> digest = session.engine().digest(pushed.lines(), digestFile);
            if (digest.isEmpty()) {
                return new InstructionResult.Broken(
                        session.engine().program().name() + " does not say what digest " + name + " has");
            }
            digests.put(tag, digest.get());
        }
        if (new LinkedHashSet<>(digests.values()).size() > 1) {
            return new InstructionResult.WorkFailed("the registry has something else under each tag: " + digests);
        }
        return readBack(push.repository(), digests.values().iterator().next(), push.image());
    }

    /** A registry that is not there, or does not know us, says nothing about the work. */
    private InstructionResult refusal(String what, Answer answer) throws IOException {
        InstructionResult failure = session.failure(what, answer);
        boolean nothingSaid = answer.lines().stream()
                .anyMatch(line -> NO_REGISTRY.matcher(line).find());
        return failure instanceof InstructionResult.WorkFailed failed && nothingSaid
                ? new InstructionResult.Broken(failed.why())
                : failure;
    }

    private Optional<InstructionResult> name(String image, String name) throws IOException {
        Answer tagged = session.ask("tag", image, name);
        return tagged.isYes()
                ? Optional.empty()
                : Optional.of(session.failure("the image cannot be called " + name, tagged));
    }

    private InstructionResult readBack(String repository, String digest, String id) throws IOException {
        String name = repository + "@" + digest;
        Answer pulled = session.tellQuietly(session.engine().pull(name));
        if (!pulled.isYes()) {
            return refusal("the registry does not give back " + name, pulled);
        }
        Answer found = session.ask("image", "inspect", "--format=" + Session.wanted("{{.Id}}"), name);
        if (!found.isYes()) {
            return session.failure("the image that was pulled is not there", found);
        }
        String other = found.value().orElse("");
        return plain(other).startsWith(plain(id))
                ? new InstructionResult.ImagePushed(digest)
                : new InstructionResult.WorkFailed(
                        "the registry gives another image than it was given for " + name + ": " + other);
    }

    private static String plain(String id) {
        return id.replaceFirst("^sha256:", "");
    }
}
