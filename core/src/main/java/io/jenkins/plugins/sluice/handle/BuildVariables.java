package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Fetch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the variables and parameters of a build say of the change that it is about: those of a Zuul job ({@code ZUUL_REF} …), of
 * the Gerrit Trigger plugin ({@code GERRIT_REFSPEC} …), and of multibranch jobs ({@code BRANCH_NAME}, {@code CHANGE_ID} …). If
 * several are there, the first of these counts.
 */
public final class BuildVariables {
    private final Map<String, String> all;

    public BuildVariables(Map<String, ?> variables) {
        this.all = new TreeMap<>();
        variables.forEach((name, value) -> all.put(name, value == null ? "" : String.valueOf(value)));
    }

    private String first(String... names) {
        for (String name : names) {
            String value = all.getOrDefault(name, "");
            if (!value.isBlank()) {
                return value.strip();
            }
        }
        return "";
    }

    /**
     * Where the sources are, for {@link RunBasis#source}; empty if where the job says.
     *
     * <p>Zuul gives the address of its merger and the name of the project apart; Gerrit's host and project likewise.
     */
    public Map<String, String> source() {
        Map<String, String> source = new LinkedHashMap<>();
        if (!first("ZUUL_REF").isEmpty() && !first("ZUUL_URL").isEmpty()) {
            source.put("url", below(first("ZUUL_URL"), first("ZUUL_PROJECT")));
            source.put("ref", first("ZUUL_REF"));
            source.put("commit", first("ZUUL_COMMIT", "ZUUL_NEWREV"));
        } else if (!first("GERRIT_REFSPEC").isEmpty() && !first("GERRIT_HOST").isEmpty()) {
            source.put("url", gerrit());
            source.put("ref", first("GERRIT_REFSPEC"));
            source.put("commit", first("GERRIT_PATCHSET_REVISION", "GERRIT_NEWREV"));
        }
        source.values().removeIf(String::isEmpty);
        return source;
    }

    private static String below(String url, String project) {
        return project.isEmpty() ? url : url.replaceAll("/+$", "") + "/" + project;
    }

    private String gerrit() {
        String scheme = first("GERRIT_SCHEME");
        String name = first("GERRIT_USER_NAME");
        String user = name.isEmpty() ? "" : name + "@";
        String port = first("GERRIT_PORT").isEmpty() ? "" : ":" + first("GERRIT_PORT");
        return below(
                (scheme.isEmpty() ? "ssh" : scheme) + "://" + user + first("GERRIT_HOST") + port,
                first("GERRIT_PROJECT"));
    }

    /** The steps that bring the sources to a workspace before anything else is known. */
    public List<Map<String, Object>> checkout() {
        return Call.maps(Checkouts.of(source(), source().isEmpty() ? Fetch.UNSAID : Fetch.TO_PLAN));
    }

    /** What is known of the change, as {@link io.jenkins.plugins.sluice.model.Trigger#NAMES} calls it. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("event", first("ZUUL_PIPELINE", "GERRIT_EVENT_TYPE"));
        facts.put("change", first("ZUUL_CHANGE", "GERRIT_CHANGE_NUMBER", "CHANGE_ID"));
        facts.put("patchset", first("ZUUL_PATCHSET", "GERRIT_PATCHSET_NUMBER"));
        facts.put("branch", first("ZUUL_BRANCH", "GERRIT_BRANCH", "CHANGE_TARGET", "BRANCH_NAME", "GIT_LOCAL_BRANCH"));
        facts.put(
                "commit",
                first("ZUUL_COMMIT", "ZUUL_NEWREV", "GERRIT_PATCHSET_REVISION", "GERRIT_NEWREV", "GIT_COMMIT"));
        facts.put("author", first("GERRIT_CHANGE_OWNER_EMAIL", "CHANGE_AUTHOR_EMAIL", "CHANGE_AUTHOR"));
        facts.put("tag", first("TAG_NAME"));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    /**
     * Who wrote the change by the word of the server that keeps it: of Gerrit its owner, and who uploaded this patch set, which
     * anybody may do; none if it names nobody.
     */
    public List<String> authors() {
        String owner = first("GERRIT_CHANGE_OWNER_EMAIL");
        Stream<String> names = owner.isEmpty()
                ? Stream.of(first("CHANGE_AUTHOR_EMAIL", "CHANGE_AUTHOR"))
                : Stream.of(owner, first("GERRIT_PATCHSET_UPLOADER_EMAIL"));
        return names.filter(name -> !name.isEmpty()).distinct().toList();
    }

    /** The project as it calls itself; empty if no variable says so. */
    public String project() {
        return first("ZUUL_PROJECT", "GERRIT_PROJECT");
    }
}
