package io.jenkins.plugins.sluice.bench;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How the time for the references of one text grows with their number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReferenceBenchmark {
    @Param({"100", "1000", "10000", "100000"})
    private int references;

    /** Whether each is one, or only begins like one and is never closed. */
    @Param({"VALID", "PLAIN"})
    private String kind = "VALID";

    private byte[] text = {};
    private Optional<Stage> stage = Optional.empty();

    /** Writes and reads a file with one long text. */
    @Setup
    public void setUp() {
        StringBuilder yaml =
                new StringBuilder("pipelines: {p: {stages: [{name: a, exports: {x: y}}, {name: b, exports: {text: \"");
        String part = kind.equals("VALID") ? "${a.x} ${HOME|none}" : "$a.x {HOME|none}";
        for (int i = 0; i < references / 2; i++) {
            yaml.append(part).append(i % 100 == 0 ? "\\\n " : " ");
        }
        text = yaml.append("\"}}]}}\n").toString().getBytes(StandardCharsets.UTF_8);
        Problems problems = new Problems();
        stage = ModelReader.read("config.yaml", text, problems)
                .flatMap(file -> file.pipeline("p"))
                .flatMap(pipeline -> pipeline.stage("b"));
        if (problems.hasErrors()) {
            throw new IllegalStateException(problems.list().toString().toLowerCase(Locale.ROOT));
        }
    }

    /** From bytes to the checked model, references included. */
    @Benchmark
    public Optional<PipelineFile> read() {
        return ModelReader.read("config.yaml", text, new Problems());
    }

    /** The text with every reference replaced. */
    @Benchmark
    public int resolve() {
        return stage.orElseThrow().templates().stream()
                .mapToInt(template -> template.resolve(reference -> "value").length())
                .sum();
    }
}
