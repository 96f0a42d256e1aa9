package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.Secrets;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.run.Ruling;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice approve} and {@code sluice reject}: a vote at a gate, whether or not a process works at the run. */
final class VoteCommand implements Command {

    private final boolean approve;

    VoteCommand(boolean approve) {
        this.approve = approve;
    }

    @Override
    public String name() {
        return approve ? "approve" : "reject";
    }

    @Override
    public String summary() {
        return approve ? "Approve at a gate" : "Reject at a gate, which ends the wait at once";
    }

    @Override
    public void declare(CommandSpec spec) {
        RunPlace.declareRun(spec, "1");
        spec.addPositional(Options.argument("GATE", "1", "The gate: api/review, or review if there is only one.", 1));
        spec.addOption(Voter.option());
        spec.addOption(Options.text("--comment", "TEXT", "Why."));
        if (approve) {
            spec.addOption(Options.pairs("--input", "A value that the gate asks for; may be repeated."));
        }
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        StoredRun run = RunPlace.run(arguments, console);
        PlannedStage gate = gate(run, arguments.matchedPositionalValue(1, ""));
        Voter voter = Voter.of(arguments, console, run.stateDirectory().root());
        Map<String, String> inputs = approve ? arguments.matchedOptionValue("--input", Map.of()) : Map.of();
        Vote vote = new Vote(
                UUID.randomUUID().toString(),
                voter.name(),
                voter.groupsAt(gate.stage().work().gate().orElseThrow()),
                approve,
                Secrets.read(console.environment(), Optional.empty())
                        .masker()
                        .mask(arguments.matchedOptionValue("--comment", "")),
                inputs,
                "command line");
        Ruling ruling = run.cast(gate.number(), vote).orElseThrow(() -> new UsageException(notAsking(run, gate)));
        return tell(ruling, run, gate, console);
    }

    private static PlannedStage gate(StoredRun run, String name) {
        try {
            PlannedStage stage = run.stage(name);
            if (stage.stage().work().gate().isEmpty()) {
                throw new UsageException(stage.id() + " is no gate");
            }
            return stage;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static String notAsking(StoredRun run, PlannedStage gate) {
        String how = run.state()
                .stage(gate.number())
                .outcome()
                .map(o -> "was " + o.word() + ": "
                        + run.state().stage(gate.number()).detail())
                .orElse("has not asked yet");
        return gate.id() + " of run " + run.id() + " " + how;
    }

    private int tell(Ruling ruling, StoredRun run, PlannedStage gate, Console console) throws IOException {
        ruling.refusal().ifPresent(why -> console.err()
                .println("sluice " + name() + ": the vote does not count: " + Printable.of(why)));
        boolean news = ruling.events().stream().anyMatch(RunEvent.GateDecided.class::isInstance);
        if (news) {
            String decision = Printable.of(ruling.decision().orElse(""));
            console.out().println(gate.id() + " of run " + run.id() + " is decided: " + decision);
            if (!run.isLive()) {
                console.out()
                        .println("nobody works at the run; go on with it: " + Hints.command("resume", run, console));
            }
        } else if (ruling.counts()) {
            console.out()
                    .println("your approval of " + gate.id() + " counts; " + ruling.missing()
                            + (ruling.missing() == 1 ? " more is" : " more are") + " missing");
        }
        return ruling.counts() ? ExitCode.OK : ExitCode.FAILED;
    }
}
