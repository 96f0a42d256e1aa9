package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.ProcessRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The containers and images of one run, found by their label. Whatever does not have it is left alone, also containers of
 * others that were made from an image of the run and so inherited it.
 */
public final class Traces {

    static final String LABEL = "sluice.run";

    /** Images are removed from the last to the first that others are made from; this many times in a row at most. */
    private static final int PASSES = 20;

    private final Session session;
    private final String token;

    Traces(Engine engine, String token) {
        this.session = new Session(engine, token, new ProcessRunner(), new LastLines(0));
        this.token = token;
    }

    static String label(String token) {
        return "--label=" + LABEL + "=" + token;
    }

    /** What the names of a run's containers begin with: other than a label, a name is not inherited. */
    static String containerPrefix(String token) {
        return "sluice-" + token + "-";
    }

    /** Ends the containers that run. What is left of them stays, so that the run can go on. */
    public void stop() throws IOException {
        for (String container : containers("--filter=status=running")) {
            session.ask("kill", container);
        }
    }

    /** Removes everything, and says what could not be removed. */
    public List<String> remove() throws IOException {
        stop();
        for (String container : containers("--all")) {
            session.ask("rm", "--force", "--volumes", container);
        }
        List<String> left = new ArrayList<>();
        containers("--all").forEach(container -> left.add("the container " + container));
        removeImages().forEach(image -> left.add("the image " + image));
        return left;
    }

    private List<String> containers(String which) throws IOException {
        return list("ps", which, "--no-trunc", "--filter=name=" + containerPrefix(token), filter(), format("{{.ID}}"));
    }

    private Set<String> images() throws IOException {
        return new LinkedHashSet<>(list("images", "--no-trunc", filter(), format("{{.ID}}")));
    }

    private String filter() {
        return "--filter=label=" + LABEL + "=" + token;
    }

    private static String format(String template) {
        return "--format=" + Session.wanted(template);
    }

    private List<String> list(String... question) throws IOException {
        Answer answer = session.ask(question);
        if (!answer.isYes()) {
            throw new IOException(session.engine().program().name() + " does not answer: " + answer.words());
        }
        return answer.values();
    }

    private Set<String> removeImages() throws IOException {
        Set<String> left = images();
        Set<String> before = Set.of();
        for (int i = 0; i < PASSES && !left.isEmpty() && !left.equals(before); i++) {
            for (String image : left) {
                removeImage(image);
            }
            before = left;
            left = images();
        }
        return left;
    }

    /** Name by name and never by force, which with Podman would also remove the containers of others. */
    private void removeImage(String image) throws IOException {
        String names = "{{range .RepoTags}}" + Session.wanted("{{.}}") + "{{println}}{{end}}";
        for (String name :
                session.ask("image", "inspect", "--format=" + names, image).values()) {
            session.ask("rmi", name);
        }
        session.ask("rmi", image);
    }
}
