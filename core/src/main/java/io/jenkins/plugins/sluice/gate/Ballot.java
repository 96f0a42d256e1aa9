package io.jenkins.plugins.sluice.gate;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The votes at a gate so far, and the one place that knows which further vote counts. One rejection is enough to reject.
 * The inputs are entered by the first who approves; whoever approves later approves them too, and may repeat but not change
 * them.
 *
 * @param gate what the file asks for
 * @param asked the name under which the program that was asked votes; empty if none is
 * @param parties who has an interest of their own
 * @param votes those that count, in order
 */
public record Ballot(Gate gate, Optional<String> asked, Parties parties, List<Vote> votes) {
    /** The longest comment, in characters. */
    public static final int LONGEST_COMMENT = 10_000;

    private static final int LONGEST_NAME = 200;

    public Ballot {
        votes = List.copyOf(votes);
    }

    /** A ballot without votes, for a gate that nobody has come to yet. */
    public static Ballot of(Gate gate) {
        return new Ballot(gate, gate.ask().map(Gate.Ask::program), new Parties(List.of(), List.of()), List.of());
    }

    /** Why a vote does not count, in words for the voter; empty if it counts. */
    public Optional<String> reasonAgainst(Vote vote) {
        return badName(vote)
                .or(() -> mayNotVote(vote))
                .or(() -> excluded(vote))
                .or(() -> repeated(vote))
                .or(() -> badComment(vote))
                .or(() -> vote.approve() ? badInputs(vote) : Optional.empty());
    }

    private static Optional<String> badName(Vote vote) {
        boolean bad = vote.voter().isBlank()
                || vote.voter().length() > LONGEST_NAME
                || vote.voter().codePoints().anyMatch(Ballot::isInvisible);
        return bad
                ? Optional.of("'" + Printable.of(vote.voter().strip()) + "' is no name of a person")
                : Optional.empty();
    }

    /** Two names that look the same must not be those of two people. */
    private static boolean isInvisible(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.SPACE_SEPARATOR && character != ' ')
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
    }

    private Optional<String> mayNotVote(Vote vote) {
        if (isAsked(vote)) {
            return Optional.empty();
        }
        Gate.Approvers who = gate.approvers();
        if (who.isAnyone()) {
            return asked.map(program -> "only " + program + " decides here");
        }
        boolean named = who.users().stream().anyMatch(user -> user.equalsIgnoreCase(vote.voter()))
                || who.groups().stream().anyMatch(vote.groups()::contains);
        return named ? Optional.empty() : Optional.of(vote.voter() + " is not among " + approvers());
    }

    /** Who may vote, in words: {@code ada, bob and the members of release-managers}. */
    public String approvers() {
        Gate.Approvers who = gate.approvers();
        String users = String.join(", ", who.users());
        String groups = who.groups().isEmpty() ? "" : "the members of " + String.join(", ", who.groups());
        if (who.isAnyone()) {
            return asked.orElse("anyone");
        }
        return users + (users.isEmpty() || groups.isEmpty() ? "" : " and ") + groups;
    }

    private Optional<String> excluded(Vote vote) {
        for (Gate.Party party : gate.approvers().exclude()) {
            boolean author = party == Gate.Party.AUTHOR;
            String what = author ? "the author of the change" : "who started the run";
            if (parties.names(party).isEmpty() && !isAsked(vote)) {
                return Optional.of("nobody knows " + what + ", who may not vote here"
                        + (author ? "; name them when the run starts (--author)" : ""));
            }
            if (parties.isOne(party, vote.voter())) {
                String doing = author ? "wrote the change" : "started the run";
                return Optional.of(vote.voter() + " " + doing + " and may not vote here");
            }
        }
        return Optional.empty();
    }

    private boolean isAsked(Vote vote) {
        return vote.via().equals(Vote.HTTP) && asked.map(vote.voter()::equals).orElse(false);
    }

    /** Who has approved may still reject: better late than never. */
    private Optional<String> repeated(Vote vote) {
        boolean before = votes.stream().anyMatch(v -> Parties.isSame(v.voter(), vote.voter()));
        return before && vote.approve()
                ? Optional.of(vote.voter() + " has approved already; it takes someone else")
                : Optional.empty();
    }

    private Optional<String> badComment(Vote vote) {
        boolean blank = vote.comment().isBlank();
        if (vote.comment().length() > LONGEST_COMMENT) {
            return Optional.of("the comment is longer than " + LONGEST_COMMENT + " characters");
        }
        return switch (gate.comment()) {
            case REQUIRED -> blank ? Optional.of("this gate wants a comment") : Optional.empty();
            case OPTIONAL -> Optional.empty();
            case NONE -> blank ? Optional.empty() : Optional.of("this gate takes no comment");
        };
    }

    private Optional<String> badInputs(Vote vote) {
        List<String> names = gate.inputs().stream().map(GateInput::name).toList();
        for (String name : vote.inputs().keySet()) {
            if (!names.contains(name)) {
                return Optional.of("there is no input '" + Printable.of(name) + "' here"
                        + (names.isEmpty() ? "" : "; " + Suggestion.among(name, "it has", names)));
            }
        }
        Optional<Vote> first = firstYes();
        return gate.inputs().stream()
                .flatMap(input ->
                        first.map(before -> changed(input, before, vote)).orElseGet(() -> bad(input, vote)).stream())
                .findFirst();
    }

    private static Optional<String> bad(GateInput input, Vote vote) {
        String entered = vote.inputs().getOrDefault(input.name(), "");
        if (entered.isEmpty()) {
            boolean missing = input.mustBeEntered();
            return missing
                    ? Optional.of("the input '" + input.name() + "' is missing: " + input.expected())
                    : Optional.empty();
        }
        if (entered.length() > GateInput.MOST_CHARACTERS) {
            return Optional.of(
                    "the input '" + input.name() + "' is longer than " + GateInput.MOST_CHARACTERS + " characters");
        }
        return input.accepts(entered)
                ? Optional.empty()
                : Optional.of("the input '" + input.name() + "' must be " + input.expected());
    }

    private static Optional<String> changed(GateInput input, Vote first, Vote vote) {
        String before = entered(input, first.inputs());
        String now = vote.inputs().getOrDefault(input.name(), "");
        return now.isEmpty() || now.equals(before)
                ? Optional.empty()
                : Optional.of(first.voter() + " has approved '" + input.name() + "' as '" + Printable.of(before)
                        + "'; approve that, or reject");
    }

    private Optional<Vote> firstYes() {
        return votes.stream().filter(Vote::approve).findFirst();
    }

    private static String entered(GateInput input, Map<String, String> values) {
        String entered = values.getOrDefault(input.name(), "");
        if (!entered.isEmpty()) {
            return entered;
        }
        // A box that nobody ticks is a no, wherever it is shown.
        return input.fallback().orElse(input.type() == GateInput.Type.FLAG ? "false" : "");
    }

    /** The vote with the values that it stands for: whoever approves first approves the defaults too. */
    public Vote completed(Vote vote) {
        if (!vote.approve() || firstYes().isPresent()) {
            return vote;
        }
        Map<String, String> values = with(vote).inputs();
        values.values().removeIf(String::isEmpty);
        return new Vote(vote.id(), vote.voter(), vote.groups(), vote.approve(), vote.comment(), values, vote.via());
    }

    /** With one more vote. */
    public Ballot with(Vote vote) {
        List<Vote> more = new ArrayList<>(votes);
        more.add(vote);
        return new Ballot(gate, asked, parties, more);
    }

    /** How many more approvals it takes. */
    public int missing() {
        long yes = votes.stream().filter(Vote::approve).count();
        return (int) Math.max(0, gate.approvers().count() - yes);
    }

    /** The decision, if the votes make one. */
    public Optional<Verdict> verdict() {
        if (votes.stream().anyMatch(vote -> !vote.approve())) {
            return Optional.of(Verdict.REJECTED);
        }
        return missing() == 0 ? Optional.of(Verdict.APPROVED) : Optional.empty();
    }

    /** The values as they stand: entered by the first who approved, else the defaults. */
    public Map<String, String> inputs() {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> first = firstYes().map(Vote::inputs).orElse(Map.of());
        gate.inputs().forEach(input -> values.put(input.name(), entered(input, first)));
        return values;
    }

    /** Who decided, in words: {@code ada, bob}. */
    public String deciders() {
        boolean rejected = verdict().filter(v -> v == Verdict.REJECTED).isPresent();
        return votes.stream()
                .filter(vote -> vote.approve() != rejected)
                .map(Vote::voter)
                .collect(Collectors.joining(", "));
    }

    /** What the deciders said, in words. */
    public String comments() {
        boolean rejected = verdict().filter(v -> v == Verdict.REJECTED).isPresent();
        return votes.stream()
                .filter(vote -> vote.approve() != rejected && !vote.comment().isBlank())
                .map(Vote::comment)
                .collect(Collectors.joining("; "));
    }
}
