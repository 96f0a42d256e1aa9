package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question to people or programs.
 *
 * <pre>{@code
 * gate:
 *   message: Apply this plan to production?
 *   show: [plan.txt]
 *   approvers: {groups: [release-managers], count: 2, exclude: [author, starter]}
 *   inputs: [{name: window, choices: [now, tonight]}]
 *   comment: required
 *   timeout: 2d
 * }</pre>
 *
 * @param message the question; empty text if the file gives none
 * @param show patterns of artifacts to decide upon, from the stage's directory
 * @param approvers who may decide
 * @param inputs the values asked for, in the order of the file
 * @param comment whether a vote is given with a comment
 * @param timeout how long to wait
 * @param approveOnTimeout the decision when the time is over; rejection otherwise
 * @param supersede whether a newer run of the branch rejects this wait
 * @param ask the program that decides, if one does
 */
public record Gate(
        Template message,
        List<Template> show,
        Approvers approvers,
        List<GateInput> inputs,
        CommentRule comment,
        Optional<Duration> timeout,
        boolean approveOnTimeout,
        boolean supersede,
        Optional<Ask> ask) {
    public Gate {
        show = List.copyOf(show);
        inputs = List.copyOf(inputs);
    }

    /** The names of the values that an approval leaves for later stages: {@code approver}, {@code comment}, {@code inputs.…}. */
    public List<String> outputs() {
        return Stream.concat(Stream.of("approver", "comment"), inputs.stream().map(input -> "inputs." + input.name()))
                .toList();
    }

    /** Who may decide, how many must approve, and who may not. */
    public record Approvers(List<String> users, List<String> groups, int count, List<Party> exclude) {
        public Approvers {
            users = List.copyOf(users);
            groups = List.copyOf(groups);
            exclude = List.copyOf(exclude);
        }

        /** Whether nobody is named, so that anyone may decide. */
        public boolean isAnyone() {
            return users.isEmpty() && groups.isEmpty();
        }
    }

    /** Someone with an interest of their own in the decision. */
    public enum Party {
        /** Who wrote the change. */
        AUTHOR,
        /** Who started the run. */
        STARTER;

        /** The party of that word in a file. */
        static Party of(String word) {
            return word.equals("author") ? AUTHOR : STARTER;
        }
    }

    /** Whether a vote is given with a comment. */
    public enum CommentRule {
        REQUIRED,
        OPTIONAL,
        NONE;

        /** The rule of that word in a file; {@link #OPTIONAL} for any other. */
        static CommentRule of(String word) {
            return switch (word) {
                case "required" -> REQUIRED;
                case "none" -> NONE;
                default -> OPTIONAL;
            };
        }
    }

    /**
     * A program that is asked by HTTP.
     *
     * @param url where the question is posted
     * @param secret the name of the credential that question and answer are signed with
     * @param place where the file says so
     */
    public record Ask(String url, String secret, Place place) {
        private static final Pattern WEB =
                Pattern.compile("(?i)https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?([/?]\\S*)?");

        /** Whether the address is one that a question can be posted to. */
        boolean isWeb() {
            return WEB.matcher(url).matches();
        }

        /** What question and answer are signed with. */
        public Credential credential() {
            return new Credential(secret, Credential.Type.SECRET_TEXT, Map.of(Credential.Part.TEXT, "secret"), place);
        }

        /** The name under which the program votes: the host of its address, and the port if there is one. */
        public String program() {
            Matcher web = WEB.matcher(url);
            return web.matches() ? web.group(1) + Objects.requireNonNullElse(web.group(2), "") : url;
        }
    }
}
