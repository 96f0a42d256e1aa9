package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Ruling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The conversation at a terminal; the test is the host and types. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class GatePromptTest {

    private static final String QUESTION = "approve, reject, or leave it waiting? [a/r/l] ";
    private static final Instant NOW = Instant.EPOCH;

    private record Cast(int gate, Vote vote) {}

    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final GatePrompt prompt;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final RunConsole console = new MaskedConsole(
            RunConsole.plain(new PrintStream(bytes, false, StandardCharsets.UTF_8), 2, 1, false),
            Masker.of(List.of("hunter22")));
    private final BlockingQueue<Cast> votes = new LinkedBlockingQueue<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private final GatePrompt.Host host =
            new GatePrompt.Host(console, (gate, vote) -> votes.add(new Cast(gate, vote)), left::countDown);
    private final GateView first = gate(1, "p/first", 1, List.of());
    private final GateView second = gate(2, "p/second", 1, List.of());

    GatePromptTest() throws IOException {
        prompt = new GatePrompt(
                new PipedInputStream(keyboard),
                "ada",
                gate -> List.of(),
                gate -> "\n" + gate.id() + ": " + gate.question());
    }

    @AfterEach
    void end() throws IOException {
        prompt.close();
        console.close();
        keyboard.close();
    }

    private static GateView gate(int number, String id, int missing, List<GateInput> inputs) {
        Gate gate = new Gate(
                Template.literal(Place.topOf("x.yaml"), "Ship it with hunter22?"),
                List.of(),
                new Gate.Approvers(List.of(), List.of(), missing, List.of()),
                inputs,
                Gate.CommentRule.NONE,
                Optional.empty(),
                false,
                false,
                Optional.empty());
        GateRun run = new GateRun(
                "Ship it with hunter22?",
                List.of(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        return new GateView(number, id, gate, run, "anyone", missing, Map.of(), List.of());
    }

    private void type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Waits until the screen ends so; what is on it since the last time. */
    private void await(String end) throws InterruptedException {
        while (!text().endsWith(end)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Vote vote(int gate) throws InterruptedException {
        Cast cast = votes.take();
        assertThat(cast.gate()).isEqualTo(gate);
        return cast.vote();
    }

    private static Ruling counts(int missing) {
        return new Ruling(List.of(), Optional.empty(), Optional.empty(), missing);
    }

    private static Ruling decides() {
        return new Ruling(List.of(), Optional.empty(), Optional.of("approved by ada"), 0);
    }

    @Test
    void whatWasSaidIsOnTheScreenBeforeTheQuestionWithoutSecrets() throws Exception {
        console.note("x", "noted before");
        prompt.ask(List.of(first), host);
        await(QUESTION);
        assertThat(text()).isEqualTo("[x] --> noted before\n\np/first: Ship it with ****?\n" + QUESTION);
    }

    @Test
    void decisionElsewhereEndsTheQuestionAndTheNextGateGetsAnAnswerOfItsOwn() throws Exception {
        prompt.ask(List.of(first), host);
        await(QUESTION);
        prompt.pause(List.of());
        await("\np/first was decided elsewhere\n");
        type("a");
        type("a");
        console.stageStarted("x", 1);
        await("[x] ==> started\n");
        prompt.ask(List.of(second), host);
        await("p/second: Ship it with ****?\n" + QUESTION);
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(votes).isEmpty();
        type("r");
        assertThat(vote(2).approve()).isFalse();
    }

    @Test
    void gatesThatAreOpenAtOnceAreAskedOneAfterAnother() throws Exception {
        type("a");
        type("a");
        prompt.ask(List.of(first, second), host);
        assertThat(vote(1).approve()).isTrue();
        prompt.told(decides(), List.of(second));
        assertThat(vote(2).via()).isEqualTo("terminal");
        assertThat(text()).containsSubsequence("p/first: ", QUESTION, "\n", "p/second: ", QUESTION);
    }

    @Test
    void decisionElsewhereGoesOnWithTheOtherGate() throws Exception {
        prompt.ask(List.of(first, second), host);
        await(QUESTION);
        prompt.ask(List.of(second), host);
        await(QUESTION + "\np/first was decided elsewhere\n\np/second: Ship it with ****?\n" + QUESTION);
        type("a");
        vote(2);
    }

    @Test
    void workThatComesUpPutsAQuestionOff() throws Exception {
        prompt.ask(List.of(first, second), host);
        await(QUESTION);
        prompt.pause(List.of(1));
        await(QUESTION + "\nthere is work again; p/first is asked for after it\n");
        prompt.ask(List.of(first), host);
        await("p/first: Ship it with ****?\n" + QUESTION);
        type("a");
        vote(1);
    }

    @Test
    void notesComeOnLinesOfTheirOwnAndTheQuestionBelow() throws Exception {
        prompt.ask(List.of(first), host);
        await(QUESTION);
        console.note("p/first", "carol approves");
        console.note("p/first", "1 more to come");
        await(QUESTION + "\n[p/first] --> carol approves\n[p/first] --> 1 more to come\n" + QUESTION);
    }

    @Test
    void inputsAreAskedForUntilTheyFitAndMayBeCutOff() throws Exception {
        GateInput window = new GateInput(
                "window", GateInput.Type.CHOICE, List.of("now", "later"), Optional.empty(), true, "when to start");
        GateInput percent = new GateInput("percent", GateInput.Type.NUMBER, List.of(), Optional.of("10"), true, "");
        GateView asks = gate(1, "p/first", 1, List.of(window, percent));
        prompt.ask(List.of(asks, gate(2, "p/second", 1, List.of(window, percent))), host);
        type("what");
        type("a");
        type("never");
        type("now");
        type("");
        Vote vote = vote(1);
        assertThat(vote.inputs()).isEqualTo(Map.of("window", "now"));
        assertThat(text()).contains("please answer a, r or l\n", "please give one of now, later\n");
        prompt.told(decides(), List.of(gate(2, "p/second", 1, List.of(window, percent))));
        type("a");
        await("window (when to start; one of now, later): ");
        prompt.pause(List.of());
        await("\np/second was decided elsewhere\n");
        type("now");
        prompt.ask(List.of(gate(3, "p/third", 1, List.of())), host);
        await(QUESTION);
        type("a");
        assertThat(vote(3).inputs()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasEnteredMeanwhileIsNotAskedFor() throws Exception {
        GateInput text = new GateInput("why", GateInput.Type.TEXT, List.of(), Optional.empty(), true, "");
        prompt.ask(List.of(gate(1, "p/first", 2, List.of(text))), host);
        await(QUESTION);
        prompt.ask(List.of(gate(1, "p/first", 1, List.of())), host);
        type("a");
        assertThat(vote(1).inputs()).isEmpty();
    }

    @Test
    void refusedVoteIsAskedForAgain() throws Exception {
        prompt.ask(List.of(first), host);
        type("a");
        assertThat(vote(1).approve()).isTrue();
        prompt.told(new Ruling(List.of(), Optional.of("not you"), Optional.empty(), 1), List.of(first));
        type("r");
        assertThat(vote(1).approve()).isFalse();
    }

    @Test
    void approvalThatNeedsMoreSaysSoAndWaitsQuietly() throws Exception {
        prompt.ask(List.of(gate(1, "p/first", 3, List.of())), host);
        type("a");
        GateView still = gate(1, "p/first", 2, List.of());
        vote(1);
        prompt.told(counts(2), List.of(still));
        String waiting =
                "2 more approvals are missing at p/first; waiting for others (Ctrl-C leaves the run waiting)\n";
        await(waiting);
        prompt.ask(List.of(still), host);
        console.note("", "carol approves");
        await(waiting + "--> carol approves\n");
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(text()).endsWith("carol approves\n");
    }

    @Test
    void whoLeavesAndWhoeverIsGoneLeavesTheRunWaiting() throws Exception {
        prompt.ask(List.of(first), host);
        await(QUESTION);
        keyboard.close();
        left.await();
        prompt.close();
        console.close();
        assertThat(text()).endsWith(QUESTION + "\n");
        assertThat(votes).isEmpty();
    }

    @Test
    void answerToLeaveLeavesTheRunWaiting() throws Exception {
        type("l");
        prompt.ask(List.of(first), host);
        left.await();
    }
}
