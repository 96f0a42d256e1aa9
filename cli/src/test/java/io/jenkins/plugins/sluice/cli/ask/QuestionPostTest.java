package io.jenkins.plugins.sluice.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class QuestionPostTest {

    private static final String YES = "{\"decision\": \"approve\"}";
    private static final String BODY = "{\"question\": \"Grünes Licht?\"}";
    private static final PostLimits SHORT =
            new PostLimits(Duration.ofSeconds(10), Duration.ofSeconds(1), 2, Duration.ZERO);

    private final WebhookKey key = WebhookKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private final List<Duration> pauses = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private Decider decider;

    @BeforeEach
    void open() throws IOException {
        decider = new Decider();
    }

    @AfterEach
    void close() {
        decider.close();
    }

    @Test
    void signedAnswerComesAtOnce() throws InterruptedException {
        decider.thenSay(200, YES, signed("q-1", YES));
        assertThat(send()).isEqualTo(new Reply.Answered(YES));
        assertThat(pauses).isEmpty();
    }

    @Test
    void questionIsSignedJson() throws InterruptedException {
        decider.thenSay(202, "");
        send();
        Decider.Asked asked = decider.asked().get(0);
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /ask?for=api");
        assertThat(asked.body()).isEqualTo(BODY);
        assertThat(asked.headers().getFirst("content-type")).isEqualTo("application/json");
        assertThat(asked.headers().getFirst("user-agent")).startsWith("sluice/");
        WebhookHeaders headers = WebhookHeaders.from(asked.headers()).orElseThrow();
        assertThat(key.reasonAgainst(headers, asked.body().getBytes(UTF_8), clock.instant()))
                .isEmpty();
    }

    @Test
    void answerComesLater() throws InterruptedException {
        decider.thenSay(202, "{\"see\": \"you\"}")
                .thenSay(204, "")
                .thenSay(200, "")
                .thenSay(200, " \n");
        for (int i = 0; i < 4; i++) {
            assertThat(send()).isEqualTo(new Reply.Later());
        }
    }

    @Test
    void troubleOfTheServerPasses() throws InterruptedException {
        decider.thenSay(503, "").thenSay(500, "oops").thenSay(200, YES, signed("q-1", YES, Duration.ofSeconds(3)));
        assertThat(send()).isEqualTo(new Reply.Answered(YES));
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void everyAttemptHasTheSameIdAndATimeOfItsOwn() throws InterruptedException {
        decider.thenSay(503, "").thenSay(503, "").thenSay(202, "");
        send();
        assertThat(decider.asked())
                .extracting(a -> a.headers().getFirst("webhook-id"))
                .containsOnly("q-1");
        assertThat(decider.asked())
                .extracting(a -> a.headers().getFirst("webhook-timestamp"))
                .containsExactly("1700000000", "1700000001", "1700000003");
        assertThat(decider.asked())
                .extracting(a -> a.headers().getFirst("webhook-signature"))
                .doesNotHaveDuplicates();
    }

    @Test
    void troubleThatStaysFails() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            decider.thenSay(502, "<h1>bad\u0007\ngateway</h1>");
        }
        assertThat(send())
                .isEqualTo(new Reply.Failed(
                        decider.url() + " cannot be reached after 5 attempts: it says 502: <h1>bad gateway</h1>"));
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void retryAfterIsHonouredUpToAMinute() throws InterruptedException {
        decider.thenSay(429, "", "retry-after", "7")
                .thenSay(429, "", "retry-after", "3600")
                .thenSay(429, "", "retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")
                .thenSay(429, "")
                .thenSay(204, "");
        assertThat(send()).isEqualTo(new Reply.Later());
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(7L, 60L, 4L, 8L);
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port + "/secret-path", PostLimits.DEFAULT))
                .isEqualTo(new Reply.Failed(
                        "http://127.0.0.1:" + port + " cannot be reached after 5 attempts: the connection is refused"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void nonsenseIsNoAnswer(String response) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, response));
            Reply reply = send("http://127.0.0.1:" + server.getLocalPort(), PostLimits.DEFAULT);
            served.get(30, TimeUnit.SECONDS);
            assertThat(reasonOf(reply))
                    .contains(" cannot be reached after 5 attempts: ")
                    .doesNotContain("null");
        }
    }

    private static void serve(ServerSocket server, String response) {
        for (int i = 0; i < 5; i++) {
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read(new byte[8192])).isPositive();
                socket.getOutputStream().write(response.getBytes(UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 407, 410})
    void refusalIsFinal(int status) throws InterruptedException {
        decider.thenSay(status, "no\u001b[31m\n " + "x".repeat(300));
        assertThat(send())
                .isEqualTo(new Reply.Failed(
                        decider.url() + " refuses the question: " + status + ": no [31m " + "x".repeat(192)));
        assertThat(decider.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectIsNotFollowed(int status) throws InterruptedException {
        decider.thenSay(status, "", "location", decider.url() + "/elsewhere");
        assertThat(reasonOf(send())).contains("redirects the question (" + status + "), which is not followed");
        assertThat(decider.asked()).hasSize(1);
    }

    @Test
    void otherSuccessMeansNothing() throws InterruptedException {
        decider.thenSay(201, YES, signed("q-1", YES));
        assertThat(reasonOf(send())).endsWith(" responds with 201; only 200, 202 and 204 mean something here");
    }

    @Test
    void unsignedAnswerIsNoDecision() throws InterruptedException {
        decider.thenSay(200, YES);
        assertThat(reasonOf(send()))
                .startsWith("the answer is not signed with the secret: it has not each of the headers webhook-id,");
        assertThat(decider.asked()).hasSize(1);
    }

    @Test
    void answerSignedWithAnotherSecretIsNoDecision() throws InterruptedException {
        WebhookHeaders headers = WebhookKey.of("other").sign("q-1", clock.instant(), YES.getBytes(UTF_8));
        decider.thenSay(200, YES, headers.flat());
        assertNotSigned("it has no signature that matches");
    }

    @Test
    void answerToAnotherQuestionIsNoDecision() throws InterruptedException {
        decider.thenSay(200, YES, signed("q-2", YES));
        assertNotSigned("it is for the question 'q-2' and not for 'q-1'");
    }

    @Test
    void oldAnswerIsNoDecision() throws InterruptedException {
        decider.thenSay(200, YES, signed("q-1", YES, Duration.ofMinutes(-6)));
        assertNotSigned("it was signed 6m behind the clock here; up to 5m are accepted");
    }

    @Test
    void tamperedAnswerIsNoDecision() throws InterruptedException {
        decider.thenSay(200, YES, signed("q-1", "{\"decision\": \"reject\"}"));
        assertNotSigned("it has no signature that matches");
    }

    @Test
    void questionSentBackIsNoDecision() throws InterruptedException {
        decider.then(exchange -> Decider.say(
                exchange,
                200,
                BODY,
                WebhookHeaders.from(exchange.getRequestHeaders()).orElseThrow().flat()));
        assertNotSigned("it is the question itself");
    }

    private void assertNotSigned(String why) throws InterruptedException {
        assertThat(send())
                .isEqualTo(new Reply.Failed(
                        "the answer is not signed with the secret: " + why + " (from " + decider.url() + ")"));
        assertThat(decider.asked()).hasSize(1);
    }

    @Test
    void answerMayHave64KiBAndNoMore() throws InterruptedException {
        String fits = "x".repeat(64 * 1024);
        decider.thenSay(200, fits, signed("q-1", fits)).thenSay(200, fits + "x", signed("q-1", fits + "x"));
        assertThat(send()).isEqualTo(new Reply.Answered(fits));
        assertThat(reasonOf(send())).startsWith("the answer is longer than 64 KiB");
    }

    @Test
    void endlessAnswerIsNotReadOn() throws InterruptedException {
        CountDownLatch hungUp = new CountDownLatch(1);
        decider.then(exchange -> Decider.writeUntilHungUp(exchange, 8192, waiting, hungUp));
        assertThat(reasonOf(send())).startsWith("the answer is longer than 64 KiB");
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void longRefusalIsARefusal() throws InterruptedException {
        decider.thenSay(403, "x".repeat(1 << 20));
        assertThat(reasonOf(send())).endsWith(" refuses the question: 403: " + "x".repeat(200));
    }

    @Test
    void silenceIsGivenUp() throws InterruptedException {
        decider.then(exchange -> decider.untilClosed()).thenSay(202, "");
        assertThat(send(decider.url(), SHORT)).isEqualTo(new Reply.Later());
    }

    @Test
    void slowBodyIsGivenUpAndItsConnectionClosed() throws InterruptedException {
        CountDownLatch hungUp = new CountDownLatch(2);
        Decider.Doing slowly = exchange -> Decider.writeUntilHungUp(exchange, 1, waiting, hungUp);
        decider.then(slowly).then(slowly);
        assertThat(reasonOf(send(decider.url(), SHORT)))
                .endsWith(" cannot be reached after 2 attempts: no complete response within 1s");
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void answerThatIsNotUtf8Fails() throws InterruptedException {
        byte[] latin = {'"', (byte) 0xFC, '"'};
        WebhookHeaders headers = key.sign("q-1", clock.instant(), latin);
        decider.then(exchange -> {
            exchange.getResponseHeaders().add(WebhookHeaders.ID, headers.id());
            exchange.getResponseHeaders().add(WebhookHeaders.TIMESTAMP, headers.timestamp());
            exchange.getResponseHeaders().add(WebhookHeaders.SIGNATURE, headers.signature());
            exchange.sendResponseHeaders(200, latin.length);
            exchange.getResponseBody().write(latin);
            exchange.close();
        });
        assertThat(reasonOf(send())).startsWith("the answer is not in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ask",
                "ftp://a/b",
                "http:///x",
                "http://a b",
                "https://u:pw@host/",
                "http://h:99999/",
                "http:x"
            })
    void badUrlFailsWithoutBeingShown(String url) throws InterruptedException {
        assertThat(reasonOf(send(url, PostLimits.DEFAULT)))
                .startsWith("the url to ask ")
                .doesNotContain("pw");
    }

    @Test
    void cancelEndsTheWaitForAResponse() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        decider.then(exchange -> {
            arrived.countDown();
            decider.untilClosed();
        });
        assertCancelledAfter(arrived);
    }

    @Test
    void cancelEndsTheConnection() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch hungUp = new CountDownLatch(1);
        decider.then(exchange -> Decider.writeUntilHungUp(exchange, 1, arrived, hungUp));
        assertCancelledAfter(arrived);
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** The limit for a response is longer than the wait here: only the cancellation can have ended it. */
    private void assertCancelledAfter(CountDownLatch arrived) throws Exception {
        PostLimits patient = new PostLimits(Duration.ofSeconds(10), Duration.ofHours(1), 1, Duration.ZERO);
        QuestionPost post = post(office(patient), decider.url());
        CompletableFuture<Reply> reply = sendElsewhere(post);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        post.cancel();
        assertThat(reply.get(30, TimeUnit.SECONDS)).isEqualTo(new Reply.Cancelled());
    }

    @Test
    void cancelEndsThePause() throws Exception {
        PostLimits patient = new PostLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 5, Duration.ofHours(1));
        decider.thenSay(503, "");
        QuestionPost post = post(realOffice(patient), decider.url());
        CompletableFuture<Reply> reply = sendElsewhere(post);
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        post.cancel();
        assertThat(reply.get(30, TimeUnit.SECONDS)).isEqualTo(new Reply.Cancelled());
        assertThat(decider.asked()).hasSize(1);
    }

    @Test
    void pauseEndsByItself() throws InterruptedException {
        PostLimits hasty = new PostLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 2, Duration.ofMillis(1));
        decider.thenSay(503, "").thenSay(202, "");
        assertThat(post(realOffice(hasty), decider.url()).send()).isEqualTo(new Reply.Later());
    }

    @Test
    void cancelledBeforehandNothingIsSent() throws InterruptedException {
        QuestionPost post = post(new PostOffice(PostLimits.DEFAULT), decider.url());
        post.cancel();
        post.cancel();
        assertThat(post.send()).isEqualTo(new Reply.Cancelled());
        assertThat(decider.asked()).isEmpty();
    }

    @Test
    void interruptedThreadStops() {
        decider.then(exchange -> decider.untilClosed());
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::send).isInstanceOf(InterruptedException.class);
    }

    private static CompletableFuture<Reply> sendElsewhere(QuestionPost post) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return post.send();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Reply send() throws InterruptedException {
        return send(decider.url() + "/ask?for=api", PostLimits.DEFAULT);
    }

    private Reply send(String url, PostLimits limits) throws InterruptedException {
        return post(office(limits), url).send();
    }

    private QuestionPost post(PostOffice office, String url) {
        return office.take(new Question("q-1", url, BODY), key);
    }

    /** Does not wait: its clock goes on instead. */
    private PostOffice office(PostLimits limits) {
        Surroundings.Pause pause = (duration, cancellation) -> {
            pauses.add(duration);
            clock.now = clock.now.plus(duration);
        };
        return new PostOffice(limits, new Surroundings(clock, pause, () -> 0.5));
    }

    /** Waits, and tells the test when it does. */
    private PostOffice realOffice(PostLimits limits) {
        Surroundings.Pause pause = (duration, cancellation) -> {
            waiting.countDown();
            Surroundings.REAL.pause().pause(duration, cancellation);
        };
        return new PostOffice(limits, new Surroundings(clock, pause, Surroundings.REAL.random()));
    }

    private String[] signed(String id, String body) {
        return signed(id, body, Duration.ZERO);
    }

    private String[] signed(String id, String body, Duration later) {
        return key.sign(id, clock.instant().plus(later), body.getBytes(UTF_8)).flat();
    }

    private static String reasonOf(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed) reply).reason();
    }

    private static final class TestClock extends Clock {
        private volatile Instant now = Instant.ofEpochSecond(1_700_000_000);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
