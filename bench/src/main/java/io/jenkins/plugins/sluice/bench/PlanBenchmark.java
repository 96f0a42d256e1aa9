package io.jenkins.plugins.sluice.bench;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;
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

/** How the time to read and to plan grows with the number of stages, for several kinds of graphs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBenchmark {
    @Param({"CHAIN", "FAN", "LAYERED", "SERVICES", "TANGLE", "CATERPILLAR"})
    private String graph = "CHAIN";

    @Param({"100", "1000", "10000"})
    private int stages;

    private byte[] text = {};
    private Optional<PipelineFile> file = Optional.empty();

    /** Writes and reads the configuration. */
    @Setup
    public void setUp() {
        text = Graphs.valueOf(graph).yaml(stages).getBytes(StandardCharsets.UTF_8);
        file = ModelReader.read("config.yaml", text, new Problems());
    }

    /** From the model to the plan. */
    @Benchmark
    public ExecutionPlan plan() {
        return Planner.plan(file.orElseThrow(), Trigger.unknown());
    }

    /** From bytes to the checked model. */
    @Benchmark
    public Optional<PipelineFile> read() {
        return ModelReader.read("config.yaml", text, new Problems());
    }
}
