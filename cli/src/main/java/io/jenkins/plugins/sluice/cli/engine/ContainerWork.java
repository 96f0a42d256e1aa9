package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one attempt at a stage has done with images and containers, one thing after another. */
public final class ContainerWork {

    /**
     * Where the attempt works.
     *
     * @param token of the run
     * @param attempt tells it from all other attempts of the run
     * @param scratch a private directory outside of the workspace; made if it is needed
     */
    public record Place(String token, String attempt, Path workspace, Path scratch) {}

    /**
     * What a container gets beyond its order.
     *
     * @param variables with values that are secrets
     * @param readable files and directories of this machine that it may read, at their own paths
     */
    public record Grants(Map<String, String> variables, List<Path> readable) {}

    private final Place place;
    private final Session session;
    private final Optional<Login> login;
    private int containers;

    ContainerWork(Place place, Session session, Optional<Login> login) {
        this.place = place;
        this.session = session;
        this.login = login;
    }

    private interface Work {
        InstructionResult in(Scratch scratch) throws IOException;
    }

    private InstructionResult inScratch(Work work) throws IOException {
        try (Scratch scratch = Scratch.below(place.scratch())) {
            return work.in(scratch);
        } catch (UnfitValueException e) {
            return new InstructionResult.WorkFailed(e.why());
        }
    }

    private String nextName() {
        containers++;
        return Traces.containerPrefix(place.token()) + place.attempt() + "-" + containers;
    }

    /** Builds an image. */
    public InstructionResult build(Instruction.BuildImage build) throws IOException {
        return inScratch(scratch -> new ImageBuild(session, place.workspace()).build(build, scratch));
    }

    /** Runs an image, and leaves the container for copies. */
    public InstructionResult run(Instruction.RunImage run, Grants grants) throws IOException {
        return inScratch(scratch -> new ContainerRun(session, scratch).image(run, nextName(), grants));
    }

    /**
     * Runs a script in an image, and leaves nothing.
     *
     * @param script the file with the commands, which is among those that the container may read
     */
    public InstructionResult script(Instruction.RunScript run, Path script, Grants grants) throws IOException {
        return inScratch(scratch -> new ContainerRun(session, scratch)
                .script(new ScriptOrder(run, script, place.workspace()), nextName(), grants));
    }

    /** Copies out of a container of the run. */
    public InstructionResult copy(Instruction.CopyFromContainer copy) throws IOException {
        return inScratch(scratch -> new ContainerCopy(session, place.workspace()).copy(copy, scratch));
    }

    /** Pushes an image of the run. */
    public InstructionResult push(Instruction.PushImage push) throws IOException {
        Optional<Login> wanted = login.filter(l -> push.repository().startsWith(l.host() + "/"));
        return inScratch(scratch -> new ImagePush(loggedIn(wanted, scratch)).push(push, scratch));
    }

    private Session loggedIn(Optional<Login> wanted, Scratch scratch) throws IOException {
        if (wanted.isEmpty()) {
            return session;
        }
        Path directory = Files.createDirectory(scratch.file("login"));
        return new Session(
                session.engine().with(wanted.get(), directory), session.token(), session.runner(), session.log());
    }
}
