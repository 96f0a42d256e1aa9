package io.jenkins.plugins.sluice.jenkins;

import static io.jenkins.plugins.sluice.jenkins.Stages.stage;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Outcome;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Gates as the people see them who decide. Ada has written the change; bob and eve may decide; mallory sees nothing. */
public class GateTest {
    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Gates gates = new Gates(JENKINS);

    @Before
    public void people() {
        JENKINS.jenkins.setSecurityRealm(JENKINS.createDummySecurityRealm());
        JENKINS.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("ada", "bob", "eve")
                .grant(Jenkins.READ)
                .everywhere()
                .to("mallory"));
    }

    private WorkflowRun begin(String name, String gate) throws Exception {
        WorkflowJob job = Repository.of(
                        folder.newFolder().toPath(),
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: ask, gate: " + gate + "}",
                        "      - {name: deploy, script: 'echo deployed'}",
                        "      - {name: clean, runs: always, script: echo cleaned up}")
                .job(JENKINS, name);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Gates.asked(build);
        return build;
    }

    private static GateRun gate(WorkflowRun build) {
        return stage(build, "api/ask").gate().orElseThrow();
    }

    private static Verdict verdict(WorkflowRun build) {
        return gate(build).decision().orElseThrow().verdict();
    }

    @Test
    public void theAuthorDoesNotCountAndSomebodyElseApproves() throws Exception {
        WorkflowRun build = begin(
                "author",
                "{message: 'Go on?', approvers: {users: [ada, bob], exclude: [author]}, comment: required,"
                        + " inputs: [{name: window, choices: [now, tonight]}]}");
        assertThat(gates.vote(build, "eve", "approve", Map.of("comment", "me", "window", "now")))
                .as("who is not asked")
                .isGreaterThanOrEqualTo(400);
        gates.vote(build, "ada", "approve", Map.of("comment", "mine", "window", "now"));
        JENKINS.waitForMessage("the vote of ada does not count: ada wrote the change", build);
        gates.vote(build, "bob", "approve", Map.of("window", "now"));
        JENKINS.waitForMessage("the vote of bob does not count: this gate wants a comment", build);
        Gates.asked(build);
        assertThat(gates.page("bob", build.getUrl() + "sluice/"))
                .contains("<b>ada</b>", "mine", "does not count: ada wrote the change", "href=\"../input/\"");
        gates.vote(build, "bob", "approve", Map.of("comment", "looks good", "window", "tonight"));
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(build));
        assertThat(verdict(build)).isEqualTo(Verdict.APPROVED);
        assertThat(gate(build).votes()).singleElement().satisfies(vote -> {
            assertThat(vote.voter()).isEqualTo("bob");
            assertThat(vote.inputs()).containsEntry("window", "tonight");
        });
        JENKINS.assertLogContains("deployed", build);
        assertThat(Files.readString(build.getArtifactsDir().toPath().resolve("sluice/audit.json")))
                .contains("ada", "bob", "looks good");
        assertThat(gates.page("bob", build.getUrl() + "sluice/")).contains("Audit trail", "looks good", "approved");
    }

    @Test
    public void twoApprovalsAreAskedForOneAfterTheOther() throws Exception {
        WorkflowRun build = begin("quorum", "{message: 'Go on?', approvers: {users: [bob, eve], count: 2}}");
        gates.vote(build, "bob", "approve", Map.of());
        JENKINS.waitForMessage("bob approves; 1 more to come", build);
        gates.vote(build, "bob", "approve", Map.of());
        JENKINS.waitForMessage("bob has approved already", build);
        gates.vote(build, "eve", "approve", Map.of());
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(build));
    }

    @Test
    public void aNewerRunTakesThePlaceOfOneThatWaits() throws Exception {
        WorkflowRun older = begin("newer", "{message: 'Go on?', supersede: true}");
        WorkflowRun newer = older.getParent().scheduleBuild2(0).waitForStart();
        JENKINS.assertBuildStatus(Result.ABORTED, JENKINS.waitForCompletion(older));
        assertThat(verdict(older)).isEqualTo(Verdict.SUPERSEDED);
        assertThat(stage(older, "api/deploy").detail()).isEqualTo("it needs api/ask, which was superseded");
        JENKINS.assertLogContains("cleaned up", older);
        gates.vote(newer, "bob", "approve", Map.of());
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(newer));
    }

    @Test
    public void aGateOfThePolicyIsAskedBeforeWhatItGuards() throws Exception {
        SluiceConfiguration.get()
                .setPolicies(List.of(new JobPolicy(
                        "guarded",
                        "gates: [{name: release, before: {actions: [script]}, gate: {approvers: {users: [bob]}}}]")));
        try {
            WorkflowJob job = Repository.of(
                            folder.newFolder().toPath(),
                            "version: 1",
                            "pipelines: {api: {stages: [{name: deploy, script: echo deployed}]}}")
                    .job(JENKINS, "guarded");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            assertThat(gates.vote(build, "eve", "approve", Map.of())).isGreaterThanOrEqualTo(400);
            JENKINS.assertLogNotContains("deployed\n", build);
            gates.vote(build, "bob", "approve", Map.of());
            JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(build));
            JENKINS.assertLogContains("deployed", build);
        } finally {
            SluiceConfiguration.get().setPolicies(List.of());
        }
    }

    @Test
    public void aNoInTheFormRejects() throws Exception {
        WorkflowRun build = begin("form", "{message: 'Go on?', approvers: {users: [bob]}}");
        gates.vote(build, "bob", "reject", Map.of("comment", "not today"));
        JENKINS.assertBuildStatus(Result.FAILURE, JENKINS.waitForCompletion(build));
        assertThat(verdict(build)).isEqualTo(Verdict.REJECTED);
        assertThat(build.getDescription()).startsWith("api/ask ").contains("bob", "not today");
        JENKINS.assertLogContains("cleaned up", build);
        JENKINS.assertLogNotContains("deployed", build);
    }

    @Test
    public void theButtonOfJenkinsRejectsToo() throws Exception {
        WorkflowRun build = begin("button", "{message: 'Go on?', approvers: {users: [bob]}}");
        gates.abort(build, "bob");
        JENKINS.assertBuildStatus(Result.FAILURE, JENKINS.waitForCompletion(build));
        assertThat(verdict(build)).isEqualTo(Verdict.REJECTED);
        assertThat(gate(build).votes()).extracting(vote -> vote.voter()).containsExactly("bob");
    }

    @Test
    public void theEndOfTheBuildIsNoRejection() throws Exception {
        WorkflowRun build = begin("abort", "{message: 'Go on?'}");
        build.getExecutor().interrupt();
        JENKINS.assertBuildStatus(Result.ABORTED, JENKINS.waitForCompletion(build));
        assertThat(verdict(build)).isEqualTo(Verdict.ABORTED);
        assertThat(stage(build, "api/ask").outcome()).contains(Outcome.ABORTED);
        JENKINS.assertLogContains("cleaned up", build);
    }

    @Test
    public void nobodySeesARunWhoMayNotSeeTheJob() throws Exception {
        WorkflowRun build = begin("secret", "{message: 'Go on?'}");
        String page = build.getUrl() + "sluice/";
        for (String path : new String[] {page, page + "parts", page + "api/json"}) {
            assertThat(gates.status("bob", path)).as(path).isEqualTo(200);
            assertThat(gates.status("mallory", path)).as(path).isIn(403, 404);
            assertThat(gates.status("", path)).as(path).isIn(401, 403, 404);
        }
        build.getExecutor().interrupt();
        JENKINS.waitForCompletion(build);
    }

    @Test
    public void onlyAnAdministratorHasSettingsChecked() throws Exception {
        String site = "descriptorByName/" + SluiceConfiguration.class.getName() + "/checkSite?value=x";
        String policy = "descriptorByName/" + JobPolicy.class.getName() + "/checkPolicy?value=x";
        String jobs = "descriptorByName/" + JobPolicy.class.getName() + "/checkJobs?value=x";
        for (String path : new String[] {site, policy, jobs}) {
            assertThat(gates.send("root", path)).as(path).isEqualTo(200);
            assertThat(gates.send("bob", path)).as(path).isEqualTo(403);
            assertThat(gates.status("root", path)).as("GET " + path).isIn(404, 405);
        }
    }
}
