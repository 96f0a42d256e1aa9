package io.jenkins.plugins.sluice.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BallotTest {
    private static final Parties NOBODY = new Parties(List.of(), List.of());
    private static final Parties ADA_WROTE_AND_BOB_STARTED =
            new Parties(List.of("ada@example.org", "Ada Lovelace"), List.of("bob"));
    private static final String PROGRAM = "policy.example.org:8443";

    /** The gate of these keys, in YAML's flow style without the braces. */
    private static Gate gate(String keys) {
        String text = "version: 1\npipelines: {p: {stages: [{name: ask, gate: {" + keys + "}}]}}\n";
        Problems problems = new Problems();
        PipelineFile file =
                ModelReader.read("config.yaml", text.getBytes(UTF_8), problems).orElseThrow();
        assertThat(problems.list()).isEmpty();
        return file.pipeline("p")
                .flatMap(p -> p.stage("ask"))
                .flatMap(stage -> stage.work().gate())
                .orElseThrow();
    }

    private static Ballot ballot(String keys) {
        return ballot(keys, NOBODY);
    }

    private static Ballot ballot(String keys, Parties parties) {
        Gate gate = gate(keys);
        return new Ballot(gate, gate.ask().map(Gate.Ask::program), parties, List.of());
    }

    /** A ballot for two of these users, without the checks of a file. */
    private static Ballot ballotOf(List<String> users, List<Gate.Party> exclude, Parties parties) {
        Gate any = gate("");
        Gate gate = new Gate(
                any.message(),
                any.show(),
                new Gate.Approvers(users, List.of(), 2, exclude),
                any.inputs(),
                any.comment(),
                any.timeout(),
                any.approveOnTimeout(),
                any.supersede(),
                any.ask());
        return new Ballot(gate, Optional.empty(), parties, List.of());
    }

    private static Vote vote(String voter, boolean approve) {
        return new Vote("1", voter, List.of(), approve, "", Map.of(), "terminal");
    }

    private static Vote yes(String voter) {
        return vote(voter, true);
    }

    private static Vote no(String voter) {
        return vote(voter, false);
    }

    private static Vote yes(String voter, String... groups) {
        return new Vote("1", voter, List.of(groups), true, "", Map.of(), "web page");
    }

    private static Vote saying(String comment, Vote vote) {
        return new Vote("1", vote.voter(), vote.groups(), vote.approve(), comment, vote.inputs(), vote.via());
    }

    private static Vote entering(Map<String, String> inputs, Vote vote) {
        return new Vote("1", vote.voter(), vote.groups(), vote.approve(), vote.comment(), inputs, vote.via());
    }

    private static Vote byHttp(String voter) {
        return new Vote("1", voter, List.of(), true, "", Map.of(), Vote.HTTP);
    }

    @Test
    void whereNobodyIsNamedAnyoneMayVote() {
        assertThat(ballot("").reasonAgainst(yes("ada"))).isEmpty();
        assertThat(ballot("").reasonAgainst(no("ada"))).isEmpty();
        assertThat(ballot("").approvers()).isEqualTo("anyone");
    }

    @Test
    void whoIsNamedMayVoteInAnyLetterCaseAndNobodyElse() {
        Ballot ballot = ballot("approvers: {users: [ada, Bob]}");
        assertThat(ballot.reasonAgainst(yes("ada"))).isEmpty();
        assertThat(ballot.reasonAgainst(no("BOB"))).isEmpty();
        assertThat(ballot.reasonAgainst(yes("carol"))).contains("carol is not among ada, Bob");
        assertThat(ballot.reasonAgainst(no("carol"))).contains("carol is not among ada, Bob");
    }

    @Test
    void mailAddressIsNotTakenForTheUserOfThatName() {
        assertThat(ballot("approvers: {users: [ada]}").reasonAgainst(yes("ada@elsewhere.example")))
                .contains("ada@elsewhere.example is not among ada");
    }

    @Test
    void membersOfAGroupMayVote() {
        Ballot ballot = ballot("approvers: {groups: [release-managers, admins]}");
        assertThat(ballot.reasonAgainst(yes("ada", "staff", "admins"))).isEmpty();
        assertThat(ballot.reasonAgainst(yes("ada", "staff")))
                .contains("ada is not among the members of release-managers, admins");
        assertThat(ballot.reasonAgainst(yes("admins"))).isPresent();
    }

    @Test
    void letterCaseOfGroupsCounts() {
        assertThat(ballot("approvers: {groups: [admins]}").reasonAgainst(yes("ada", "Admins")))
                .isPresent();
    }

    @Test
    void usersAndGroupsTogetherAreNamedInOneSentence() {
        Ballot ballot = ballot("approvers: {users: [ada, bob], groups: [release-managers]}");
        assertThat(ballot.approvers()).isEqualTo("ada, bob and the members of release-managers");
        assertThat(ballot.reasonAgainst(yes("bob"))).isEmpty();
        assertThat(ballot.reasonAgainst(yes("carol", "release-managers"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u001b[2J", "\u009b", "\t"})
    void whatIsNoNameMayNotVote(String voter) {
        assertThat(ballot("").reasonAgainst(yes(voter)).orElseThrow()).endsWith("is no name of a person");
    }

    @Test
    void nameIsNoLongerThanTwoHundredCharacters() {
        assertThat(ballot("").reasonAgainst(yes("a".repeat(200)))).isEmpty();
        assertThat(ballot("").reasonAgainst(yes("a".repeat(201)))).isPresent();
    }

    @Test
    void asManyMustApproveAsTheGateSays() {
        Ballot none = ballot("approvers: {groups: [g], count: 3}");
        assertThat(none.missing()).isEqualTo(3);
        Ballot two = none.with(yes("ada", "g")).with(yes("bob", "g"));
        assertThat(two.missing()).isEqualTo(1);
        assertThat(two.verdict()).isEmpty();
        Ballot three = two.with(yes("carol", "g"));
        assertThat(three.missing()).isZero();
        assertThat(three.verdict()).contains(Verdict.APPROVED);
        assertThat(three.deciders()).isEqualTo("ada, bob, carol");
        assertThat(three.with(yes("dora", "g")).missing()).isZero();
    }

    @Test
    void oneRejectionIsEnoughAndIsWhatCounts() {
        Ballot ballot = ballot("approvers: {groups: [g], count: 2}")
                .with(saying("fine", yes("ada", "g")))
                .with(saying("the window is closed", no("bob")));
        assertThat(ballot.verdict()).contains(Verdict.REJECTED);
        assertThat(ballot.deciders()).isEqualTo("bob");
        assertThat(ballot.comments()).isEqualTo("the window is closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ada@example.org", "ADA@Example.org", "ada", "Ada", "Ada Lovelace", "ada lovelace", " ada "})
    void authorMayNotVoteUnderAnyName(String voter) {
        Ballot ballot = ballot("approvers: {groups: [g], exclude: [author]}", ADA_WROTE_AND_BOB_STARTED);
        assertThat(ballot.reasonAgainst(yes(voter, "g"))).contains(voter + " wrote the change and may not vote here");
        assertThat(ballot.reasonAgainst(yes("bob", "g"))).isEmpty();
    }

    @Test
    void authorKnownByLoginMayNotVoteByMailAddress() {
        Ballot ballot = ballot("approvers: {exclude: [author]}", new Parties(List.of("ada"), List.of()));
        assertThat(ballot.reasonAgainst(yes("ada@example.org"))).isPresent();
        assertThat(ballot.reasonAgainst(yes("ad@example.org"))).isEmpty();
    }

    @Test
    void mailAddressesOfTwoHostsAreTwoPeople() {
        Ballot ballot = ballot("approvers: {exclude: [author]}", ADA_WROTE_AND_BOB_STARTED);
        assertThat(ballot.reasonAgainst(yes("ada@example.com"))).isEmpty();
    }

    @Test
    void authorMayNotRejectEither() {
        Ballot ballot = ballot("approvers: {exclude: [author]}", ADA_WROTE_AND_BOB_STARTED);
        assertThat(ballot.reasonAgainst(no("ada"))).isPresent();
    }

    @Test
    void starterMayNotVoteWhereTheGateSaysSo() {
        Ballot ballot = ballot("approvers: {exclude: [starter]}", ADA_WROTE_AND_BOB_STARTED);
        assertThat(ballot.reasonAgainst(yes("Bob"))).contains("Bob started the run and may not vote here");
        assertThat(ballot.reasonAgainst(yes("ada"))).isEmpty();
    }

    @Test
    void bothPartiesMayVoteWhereTheGateDoesNotSaySo() {
        Ballot ballot = ballot("", ADA_WROTE_AND_BOB_STARTED);
        assertThat(ballot.reasonAgainst(yes("ada"))).isEmpty();
        assertThat(ballot.reasonAgainst(yes("bob"))).isEmpty();
    }

    @Test
    void nobodyMayVoteWhereTheExcludedOneIsUnknown() {
        Parties blank = new Parties(List.of("", "  "), List.of());
        assertThat(ballot("approvers: {exclude: [author]}", blank).reasonAgainst(yes("carol")))
                .contains("nobody knows the author of the change, who may not vote here;"
                        + " name them when the run starts (--author)");
        assertThat(ballot("approvers: {exclude: [starter]}", blank).reasonAgainst(no("carol")))
                .contains("nobody knows who started the run, who may not vote here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ADA", "ada@example.org", " ada"})
    void whoHasApprovedDoesNotCountTwice(String voter) {
        Ballot once = ballot("approvers: {groups: [g], count: 2}").with(yes("ada", "g"));
        assertThat(once.reasonAgainst(yes(voter, "g")))
                .contains(voter + " has approved already; it takes someone else");
        assertThat(once.reasonAgainst(yes("bob", "g"))).isEmpty();
    }

    @Test
    void whoHasApprovedByMailAddressDoesNotCountAgainByLogin() {
        Ballot once = ballot("approvers: {groups: [g], count: 2}").with(yes("ada@example.org", "g"));
        assertThat(once.reasonAgainst(yes("ada", "g"))).isPresent();
    }

    @Test
    void whoHasApprovedMayStillReject() {
        Ballot once = ballot("approvers: {users: [ada, bob], count: 2}").with(yes("ada"));
        assertThat(once.reasonAgainst(no("ada"))).isEmpty();
        assertThat(once.with(no("ada")).verdict()).contains(Verdict.REJECTED);
    }

    /** Letters that one way of comparing takes for the same and another does not. */
    @Provide
    static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars('a', 'A', 's', 'S', '\u017f', 'i', 'I', '\u0131', '\u0130', 'k', '\u212a', '\u00df', '@')
                .withChars('\u03c3', '\u03c2', '\u03a3')
                .ofMinLength(1)
                .ofMaxLength(2);
    }

    @Property(tries = 3_000)
    void nobodyTakenForTheAuthorsUserMayVote(@ForAll("names") String author, @ForAll("names") String voter) {
        Ballot ballot = ballotOf(List.of(author), List.of(Gate.Party.AUTHOR), new Parties(List.of(author), List.of()));
        assertThat(ballot.reasonAgainst(yes(voter))).isPresent();
    }

    @Property(tries = 3_000)
    void oneUserNeverCountsTwice(@ForAll("names") String user, @ForAll("names") String voter) {
        Ballot once = ballotOf(List.of(user), List.of(), NOBODY).with(yes(user));
        assertThat(once.reasonAgainst(yes(voter))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"required, '', false", "required, ' ', false", "required, why, true"})
    @CsvSource({"optional, '', true", "optional, why, true"})
    @CsvSource({"none, '', true", "none, ' ', true", "none, why, false"})
    void commentIsGivenAsTheGateSays(String rule, String comment, boolean counts) {
        Ballot ballot = ballot("comment: " + rule);
        assertThat(ballot.reasonAgainst(saying(comment, yes("ada"))).isEmpty()).isEqualTo(counts);
        assertThat(ballot.reasonAgainst(saying(comment, no("ada"))).isEmpty()).isEqualTo(counts);
    }

    @Test
    void refusalOfACommentSaysWhatTheGateWants() {
        assertThat(ballot("comment: required").reasonAgainst(yes("ada"))).contains("this gate wants a comment");
        assertThat(ballot("comment: none").reasonAgainst(saying("why", yes("ada"))))
                .contains("this gate takes no comment");
    }

    @Test
    void commentIsNoLongerThanTheLimit() {
        String longest = "x".repeat(Ballot.LONGEST_COMMENT);
        assertThat(ballot("").reasonAgainst(saying(longest, yes("ada")))).isEmpty();
        assertThat(ballot("").reasonAgainst(saying(longest + "x", yes("ada"))))
                .contains("the comment is longer than 10000 characters");
        assertThat(ballot("").reasonAgainst(saying(longest + "x", no("ada")))).isPresent();
    }

    @Test
    void commentsOfTheDecidersAreJoined() {
        Ballot ballot = ballot("approvers: {groups: [g], count: 3}")
                .with(saying("looks right", yes("ada", "g")))
                .with(saying(" ", yes("bob", "g")))
                .with(saying("go", yes("carol", "g")));
        assertThat(ballot.comments()).isEqualTo("looks right; go");
    }

    @Test
    void missingInputIsAskedFor() {
        Ballot ballot = ballot("inputs: [{name: window, choices: [now, tonight]}]");
        assertThat(ballot.reasonAgainst(yes("ada"))).contains("the input 'window' is missing: one of now, tonight");
        assertThat(ballot.reasonAgainst(entering(Map.of("window", ""), yes("ada"))))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"number, 3, true", "number, -0.5, true", "number, '', false", "number, 3 apples, false"})
    @CsvSource({"number, 1e3, false", "number, \u0663, false", "number, .5, false"})
    @CsvSource({"flag, true, true", "flag, false, true", "flag, True, false", "flag, yes, false"})
    @CsvSource({"text, anything at all, true"})
    void valueMustFitTheType(String type, String value, boolean counts) {
        Ballot ballot = ballot("inputs: [{name: x, type: " + type + "}]");
        assertThat(ballot.reasonAgainst(entering(Map.of("x", value), yes("ada")))
                        .isEmpty())
                .isEqualTo(counts);
    }

    @Test
    void refusalOfAValueSaysWhatItMustBe() {
        Ballot ballot = ballot("inputs: [{name: replicas, type: number}]");
        assertThat(ballot.reasonAgainst(entering(Map.of("replicas", "many"), yes("ada"))))
                .contains("the input 'replicas' must be a number such as 3 or 0.5");
    }

    @Test
    void choiceMustBeOneOfTheChoices() {
        Ballot ballot = ballot("inputs: [{name: window, choices: [now, tonight]}]");
        assertThat(ballot.reasonAgainst(entering(Map.of("window", "tonight"), yes("ada"))))
                .isEmpty();
        assertThat(ballot.reasonAgainst(entering(Map.of("window", "Now"), yes("ada"))))
                .contains("the input 'window' must be one of now, tonight");
    }

    @Test
    void textThatIsTooLongIsToldSo() {
        String longest = "x".repeat(GateInput.MOST_CHARACTERS);
        Ballot ballot = ballot("inputs: [{name: note}]");
        assertThat(ballot.reasonAgainst(entering(Map.of("note", longest), yes("ada"))))
                .isEmpty();
        assertThat(ballot.reasonAgainst(entering(Map.of("note", longest + "x"), yes("ada"))))
                .contains("the input 'note' is longer than 10000 characters");
    }

    @Test
    void unknownInputSuggestsTheNearest() {
        Ballot ballot = ballot("inputs: [{name: window, default: now}, {name: note, default: x}]");
        assertThat(ballot.reasonAgainst(entering(Map.of("windw", "now"), yes("ada"))))
                .contains("there is no input 'windw' here; did you mean 'window'? it has: window, note.");
        assertThat(ballot("").reasonAgainst(entering(Map.of("x", "1"), yes("ada"))))
                .contains("there is no input 'x' here");
    }

    @Test
    void defaultStandsForWhatIsNotEntered() {
        Ballot ballot = ballot("inputs: [{name: window, choices: [now, tonight], default: tonight}]");
        assertThat(ballot.reasonAgainst(yes("ada"))).isEmpty();
        assertThat(ballot.with(yes("ada")).inputs()).isEqualTo(Map.of("window", "tonight"));
        assertThat(ballot.with(entering(Map.of("window", ""), yes("ada"))).inputs())
                .isEqualTo(Map.of("window", "tonight"));
        assertThat(ballot.with(entering(Map.of("window", "now"), yes("ada"))).inputs())
                .isEqualTo(Map.of("window", "now"));
        assertThat(ballot.inputs()).isEqualTo(Map.of("window", "tonight"));
    }

    @Test
    void inputThatIsNotRequiredMayStayEmpty() {
        Ballot ballot = ballot("inputs: [{name: replicas, type: number, required: false}]");
        assertThat(ballot.reasonAgainst(yes("ada"))).isEmpty();
        assertThat(ballot.with(yes("ada")).inputs()).isEqualTo(Map.of("replicas", ""));
        assertThat(ballot.reasonAgainst(entering(Map.of("replicas", "many"), yes("ada"))))
                .isPresent();
    }

    @Test
    void rejectionNeedsNoInputs() {
        Ballot ballot = ballot("inputs: [{name: window, choices: [now, tonight]}]");
        assertThat(ballot.reasonAgainst(no("ada"))).isEmpty();
    }

    @Test
    void inputsStandInTheOrderOfTheFile() {
        Ballot ballot = ballot("inputs: [{name: z}, {name: a}, {name: m, default: x}]")
                .with(entering(Map.of("a", "1", "z", "2"), yes("ada")));
        assertThat(ballot.inputs()).containsExactly(Map.entry("z", "2"), Map.entry("a", "1"), Map.entry("m", "x"));
    }

    @Test
    void whoApprovesLaterApprovesTheInputsOfTheFirst() {
        Ballot once = ballot(
                        "approvers: {users: [ada, bob], count: 2}, inputs: [{name: window, choices: [now, tonight]}]")
                .with(entering(Map.of("window", "tonight"), yes("ada")));
        assertThat(once.reasonAgainst(yes("bob"))).isEmpty();
        assertThat(once.reasonAgainst(entering(Map.of("window", ""), yes("bob"))))
                .isEmpty();
        Vote same = entering(Map.of("window", "tonight"), yes("bob"));
        assertThat(once.reasonAgainst(same)).isEmpty();
        assertThat(once.with(same).inputs()).isEqualTo(Map.of("window", "tonight"));
        assertThat(once.with(yes("bob")).inputs()).isEqualTo(Map.of("window", "tonight"));
        assertThat(once.reasonAgainst(entering(Map.of("window", "now"), yes("bob"))))
                .contains("ada has approved 'window' as 'tonight'; approve that, or reject");
        assertThat(once.reasonAgainst(entering(Map.of("widow", "now"), yes("bob"))))
                .isPresent();
    }

    @Test
    void defaultThatTheFirstLeftAsItIsHoldsToo() {
        Ballot once = ballot(
                        "approvers: {users: [ada, bob], count: 2}, inputs: [{name: note, default: x}, {name: n, required: false}]")
                .with(yes("ada"));
        assertThat(once.reasonAgainst(entering(Map.of("note", "x"), yes("bob"))))
                .isEmpty();
        assertThat(once.reasonAgainst(entering(Map.of("note", "y"), yes("bob"))))
                .contains("ada has approved 'note' as 'x'; approve that, or reject");
        assertThat(once.reasonAgainst(entering(Map.of("n", "y"), yes("bob"))))
                .contains("ada has approved 'n' as ''; approve that, or reject");
    }

    @Test
    void onlyTheProgramThatIsAskedDecides() {
        Ballot ballot = ballot("ask: {url: 'https://" + PROGRAM + "/decide'}");
        assertThat(ballot.approvers()).isEqualTo(PROGRAM);
        assertThat(ballot.reasonAgainst(byHttp(PROGRAM))).isEmpty();
        assertThat(ballot.reasonAgainst(yes("ada"))).contains("only " + PROGRAM + " decides here");
        assertThat(ballot.reasonAgainst(byHttp("other.example.org"))).contains("only " + PROGRAM + " decides here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminal", "command line", "web page", "HTTP", ""})
    void personWhoCallsHimselfLikeTheProgramMayNotVote(String via) {
        Vote impostor = new Vote("1", PROGRAM, List.of(), true, "", Map.of(), via);
        assertThat(ballot("ask: {url: 'https://" + PROGRAM + "/'}").reasonAgainst(impostor))
                .contains("only " + PROGRAM + " decides here");
        assertThat(ballot("ask: {url: 'https://" + PROGRAM + "/'}, approvers: {users: [ada]}")
                        .reasonAgainst(impostor))
                .contains(PROGRAM + " is not among ada");
    }

    @Test
    void peopleWhoAreNamedMayDecideBesideTheProgram() {
        Ballot ballot = ballot("ask: {url: 'https://" + PROGRAM + "/'}, approvers: {users: [ada], count: 2}");
        assertThat(ballot.reasonAgainst(byHttp(PROGRAM))).isEmpty();
        assertThat(ballot.reasonAgainst(yes("ada"))).isEmpty();
        assertThat(ballot.with(byHttp(PROGRAM)).with(yes("ada")).deciders()).isEqualTo(PROGRAM + ", ada");
    }

    @Test
    void programMayVoteWhereNobodyKnowsWhoIsExcluded() {
        Ballot ballot = ballot("ask: {url: 'https://" + PROGRAM + "/'}, approvers: {exclude: [author, starter]}");
        assertThat(ballot.reasonAgainst(byHttp(PROGRAM))).isEmpty();
    }

    @Test
    void programIsHeldToCommentAndInputsAndVotesOnceLikeEveryone() {
        Ballot ballot = ballot("ask: {url: 'https://" + PROGRAM
                + "/'}, comment: required, inputs: [{name: x}], approvers: {users: [ada], count: 2}");
        assertThat(ballot.reasonAgainst(byHttp(PROGRAM))).contains("this gate wants a comment");
        Vote saying = saying("ok", byHttp(PROGRAM));
        assertThat(ballot.reasonAgainst(saying)).contains("the input 'x' is missing: a text");
        Vote whole = entering(Map.of("x", "1"), saying);
        assertThat(ballot.reasonAgainst(whole)).isEmpty();
        assertThat(ballot.with(whole).reasonAgainst(whole)).isPresent();
    }

    @Test
    void refusalCannotDriveATerminal() {
        List<Vote> hostile = List.of(
                yes("\u001b[2Jada"), yes("a".repeat(100_000)), entering(Map.of("\u001b]0;x\u0007\n", "1"), yes("ada")));
        for (Vote vote : hostile) {
            String reason = ballot("inputs: [{name: x, default: y}]")
                    .reasonAgainst(vote)
                    .orElseThrow();
            assertThat(reason.chars()).noneMatch(Character::isISOControl);
            assertThat(reason).hasSizeLessThan(1_000);
        }
        Ballot ballot = ballot("approvers: {users: [ada, bob], count: 2}, inputs: [{name: x}]")
                .with(entering(Map.of("x", "1\n\u001b[2J" + "y".repeat(9_000)), yes("ada")));
        assertThat(ballot.reasonAgainst(entering(Map.of("x", "2"), yes("bob"))).orElseThrow())
                .hasSizeLessThan(1_000)
                .contains("as '1\\n\\u001b[2Jy");
    }

    @ParameterizedTest
    @EnumSource
    void wordOfAVerdictStandsForIt(Verdict verdict) {
        assertThat(Verdict.of(verdict.word())).isEqualTo(verdict);
        assertThat(verdict.word()).matches("[a-z ]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maybe", "APPROVED", "timed_out", "Timed Out", "timed out "})
    void otherWordsAreNoVerdict(String word) {
        assertThatThrownBy(() -> Verdict.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + word + "' is no decision of a gate");
    }

    @Test
    void onlyApprovalsOpenAGate() {
        List<Verdict> open = new ArrayList<>(List.of(Verdict.values()));
        open.removeIf(verdict -> !verdict.isOpen());
        assertThat(open).containsExactly(Verdict.APPROVED, Verdict.APPROVED_BY_TIMEOUT);
        assertThat(Verdict.APPROVED_BY_TIMEOUT.word()).isEqualTo("approved by timeout");
    }

    @Test
    void voteHasAWord() {
        assertThat(yes("ada").word()).isEqualTo("approve");
        assertThat(no("ada").word()).isEqualTo("reject");
    }

    @Property(tries = 500)
    void gateOpensOnlyForEnoughDifferentPeopleOfWhomNoneIsExcluded(
            @ForAll("manyVotes") List<Vote> votes, @ForAll boolean excluding) {
        List<Gate.Party> exclude = excluding ? List.of(Gate.Party.AUTHOR) : List.of();
        Ballot ballot = ballotOf(List.of("ada", "bob", "carol@example.org"), exclude, ADA_WROTE_AND_BOB_STARTED);
        for (Vote vote : votes) {
            if (ballot.verdict().isEmpty() && ballot.reasonAgainst(vote).isEmpty()) {
                ballot = ballot.with(vote);
            }
        }
        long people = ballot.votes().stream()
                .filter(Vote::approve)
                .map(vote -> vote.voter().strip().toLowerCase(Locale.ROOT).charAt(0))
                .distinct()
                .count();
        boolean rejected = ballot.votes().stream().anyMatch(vote -> !vote.approve());
        Optional<Verdict> expected = rejected
                ? Optional.of(Verdict.REJECTED)
                : people >= 2 ? Optional.of(Verdict.APPROVED) : Optional.empty();
        assertThat(ballot.verdict()).isEqualTo(expected);
        if (excluding) {
            assertThat(ballot.votes())
                    .noneMatch(vote ->
                            vote.voter().strip().toLowerCase(Locale.ROOT).startsWith("a"));
        }
    }

    @Provide
    static Arbitrary<List<Vote>> manyVotes() {
        Arbitrary<String> voters = Arbitraries.of(
                "ada",
                "ADA",
                "Ada",
                "ada@example.org",
                "bob",
                "Bob",
                "carol",
                "carol@example.org",
                "Carol@Example.org");
        Arbitrary<Boolean> approvals = Arbitraries.of(true, true, true, true, false);
        return voters.flatMap(voter -> approvals.map(approve -> vote(voter, approve)))
                .list()
                .ofMaxSize(8);
    }
}
