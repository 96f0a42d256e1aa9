package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a run delivers by the settings of its site. Thread-safe. */
public final class Deliveries {

    private final Site site;
    private final SecretSource secrets;
    private final JobDelivery jobs;
    private final Rehearsals rehearsals;

    /**
     * The deliveries of one run.
     *
     * @param directory what relative paths of the settings start from
     * @param run the directory of the run, which tells after a crash what is still to be removed
     */
    public Deliveries(Site site, SecretSource secrets, Path directory, Path run) {
        this.site = site;
        this.secrets = secrets;
        this.jobs = new JobDelivery(site, directory, run.resolve("jobs"));
        this.rehearsals = new Rehearsals(site.helm(), directory, run);
    }

    /** Sends a mail. */
    public InstructionResult send(Instruction.SendMail mail) {
        return site.mail()
                .map(server -> new MailDelivery(server, secrets, Map.of()).send(mail))
                .orElseGet(() -> new InstructionResult.Broken("the settings of the site name no mail server"));
    }

    /** Starts a job. */
    public InstructionResult start(
            Instruction.StartJob job, Map<String, String> inherited, ScriptRunner scripts, Consumer<String> note)
            throws IOException {
        try {
            return jobs.start(job, inherited, scripts, note);
        } catch (UnfitValueException e) {
            return new InstructionResult.WorkFailed(e.why());
        }
    }

    /**
     * Installs a chart.
     *
     * @param stopped why the stage is stopped; empty as long as it is not
     */
    public InstructionResult install(
            Instruction.InstallChart chart, Path workspace, Supplier<String> stopped, Consumer<String> note)
            throws IOException {
        return rehearsals.install(chart, workspace, stopped, note);
    }

    /** Removes the releases that the run has installed. What goes wrong is told. */
    public void end(Consumer<String> note) {
        rehearsals.end(note);
    }
}
