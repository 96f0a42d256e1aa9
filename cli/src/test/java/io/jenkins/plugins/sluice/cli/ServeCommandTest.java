package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that have a web page. */
class ServeCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/\\S*\\?token=\\S{43}");

    @TempDir
    Path repository;

    private Thread command = Thread.currentThread();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CompletableFuture<Integer> start(String... arguments) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), print, print, System.getenv(), repository);
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread thread = new Thread(() -> code.complete(new CommandTree(console).run(arguments)), "command");
        thread.setDaemon(true);
        thread.start();
        command = thread;
        return code;
    }

    private String address() throws Exception {
        for (int i = 0; i < 200; i++) {
            Matcher address = ADDRESS.matcher(out.toString(StandardCharsets.UTF_8));
            if (address.find()) {
                return address.group();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no address: " + out);
    }

    @Test
    void serveShowsItsAddressAndAnswersUntilItIsStopped() throws Exception {
        new Sluice(repository).config(WebSample.CONFIG);
        CompletableFuture<Integer> code = start("serve", "--as", "ada");
        URI address = URI.create(address());
        HttpResponse<String> reply = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(303);
        assertThat(code).isNotDone();
        command.interrupt();
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
    }

    @Test
    void runWithAPageWaitsForTheDecision() throws Exception {
        Sluice sluice = new Sluice(repository).config(WebSample.CONFIG);
        CompletableFuture<Integer> code = start("run", "--ui", "--as", "zoe");
        assertThat(address()).contains("/runs/last?token=");
        Said said = new Said(ExitCode.BAD_INPUT, "", "");
        for (int i = 0; i < 100 && said.exitCode() != ExitCode.OK; i++) {
            Thread.sleep(100);
            said = sluice.call("approve", "last", "approve", "--as", "bob", "--comment", "x", "--input", "window=now");
        }
        assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.OK);
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("run 1 succeeded");
    }

    @Test
    void portInUseIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = String.valueOf(taken.getLocalPort());
            Said said = new Sluice(repository).config(WebSample.CONFIG).call("serve", "--port", port);
            assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(said.err()).contains("the port " + port + " cannot be used");
        }
    }
}
