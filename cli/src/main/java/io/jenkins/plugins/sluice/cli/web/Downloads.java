package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.StageRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a run itself names, as long as their bytes are those that it has kept. */
final class Downloads {

    /** The most of a file that is shown on a page. */
    static final int MOST_SHOWN = 256 * 1024;

    private static final int BLOCK = 64 * 1024;

    /**
     * A file as a text for a page.
     *
     * @param text what is in it, or what is wrong with it
     */
    record Text(boolean isText, String text) {
        /** A file that is not shown: it is too large, or no text. */
        static final Text NONE = new Text(false, "");
    }

    /** A file of the run by its digest. */
    Optional<KeptFile> find(StoredRun run, String digest) {
        return run.plan().stages().stream()
                .flatMap(stage -> files(run, stage))
                .filter(file -> file.digest().equals(digest))
                .findFirst();
    }

    private static Stream<KeptFile> files(StoredRun run, PlannedStage stage) {
        StageRun state = run.state().stage(stage.number());
        Stream<KeptFile> kept =
                state.lastResult().map(AttemptResult::kept).stream().flatMap(files -> files.stream());
        Stream<KeptFile> shown = state.gate().map(GateRun::shown).stream().flatMap(files -> files.stream());
        return Stream.concat(kept, shown);
    }

    /** What a page shows of a file. */
    Text text(StoredRun run, KeptFile file) throws IOException {
        if (file.size() > MOST_SHOWN) {
            return Text.NONE;
        }
        Optional<Path> path = run.artifact(file);
        if (path.isEmpty()) {
            return new Text(false, "its bytes are not there any more");
        }
        byte[] bytes = bytes(path.get());
        if (!isKept(file, bytes)) {
            return new Text(false, damaged(file));
        }
        return decoded(bytes).map(text -> new Text(true, text)).orElse(Text.NONE);
    }

    private static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MOST_SHOWN + 1);
        }
    }

    private static boolean isKept(KeptFile file, byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes)).equals(file.digest());
    }

    private static String damaged(KeptFile file) {
        return "the stored bytes of " + file.path() + " were changed: they do not have the SHA-256 " + file.digest();
    }

    private static Optional<String> decoded(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The file to be saved, or why that cannot be done. */
    Reply download(StoredRun run, KeptFile file) throws IOException {
        Optional<Path> path = run.artifact(file);
        if (path.isEmpty()) {
            return Reply.text(404, "the bytes of " + file.path() + " are not there any more");
        }
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        if (file.size() <= MOST_SHOWN) {
            byte[] bytes = bytes(path.get());
            return isKept(file, bytes)
                    ? Reply.download(name, "application/octet-stream", bytes.length, out -> out.write(bytes))
                    : Reply.text(500, damaged(file));
        }
        return Reply.download(name, "application/octet-stream", file.size(), out -> copy(path.get(), file, out));
    }

    /**
     * Sends a file of any size. The last block goes out only when all bytes have proved right; else the connection breaks off,
     * so that nobody takes the download for complete.
     */
    private static void copy(Path path, KeptFile file, OutputStream out) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = Files.newInputStream(path)) {
            byte[] last = in.readNBytes(BLOCK);
            long size = 0;
            while (true) {
                sha256.update(last);
                size += last.length;
                byte[] next = in.readNBytes(BLOCK);
                if (next.length == 0) {
                    break;
                }
                out.write(last);
                last = next;
            }
            if (size != file.size()
                    || !HexFormat.of().formatHex(sha256.digest()).equals(file.digest())) {
                throw new IOException(damaged(file));
            }
            out.write(last);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
