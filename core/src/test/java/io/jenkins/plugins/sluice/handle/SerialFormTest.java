package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a controller has kept of a run, whatever version wrote it, is taken up again. */
class SerialFormTest {
    private static final String CONFIG =
            """
            version: 1
            pipelines:
              api:
                stages:
                  - {name: build, agent: linux, script: make, artifacts: [a.txt], outputs: {version: '7'}}
                  - {name: test, agent: other, script: 'test ${build.version}', reports: {junit: [r.xml]}}
                  - {name: review, gate: {message: 'Go on?', approvers: {users: [ada, bob], count: 2}}}
                  - {name: deploy, script: deploy}
            """;

    @BeforeEach
    void reset() {
        FakeController.reset();
    }

    /** A run in the middle of the attempt at its second stage, whose script has ended. */
    private static RunHandle halfway() {
        String digest = "0123456789abcdef".repeat(4);
        String kept = "{\"result\":\"kept\",\"files\":[{\"path\":\"a.txt\",\"digest\":\"" + digest
                + "\",\"size\":1}],\"unmatched\":[],\"nearby\":[]}";
        RunHandle run = RunHandle.begin(Walker.prepared(CONFIG).basis().orElseThrow());
        run.enter(0);
        run.open(0);
        step(run, 0, 0);
        step(run, 0, kept);
        assertThat(run.next(0)).isNull();
        run.leave(0);
        run.left(0);
        run.enter(1);
        run.open(1);
        step(run, 1, ResultJson.write(new InstructionResult.Done()));
        step(run, 1, 1);
        return run;
    }

    private static void step(RunHandle run, int stage, Object answer) {
        assertThat(run.next(stage)).isNotNull();
        run.take(stage, answer);
    }

    static List<Path> released() throws Exception {
        return Golden.files("handle", ".json");
    }

    @ParameterizedTest
    @MethodSource("released")
    void everyReleasedFormIsTakenUpAgain(Path file) throws Exception {
        RunHandle run = HandleJson.read(Files.readString(file), Controller.find());
        Map<String, Object> reports = run.next(1);
        assertThat(reports).as("the reports are read after a failure, too").containsEntry("step", "sluiceFiles");
        assertThat(reports.toString()).contains("r.xml");
        step(
                run,
                1,
                "{\"result\":\"tests-read\",\"report\":{\"tests\":1,\"failures\":1,\"errors\":0,\"skipped\":0,"
                        + "\"failed\":[\"A.b\"]},\"unmatched\":[]}");
        assertThat(run.next(1)).containsEntry("step", "junit");
        run.take(1, null);
        assertThat(run.next(1)).isNull();
        assertThat(run.text()).contains("exit code 1").contains("1 test");
        assertThat(run.result()).isEqualTo("FAILURE");
    }

    @Test
    void theFormOfThisVersionIsAmongThem() throws Exception {
        Golden.check(released().get(released().size() - 1), halfway().json() + "\n");
    }

    @Test
    void aHandleIsSerialisedAsItsText() throws Exception {
        Map<String, Object> program = new HashMap<>();
        RunHandle run = halfway();
        program.put("one", run);
        program.put("other", run);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(program);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Map<?, ?> read = (Map<?, ?>) in.readObject();
            assertThat(read.get("one")).isSameAs(read.get("other"));
            assertThat(((RunHandle) read.get("one")).json()).isEqualTo(run.json());
        }
    }
}
