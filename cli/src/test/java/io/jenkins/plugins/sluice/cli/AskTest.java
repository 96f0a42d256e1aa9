package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sluice.cli.Sluice.Said;
import io.jenkins.plugins.sluice.cli.ask.WebhookHeaders;
import io.jenkins.plugins.sluice.cli.ask.WebhookKey;
import io.jenkins.plugins.sluice.cli.local.AnswerDesk;
import io.jenkins.plugins.sluice.cli.local.Secrets;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that a program decides, over real HTTP. */
class AskTest {
    private static final String SECRET = "whsec_c2x1aWNlLXRlc3Qtc2VjcmV0LW9mLTI0LWJ5dGVz";

    @TempDir
    Path repository;

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<JsonNode> questions = new ArrayList<>();
    private HttpServer server;
    private Sluice sluice;
    private int status = 200;
    private String answer = "";
    private String signedWith = SECRET;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/decide", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            questions.add(mapper.readTree(body));
            String id = exchange.getRequestHeaders().getFirst(WebhookHeaders.ID);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            WebhookHeaders headers = WebhookKey.of(signedWith).sign(id, Instant.now(), bytes);
            exchange.getResponseHeaders().add(WebhookHeaders.ID, headers.id());
            exchange.getResponseHeaders().add(WebhookHeaders.TIMESTAMP, headers.timestamp());
            exchange.getResponseHeaders().add(WebhookHeaders.SIGNATURE, headers.signature());
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        sluice = new Sluice(repository).with("CI", "true").with("SLUICE_SECRET_POLICY", SECRET);
        sluice.config(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: build, script: 'echo x > a.txt', artifacts: [a.txt]}
                      - name: policy
                        gate:
                          message: Is it allowed?
                          show: [a.txt]
                          inputs: [{name: ring, choices: [one, all]}]
                          ask: {url: 'URL', secret: policy}
                      - {name: deploy, script: 'echo "${gate.inputs.ring} ${gate.approver}: ${gate.comment}"'}
                """
                        .replace("URL", "http://" + program() + "/decide"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String program() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private String log() throws IOException {
        return Files.readString(repository.resolve(".sluice/runs/1/logs/p.deploy.log"));
    }

    @Test
    void answerMayComeAtOnce() throws IOException {
        answer =
                "{\"decision\": \"approve\", \"by\": \"OPA\", \"comment\": \"rule 7\", \"inputs\": {\"ring\": \"one\"}}";
        Said said = sluice.call("run");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        assertThat(log()).isEqualTo("one " + program() + ": OPA: rule 7\n");
        JsonNode question = questions.get(0);
        assertThat(question.get("stage").asText()).isEqualTo("p/policy");
        assertThat(question.get("shown").get(0).get("sha256").asText()).hasSize(64);
        assertThat(question.get("inputs").get(0).get("choices")).hasSize(2);
    }

    @Test
    void nobodyElseMayDecideAndNobodyCanPretendToBeTheProgram() throws IOException {
        status = 202;
        Files.createDirectories(repository.resolve(".sluice"));
        Files.writeString(repository.resolve(".sluice/serve.url"), "http://127.0.0.1:1");
        assertThat(sluice.call("run").exitCode()).isEqualTo(ExitCode.WAITING);
        String only = "only " + program() + " decides here";
        assertThat(sluice.call("approve", "1", "policy", "--as", "ada").err()).contains(only);
        assertThat(sluice.call("approve", "1", "policy", "--as", program()).err())
                .contains(only);
    }

    @Test
    void answerMayComeLaterAndOnlyOnce() throws IOException {
        status = 202;
        Files.createDirectories(repository.resolve(".sluice"));
        Files.writeString(repository.resolve(".sluice/serve.url"), "http://127.0.0.1:1");
        assertThat(sluice.call("run").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(sluice.call("resume", "1").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(questions).as("asked once").hasSize(1);
        String url = questions.get(0).get("answerUrl").asText();
        String id = questions.get(0).get("id").asText();
        String token = url.substring(url.lastIndexOf('/') + 1);
        AnswerDesk desk = new AnswerDesk(
                new StateDirectory(repository.resolve(".sluice")),
                Secrets.read(Map.of("SLUICE_SECRET_POLICY", SECRET), Optional.empty()));
        String yes = "{\"decision\": \"approve\", \"inputs\": {\"ring\": \"all\"}}";
        assertThat(take(desk, token.replace(token.charAt(0), 'x'), SECRET, id, yes)
                        .status())
                .isEqualTo(404);
        assertThat(take(desk, token, "another secret of good length", id, yes).status())
                .isEqualTo(401);
        assertThat(take(desk, token, SECRET, "gate_of_yesterday", yes).status()).isEqualTo(401);
        assertThat(take(desk, token, SECRET, id, "{\"decision\": \"maybe\"}").status())
                .isEqualTo(422);
        assertThat(take(desk, token, SECRET, id, "{\"decision\": \"approve\"}").text())
                .contains("the input 'ring' is missing");
        assertThat(take(desk, token, SECRET, id, yes).status()).isEqualTo(200);
        assertThat(take(desk, token, SECRET, id, yes).status()).isEqualTo(410);
        assertThat(sluice.call("resume", "1").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(log()).startsWith("all ");
    }

    private static AnswerDesk.Response take(AnswerDesk desk, String token, String secret, String id, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        WebhookHeaders headers = WebhookKey.of(secret).sign(id, Instant.now(), bytes);
        return desk.take(
                token,
                Map.of(
                        "Webhook-id", List.of(headers.id()),
                        "Webhook-timestamp", List.of(headers.timestamp()),
                        "Webhook-signature", List.of(headers.signature())),
                bytes);
    }

    @Test
    void whatCannotBeTrustedIsNoDecision() throws IOException {
        answer = "{\"decision\": \"approve\", \"inputs\": {\"ring\": \"one\"}}";
        signedWith = "someone else's secret, long enough";
        Said said = sluice.call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.out()).contains("the answer is not signed with the secret");
    }

    @Test
    void refusalOfTheProgramToBeAskedIsAnErrorAndNotARejection() throws IOException {
        status = 404;
        Said said = sluice.call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.out()).contains("refuses the question: 404");
        JsonNode report =
                mapper.readTree(repository.resolve(".sluice/runs/1/report.json").toFile());
        assertThat(report.get("stages").get(1).get("gate").get("verdict").asText())
                .isEqualTo("not asked");
    }

    @Test
    void answerThatDoesNotCountIsNoDecisionEither() {
        answer = "{\"decision\": \"approve\"}";
        Said said = sluice.call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.out()).contains("the answer does not count: the input 'ring' is missing");
    }

    @Test
    void laterNeedsSomebodyWhoTakesTheAnswer() {
        status = 202;
        Said said = sluice.call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.out()).contains("wants to answer later, but no 'sluice serve' was there");
    }

    @Test
    void missingSecretIsAProblemBeforeAnythingRuns() {
        Said said = new Sluice(repository).with("CI", "true").call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("error[missing-secret]").contains("SLUICE_SECRET_POLICY");
    }
}
