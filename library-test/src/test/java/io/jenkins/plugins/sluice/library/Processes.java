package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.sluice.handle.Failure;
import io.jenkins.plugins.sluice.library.Program.GreenThread;
import io.jenkins.plugins.sluice.library.Program.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** The step {@code sh}: real processes, one for each green thread that waits for it. */
final class Processes {
    private final Path directory;
    private final ExecutorService threads;
    private final Map<String, String> environment;
    private final Map<Integer, Process> running = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param directory for the files of scripts
     */
    Processes(Path directory, ExecutorService threads) {
        this.directory = directory;
        this.threads = threads;
        this.environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("SLUICE_"));
    }

    void start(World world, GreenThread thread, Path workspace, Request request) throws IOException {
        Path script = Files.createTempFile(directory, "script", ".sh");
        Files.writeString(script, request.text("script"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(script.toString()).directory(workspace.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(thread.context.env());
        boolean printing = Boolean.TRUE.equals(request.args().get("returnStdout"));
        builder.redirectErrorStream(!printing);
        Process process = builder.start();
        int id = thread.id;
        running.put(id, process);
        threads.execute(() -> await(world, id, process, printing));
    }

    private void await(World world, int thread, Process process, boolean printing) {
        try {
            process.getOutputStream().close();
            if (printing) {
                threads.execute(() -> world.log(text(process.getErrorStream())));
            }
            String out = text(process.getInputStream());
            int code = process.waitFor();
            if (!printing) {
                world.log(out);
            }
            Outcome outcome = printing ? printed(out, code) : new Outcome(code, null);
            world.post(() -> {
                if (running.remove(thread, process)) {
                    world.goOn(thread, outcome);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome printed(String out, int code) {
        return code == 0
                ? new Outcome(out, null)
                : new Outcome(null, new StepTrouble(Failure.Kind.EXITED, "exit code " + code, code));
    }

    /** Ends the process that a green thread waits for, if it waits for one. */
    void cancel(int thread) {
        Process process = running.remove(thread);
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    void cancelAll() {
        running.keySet().forEach(this::cancel);
    }
}
